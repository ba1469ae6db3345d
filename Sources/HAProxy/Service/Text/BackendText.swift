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
    var line = "server \(node.name) \(node.address ?? ""):\(node.port ?? usualPort)"
    line += " check port \(node.healthPort ?? healthPort ?? usualPort) inter \(interval)"
    line += " rise \(isBackup ? backupRise : rise) fall \(isBackup ? backupFall : fall)"
    if isBackup { line += " backup" }
    // Backup servers do without HTTP/2.
    let usesH2 = backendH2 && mode == .http && !isBackup
    if usesTLS {
      line += checksOverTLS ? " ssl check-ssl" : " ssl"
      switch authority {
      case .any: line += " verify none"
      case .system: line += " ca-file " + variables.systemCA
      case .file(let path): line += " ca-file " + path
      }
      if usesH2 { line += " alpn h2,http/1.1" }
    } else if usesH2 {
      line += " proto h2"
    }
    for option in serverOptions + node.options { line += " " + option }
    lines.indented(line)
  }
}
