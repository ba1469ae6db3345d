import HAProxy
import Testing

@Suite struct MaskingTests {
  @Test(arguments: [
    ("stats auth admin:secrete", "stats auth (hidden)", "admin:secrete"),
    (
      "    user joe insecure-password hunter2", "    user joe insecure-password (hidden)", "hunter2"
    ),
    ("user joe password $5$abc", "user joe password (hidden)", "$5$abc"),
    (
      "http-check send hdr Authorization \"Basic abc\" meth GET",
      "http-check send hdr Authorization \"(hidden)", "Basic abc\" meth GET"
    ),
    (
      "http-request set-header X-Auth-Token t0ken", "http-request set-header X-Auth-Token (hidden)",
      "t0ken"
    ),
  ])
  func whatIsSecretIsHidden(line: String, shown: String, secret: String) {
    let masked = MaskedText("a\n\(line)\nb\n")
    #expect(masked.text == "a\n\(shown)\nb\n")
    #expect(masked.secrets == [secret])
  }

  @Test(arguments: [
    "", "\n", "option forwardfor", "stats enable", "acl password_page path /password", "stats auth",
  ])
  func othersStay(text: String) {
    #expect(MaskedText(text).text == text)
    #expect(MaskedText(text).secrets == [])
  }

  @Test func aChangeIsMarked() {
    let old = MaskedText("stats auth a:b\n")
    #expect(
      MaskedText("stats auth a:c\n", mark: "hidden, new value", comparedTo: old.secrets).text
        == "stats auth (hidden, new value)\n")
  }
}
