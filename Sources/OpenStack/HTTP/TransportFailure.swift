internal import ByteText
internal import CPosix

/// The failure behind an exchange without a whole answer.
@inline(never)
func transportFailure(
  _ answer: HTTPAnswer, of request: HTTPRequest, _ trust: Trust, _ limits: Limits
) -> OpenStackError {
  let address = Address(request.url)
  let what = request.method.name + " " + address.shown
  let host = address.host
  if answer.isTooLarge {
    return OpenStackError(
      .unreadable,
      "\(what): the answer has more than \(limits.bytes) bytes; is it the API that listens at"
        + " \(address.origin)?", status: answer.status)
  }
  switch Int(answer.code) {
  case CPOSIX_HTTP_NAME:
    return unreachable(what, "the host name \(host) is not known here; look at DNS and /etc/hosts")
  case CPOSIX_HTTP_PROXY_NAME:
    return unreachable(
      what,
      "the host name of the proxy is not known here; look at http_proxy and https_proxy in the"
        + " environment, and name \(host) in no_proxy if it is to be reached without")
  case CPOSIX_HTTP_CONNECT:
    return unreachable(
      what,
      "nobody accepts a connection (\(answer.words)); look whether the service and its load balancer"
        + " run, and at firewalls")
  case CPOSIX_HTTP_TIME:
    return unreachable(
      what,
      answer.wasSent
        ? "no whole answer within \(seconds(limits.answering)); the server hangs or is too busy"
        // A limit for the whole request ends connecting too.
        : "no connection within \(seconds(min(limits.connecting, limits.answering))); look at the route, at firewalls and at"
          + " whether the host is up")
  case CPOSIX_HTTP_CERTIFICATE:
    return OpenStackError(
      .certificate, "\(what): \(answer.words); \(certificateHint(answer.words, host, trust))")
  case CPOSIX_HTTP_CA_FILE:
    return OpenStackError(
      .certificate,
      "\(what): the CA certificates in \(trust.authorities ?? "the host's own file") cannot be used"
        + " (\(answer.words)); cacert must name a readable PEM file")
  case CPOSIX_HTTP_OWN_CERTIFICATE:
    return OpenStackError(
      .certificate,
      "\(what): the client's certificate (\(trust.certificate ?? "")) or its key cannot be used"
        + " (\(answer.words))")
  case CPOSIX_HTTP_HANDSHAKE:
    return OpenStackError(
      .certificate,
      "\(what): no TLS with \(address.origin) (\(answer.words)); look whether it speaks HTTPS at this"
        + " port, and at its protocol versions")
  case CPOSIX_HTTP_NO_ANSWER:
    return unreachable(what, "the server closed the connection without an answer")
  case CPOSIX_HTTP_CUT_SHORT:
    return OpenStackError(
      .unreadable,
      "\(what): the answer was cut short after \(answer.body.count) bytes; the server or a proxy"
        + " closed the connection", status: answer.status)
  case CPOSIX_HTTP_URL:
    return OpenStackError(.configuration, "\(what): not an address that can be asked")
  default:
    return unreachable(what, "\(answer.words) (libcurl \(answer.code))")
  }
}

private func unreachable(_ what: String, _ words: String) -> OpenStackError {
  OpenStackError(.unreachable, what + ": " + words)
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
    return "the CA that signed it is not in \(trust.authorities ?? "the host's own file") (cacert),"
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
