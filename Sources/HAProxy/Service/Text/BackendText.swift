internal import ByteText

extension Service {
  func writeBackend(_ lines: inout Lines) {
    lines.line()
    lines.line("backend \(name)-back")
    lines.indented(["mode \(mode.text)", "balance \(algorithm)"])
    if let serverTimeout { lines.indented("timeout server \(serverTimeout)") }
    lines.indented(stickTable)
    if mode == .http { lines.indented("option forwardfor") }
    lines.indented(backendOptions.map { "option " + $0 })
    lines.indented(backendLines)
    if series.addsHTTPCheckOption && !httpChecks.isEmpty { lines.indented("option httpchk") }
    lines.indented(httpChecks.map { "http-check " + $0 })
    lines.line()
    lines.line()
    for node in nodes { writeServer(node, isBackup: false, &lines) }
    lines.line()
    for node in backupNodes { writeServer(node, isBackup: true, &lines) }
  }

  private func writeServer(_ node: Node, isBackup: Bool, _ lines: inout Lines) {
    let usualPort = usualPort ?? ""
    var words = [
      "server", node.name, "\(node.address ?? ""):\(node.port ?? usualPort)",
      "check port", node.healthPort ?? healthPort ?? usualPort, "inter", interval,
      "rise", isBackup ? backupRise : rise, "fall", isBackup ? backupFall : fall,
    ]
    if isBackup { words.append("backup") }
    // Backup servers do without HTTP/2.
    let usesH2 = backendH2 && mode == .http && !isBackup
    if usesTLS {
      words.append("ssl")
      if checksOverTLS { words.append("check-ssl") }
      switch authority {
      case .any: words.append("verify none")
      case .system: words += ["ca-file", variables.systemCA]
      case .file(let path): words += ["ca-file", path]
      }
      if usesH2 { words.append("alpn h2,http/1.1") }
    } else if usesH2 {
      words.append("proto h2")
    }
    words += serverOptions + node.options
    lines.indented(words.joined(separator: " "))
  }
}
