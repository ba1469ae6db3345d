internal import ByteText
internal import CPosix

/// The failure behind an exchange without a whole answer.
@inline(never)
func transportFailure(
  _ answer: HTTPAnswer, of request: HTTPRequest, _ trust: Trust, _ limits: Limits
) -> OpenStackError {
  let address = Address(request.url)
  let host = address.host
  let reason = " (" + answer.words + ")"
  var kind = OpenStackError.Kind.unreachable
  let orWithout =
    " in the environment, or name " + host + " in no_proxy if it is to be reached without"
  // In three parts: joining them in one place makes a module smaller.
  let words: (before: String, value: String, after: String)
  switch Int(answer.code) {
  case _ where answer.isTooLarge:
    kind = .unreadable
    words = (
      "the answer has more than ", "\(limits.bytes)",
      " bytes; is it the API that listens at this address?"
    )
  case CPOSIX_HTTP_NAME:
    words = ("the host name ", host, " is not known here; look at DNS and /etc/hosts")
  case CPOSIX_HTTP_PROXY_NAME:
    words = (
      "the host name of the proxy is not known here; look at http_proxy, https_proxy and all_proxy",
      orWithout, ""
    )
  case CPOSIX_HTTP_PROXY where answer.status == 407:
    words = (
      "the proxy wants a user and password, or others (407); set them in http_proxy, https_proxy or"
        + " all_proxy", orWithout, ""
    )
  case CPOSIX_HTTP_PROXY:
    words = (
      "the proxy that http_proxy, https_proxy or all_proxy names does not pass this on (",
      "\(answer.status)", "); look at its rules, at the address" + orWithout
    )
  case CPOSIX_HTTP_CONNECT:
    words = (
      "nobody accepts a connection", reason,
      "; look whether the service and its load balancer run, and at firewalls"
    )
  case CPOSIX_HTTP_TIME where answer.wasSent:
    words = (
      "no whole answer within ", seconds(limits.answering), "; the server hangs or is too busy"
    )
  case CPOSIX_HTTP_TIME:
    // A limit for the whole request ends connecting too.
    words = (
      "no connection within ", seconds(min(limits.connecting, limits.answering)),
      "; look at the route, at firewalls and at whether the host is up"
    )
  case CPOSIX_HTTP_CERTIFICATE:
    kind = .certificate
    words = (answer.words, "; ", certificateHint(answer.words, host, trust))
  case CPOSIX_HTTP_CA_FILE:
    kind = .certificate
    words = (
      "the CA certificates in " + trust.file + " cannot be used", reason,
      "; cacert must name a readable PEM file"
    )
  case CPOSIX_HTTP_OWN_CERTIFICATE:
    kind = .certificate
    words = (
      "the client's certificate or its key cannot be used: ", trust.certificate ?? "", reason
    )
  case CPOSIX_HTTP_HANDSHAKE:
    kind = .certificate
    words = (
      "no TLS with ", address.origin + reason,
      "; look whether it speaks HTTPS at this port, and at its protocol versions"
    )
  case CPOSIX_HTTP_NO_ANSWER:
    words = ("the server closed the connection without an answer", "", "")
  case CPOSIX_HTTP_CUT_SHORT:
    kind = .unreadable
    words = (
      "the answer was cut short after ", "\(answer.body.count)",
      " bytes; the server or a proxy closed the connection"
    )
  case CPOSIX_HTTP_URL:
    kind = .configuration
    words = ("not an address that can be asked", "", "")
  default:
    words = (answer.words, " (libcurl \(answer.code))", "")
  }
  return OpenStackError(
    kind,
    request.method.name + " " + address.shown + ": " + words.before + words.value + words.after,
    status: kind == .unreadable ? answer.status : 0)
}

extension Trust {
  /// Where the CAs stand, for people.
  fileprivate var file: String { authorities ?? "the host's own file" }
}

/// What to do about a certificate that libcurl's words are about.
@inline(never)
private func certificateHint(_ words: String, _ host: String, _ trust: Trust) -> String {
  let lower = words.lowercasedASCII
  let isEarly = lower.place(of: "not yet valid") != nil || lower.place(of: "not activated") != nil
  if isEarly || lower.place(of: "expired") != nil {
    var text = [CChar](repeating: 0, count: 32)
    cposix_local_time(&text, text.count)
    let now = String(untilNUL: text)
    return (isEarly ? "wait until it is, or correct" : "renew it, or correct")
      + " the clock of this host if that is wrong: it says " + now
  }
  if lower.place(of: "no alternative certificate subject name") != nil
    || lower.place(of: "does not match") != nil
  {
    return "it is made for other names than \(host): use an address with one of them, or give it"
      + " this name"
  }
  if lower.place(of: "verification failed") != nil {
    // GnuTLS's flavour of libcurl gives no reason.
    return "the CA that signed it is not in \(trust.file) (cacert),"
      + " or its time is over, or the clock of this host is wrong"
  }
  if let authorities = trust.authorities {
    return "the CA that signed it is not in \(authorities) (cacert)"
  }
  return "name the file of the CA that signed it with cacert"
}

/// Milliseconds for people: `5 seconds`, `0.25 seconds`.
@inline(never)
func seconds(_ milliseconds: Int) -> String {
  let (whole, rest) = (milliseconds / 1000, milliseconds % 1000)
  if rest == 0 { return whole == 1 ? "1 second" : "\(whole) seconds" }
  return "\(whole).\(rest < 10 ? "00" : rest < 100 ? "0" : "")\(rest) seconds"
}
