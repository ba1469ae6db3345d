internal import ByteText

extension Service {
  /// The fragment, byte for byte what the role's template makes of the same dictionary. Blank lines
  /// and blanks at the ends of lines are the template's.
  public var fragment: String {
    var lines = Lines()
    lines.line("# \(variables.managed)")
    lines.line()
    lines.indented("")
    for (index, bind) in binds.enumerated() { writeFrontends(bind, index + 1, &lines) }
    lines.line()
    if !isFrontendOnly { writeBackend(&lines) }
    return lines.text
  }

  private func writeFrontends(_ bind: Bind, _ number: Int, _ lines: inout Lines) {
    if let redirectPort, endsTLS, number == 1 || endsTLSOnAllVIPs {
      writeRedirect(bind, redirectPort, number, &lines)
    }
    lines.line()
    if acceptsBothProtocols {
      writeBothProtocols(bind, number, &lines)
    } else {
      writeFrontend(bind, number, &lines)
    }
  }

  private func writeRedirect(_ bind: Bind, _ port: String, _ number: Int, _ lines: inout Lines) {
    lines.line()
    lines.line("frontend \(name)-redirect-front-\(number)")
    lines.line("bind \(bind.at(port))")
    lines.indented("mode http")
    lines.indented("redirect scheme \(redirectScheme)")
    guard let redirectRules else { return }
    for rule in redirectRules { writeRule(rule, usesBackend: true, &lines) }
    lines.indented(variables.redirectLines)
  }

  private func writeFrontend(_ bind: Bind, _ number: Int, _ lines: inout Lines) {
    lines.line("frontend \(name)-front-\(number)")
    let isTLS = endsTLS(at: bind, number)
    var parameters = ""
    if isTLS && (mode == .http || series.endsTLSInTCPMode) {
      parameters = "ssl crt \(certificate ?? usualCertificate(bind))"
      if frontendH2 && mode == .http { parameters += " alpn h2,http/1.1" }
    }
    lines.indented("bind \(bind.at(port ?? "")) \(parameters)")
    writeFrontendBody(isTLS: isTLS, &lines)
  }

  /// What the frontends of a service have in common.
  func writeFrontendBody(isTLS: Bool, _ lines: inout Lines) {
    switch mode {
    case .http:
      lines.indented(["option httplog", "option forwardfor except 127.0.0.0/8"])
      if let keepAlive { lines.indented("option \(keepAlive)") }
    case .tcp: lines.indented("option tcplog")
    }
    if let clientTimeout { lines.indented("timeout client \(clientTimeout)") }
    if let allowlist {
      var list = "acl allow_list src 127.0.0.1/8 "
      for (place, network) in allowlist.enumerated() {
        list += place == 0 ? network : " " + network
      }
      lines.indented(list)
      lines.indented(["tcp-request content accept if allow_list", "tcp-request content reject"])
    }
    for rule in rules { writeRule(rule, usesBackend: !isFrontendOnly, &lines) }
    lines.indented(mapLines)
    if isTLS && mode == .http { lines.indented("http-request add-header X-Forwarded-Proto https") }
    lines.indented("mode \(mode.text)")
    if !isFrontendOnly || !(defaultBackend ?? "").isEmpty {
      lines.indented("default_backend \(defaultBackend ?? name)-back")
    }
    lines.indented(frontendLines + variables.frontendLines)
  }

  private func writeRule(_ rule: AccessRule, usesBackend: Bool, _ lines: inout Lines) {
    lines.indented("acl \(rule.name) \(rule.rule)")
    if usesBackend { lines.indented("use_backend \(rule.backend ?? name)-back if \(rule.name)") }
  }

  /// Whether TLS ends at the VIP with this number, from 1.
  func endsTLS(at bind: Bind, _ number: Int) -> Bool {
    guard endsTLS else { return false }
    return number == 1 || variables.extraTLSVIPs.contains(bind.address)
      || endsTLSOnAllVIPs && !variables.extraVIPs.contains(bind.address)
  }

  private func usualCertificate(_ bind: Bind) -> String {
    let interface = bind.interface.isEmpty ? "" : "-" + bind.interface
    return variables.certificateFolder
      + "/haproxy_\(variables.certificateHost)-\(bind.address)\(interface).pem"
  }
}

extension Bind {
  /// The argument of `bind`.
  func at(_ port: String) -> String {
    interface.isEmpty ? "\(address):\(port)" : "\(address):\(port) interface \(interface)"
  }
}

extension Service.Mode {
  var text: String { self == .http ? "http" : "tcp" }
}
