internal import ByteText

extension Service {
  /// The frontend that tells HTTP from TLS, and one for each behind it (`haproxy_accept_both_protocols`).
  func writeBothProtocols(_ bind: Bind, _ number: Int, _ lines: inout Lines) {
    let usualPort = Int(usualPort ?? "") ?? 0
    let httpPort = String(usualPort + 10000)
    let httpsPort = String(usualPort + 20000)

    lines.line()
    lines.line("# Redirect request to HTTP or HTTPS frontend based on used protocol")
    lines.line("frontend \(name)-tcp-redirect-front-\(number)")
    lines.indented([
      "mode tcp", "bind \(bind.at(port ?? ""))", "tcp-request inspect-delay 2s",
      "tcp-request content accept if HTTP",
      "tcp-request content accept if { req.ssl_hello_type 1 }",
      "use_backend \(name)-redirect-http-back-\(number) if HTTP",
      "default_backend \(name)-redirect-https-back-\(number)",
    ])
    for (protocolName, port) in [("http", httpPort), ("https", httpsPort)] {
      lines.line()
      lines.line("backend \(name)-redirect-\(protocolName)-back-\(number)")
      lines.indented(["mode tcp", "server  \(name)-\(protocolName) \(bind.address):\(port)"])
    }
    lines.line()
    lines.line("frontend \(name)-http-front-\(number)")
    lines.indented("bind \(bind.at(httpPort))")
    writeFrontendBody(isTLS: false, &lines)
    lines.line()
    lines.line("frontend \(name)-https-front-\(number)")
    // The template takes the host's own name here, and neither haproxy_ssl_path nor the interface.
    let file = "haproxy_\(variables.hostName)-\(bind.address).pem"
    lines.indented("bind \(bind.at(httpsPort)) ssl crt \(variables.certificateFolder)/\(file)")
    writeFrontendBody(isTLS: endsTLS(at: bind, number), &lines)
  }
}
