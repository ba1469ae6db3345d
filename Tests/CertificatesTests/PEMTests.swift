import Certificates
import Testing

@Suite struct PEMTests {
  private func read(_ text: String) throws(CertificateError) -> [PEMBlock] {
    try PEMBlock.all(in: Array(text.utf8))
  }

  @Test func blocksBetweenComments() throws {
    let blocks = try read(
      """
      subject=CN = kubernetes: a comment
      -----BEGIN CERTIFICATE-----
      aGVs
      bG8=
      -----END CERTIFICATE-----

      -----BEGIN EC PRIVATE KEY-----\r
      d29y bGQ= \t\r
      -----END EC PRIVATE KEY-----
      """)
    #expect(blocks.map(\.label) == ["CERTIFICATE", "EC PRIVATE KEY"])
    #expect(blocks.map(\.bytes) == [Array("hello".utf8), Array("world".utf8)])
    #expect(blocks.map(\.isEncrypted) == [false, false])
  }

  @Test(arguments: ["", "\n\n", "nothing\n", "----- BEGIN X-----"])
  func noBlock(text: String) throws {
    #expect(try read(text).isEmpty)
  }

  @Test func encrypted() throws {
    let blocks = try read(
      """
      -----BEGIN RSA PRIVATE KEY-----
      Proc-Type: 4,ENCRYPTED
      DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF

      aGVsbG8=
      -----END RSA PRIVATE KEY-----
      -----BEGIN ENCRYPTED PRIVATE KEY-----
      aGVsbG8=
      -----END ENCRYPTED PRIVATE KEY-----
      -----BEGIN CERTIFICATE-----
      X-Comment: ENCRYPTED

      aGVsbG8=
      -----END CERTIFICATE-----
      """)
    #expect(blocks.map(\.isEncrypted) == [true, true, false])
    #expect(blocks.allSatisfy { $0.bytes == Array("hello".utf8) })
  }

  @Test(arguments: [
    (
      "-----BEGIN A-----\naGVsbG8=\n", "has a block 1 (A) that has no END line; the text is cut off"
    ),
    ("-----BEGIN A-----", "has a block 1 (A) that has no END line; the text is cut off"),
    (
      "-----BEGIN A-----\naGVsbG8=\n-----END A----",
      "has a block 1 (A) that has an END line that does not end with its label and dashes; line breaks may be lost"
    ),
    ("-----BEGIN A-----\naGVsbG8=\n-----END B-----", "has a block 1 (A) that ends as B"),
    (
      "-----BEGIN A-----\naGVsbG8=\n-----BEGIN A-----\n",
      "has a block 1 (A) that has no END line before the next block begins"
    ),
    ("-----BEGIN A-----\naGVsbG8\n-----END A-----", "has a block 1 (A) that is not base64"),
    ("-----BEGIN A-----\naGVs*G8=\n-----END A-----", "has a block 1 (A) that is not base64"),
    ("-----BEGIN A-----\n\n-----END A-----", "has a block 1 (A) that is empty"),
    (
      "-----BEGIN A-----\naGVsbG8=\n-----END A-----\naGVsbG8=\n-----END A-----\n",
      "has an END line without its BEGIN line behind block 1"
    ),
    (
      "  -----BEGIN A-----\n  aGVsbG8=\n  -----END A-----",
      "has a BEGIN line of block 1 that is indented"
    ),
    (
      "-----BEGIN A----- aGVsbG8= -----END A-----",
      "has a BEGIN line of block 1 that does not end with its label and dashes; line breaks may be lost"
    ),
    (
      "-----BEGIN s3cret-----\naGVsbG8=\n-----END s3cret-----",
      "has a BEGIN line of block 1 that has a label that is not of capital letters and digits"
    ),
  ])
  func broken(text: String, expected: String) {
    let error = #expect(throws: CertificateError.self) { try read(text) }
    #expect(error?.message == expected)
  }
}
