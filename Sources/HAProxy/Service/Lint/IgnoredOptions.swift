internal import ByteText

// What HAProxy 2.6 warns of when it checks a configuration; the tests ask it for each.

extension Service {
  /// Options and lines that HAProxy ignores in a backend, or in mode tcp.
  var ignoredOptions: [Finding] {
    var findings: [Finding] = []
    for option in isFrontendOnly ? [] : backendOptions {
      let name = firstWord(option)
      if Service.frontendOptions.contains(name) {
        findings.append(
          Finding(
            key: "haproxy_backend_options",
            message: "HAProxy ignores \(name) in a backend; it is an option of frontends"))
      } else if mode == .tcp && Service.httpOptions.contains(name) {
        findings.append(
          Finding(
            key: "haproxy_backend_options", message: "HAProxy ignores \(name) in mode tcp"))
      }
    }
    if mode == .tcp { noteHTTPLines(&findings) }
    return findings
  }

  private func noteHTTPLines(_ findings: inout [Finding]) {
    let lines = [
      ("haproxy_frontend_raw", isBackendOnly ? [] : frontendLines),
      ("haproxy_backend_arguments", isFrontendOnly ? [] : backendLines),
      ("haproxy_stick_table", isFrontendOnly ? [] : stickTable),
    ]
    for (key, lines) in lines {
      for line in lines where Service.httpLines.contains(firstWord(line)) {
        findings.append(
          Finding(key: key, message: "HAProxy ignores \(firstWord(line)) in mode tcp"))
      }
    }
    let method = algorithm.bytes.prefix { isLetterOrDigit($0) || $0 == UInt8(ascii: "_") }
    if !isFrontendOnly
      && ["uri", "hdr", "url_param"].contains(String(bytes: method))
    {
      findings.append(
        Finding(
          key: "haproxy_balance_alg",
          message: "HAProxy takes roundrobin in its place in mode tcp, where it sees no requests"))
    }
  }

  /// Options of frontends.
  static let frontendOptions = [
    "accept-invalid-http-request", "clitcpka", "contstats", "dontlog-normal", "dontlognull",
    "http-ignore-probes", "http-use-proxy-header", "httplog", "httpslog",
    "idle-close-on-response", "log-separate-errors", "logasap", "socket-stats",
    "tcp-smart-accept", "tcplog",
  ]

  /// Options of backends that need mode http.
  static let httpOptions = [
    "accept-invalid-http-response", "checkcache", "forwardfor", "http-buffer-request",
    "http-no-delay", "http-pretend-keepalive", "originalto", "prefer-last-server",
  ]

  /// Words that begin lines which need mode http.
  static let httpLines = [
    "cookie", "http-after-response", "http-request", "http-response", "redirect", "stats",
  ]
}
