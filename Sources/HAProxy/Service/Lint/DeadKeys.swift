internal import ByteText
internal import JSON

extension Service {
  /// Keys that the role's template does not read, unless the one it reads says the same.
  var deadKeys: [Finding] {
    Vocabulary.dead.compactMap { dead in
      guard let value = values[dead.key] else { return nil }
      if let live = values[dead.live], same(live, value) { return nil }
      return Finding(
        key: dead.key, message: "the role does not read it; the key it reads is \(dead.live)")
    }
  }

  private func same(_ left: JSONValue, _ right: JSONValue) -> Bool {
    (left.string ?? left.jsonText) == (right.string ?? right.jsonText)
  }

  /// Keys that the role reads only together with others that are not there.
  var keysWithoutEffect: [Finding] {
    var findings: [Finding] = []
    func note(_ keys: [String], _ reason: String) {
      for key in keys where values[key] != nil {
        findings.append(Finding(key: key, message: reason))
      }
    }
    if isFrontendOnly {
      note(
        Service.backendKeys, "it has no effect, since haproxy_frontend_only leaves out the backend")
    } else {
      noteBackend(note)
    }
    if isBackendOnly {
      note(
        Service.frontendKeys, "it has no effect, since haproxy_backend_only leaves out the frontend"
      )
    } else {
      noteFrontend(note)
    }
    return findings
  }

  private func noteBackend(_ note: ([String], String) -> Void) {
    if !usesTLS {
      note(
        ["haproxy_backend_ssl_check", "haproxy_backend_ca"],
        "it has no effect without haproxy_backend_ssl")
    }
    if mode == .tcp { note(["haproxy_backend_h2"], "it has no effect in mode tcp") }
    if backupNodes.isEmpty {
      note(["backup_rise", "backup_fall"], "it has no effect without haproxy_backup_nodes")
    }
  }

  private func noteFrontend(_ note: ([String], String) -> Void) {
    if !endsTLS {
      note(
        ["haproxy_ssl_all_vips", "haproxy_ssl_path", "haproxy_frontend_h2"].filter {
          values[$0]?.bool ?? true
        }, "it has no effect without haproxy_ssl")
      note(["haproxy_redirect_http_port"], "there is no redirect without haproxy_ssl")
    } else if mode == .tcp && !acceptsBothProtocols && !series.endsTLSInTCPMode {
      note(["haproxy_ssl"], "TLS does not end here, since the mode is tcp")
    }
    if redirectPort == nil {
      note(
        ["haproxy_frontend_acls", "haproxy_redirect_scheme"],
        "it has no effect without haproxy_redirect_http_port; haproxy_acls are those of the frontend"
      )
    }
    if acceptsBothProtocols {
      note(["haproxy_ssl_path"], "haproxy_accept_both_protocols takes the VIP's own certificate")
    }
    if mode == .tcp { note(["haproxy_http_keepalive_mode"], "it has no effect in mode tcp") }
  }

  private static let backendKeys = [
    "haproxy_backend_nodes", "haproxy_backup_nodes", "haproxy_backend_options",
    "haproxy_backend_arguments", "haproxy_backend_httpcheck_options",
    "haproxy_backend_server_options", "haproxy_backend_ssl", "haproxy_backend_ssl_check",
    "haproxy_backend_ca", "haproxy_backend_h2", "haproxy_timeout_server", "haproxy_stick_table",
    "haproxy_balance_alg", "interval", "backend_rise", "backend_fall", "backup_rise",
    "backup_fall",
  ]
  private static let frontendKeys = [
    "haproxy_bind", "haproxy_ssl", "haproxy_ssl_all_vips", "haproxy_ssl_path",
    "haproxy_frontend_raw", "haproxy_frontend_acls", "haproxy_frontend_h2", "haproxy_acls",
    "haproxy_maps", "haproxy_allowlist_networks", "haproxy_timeout_client",
    "haproxy_default_backend", "haproxy_accept_both_protocols", "haproxy_redirect_http_port",
    "haproxy_redirect_scheme", "haproxy_http_keepalive_mode",
  ]
}
