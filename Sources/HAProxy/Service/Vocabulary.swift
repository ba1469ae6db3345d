internal import ByteText

/// The keys of a service that the haproxy_server role knows.
enum Vocabulary {
  static let live = [
    "haproxy_service_name", "haproxy_port", "haproxy_backend_port", "haproxy_check_port",
    "haproxy_balance_type", "haproxy_balance_alg", "haproxy_bind", "haproxy_ssl",
    "haproxy_ssl_all_vips", "haproxy_ssl_path", "haproxy_backend_nodes", "haproxy_backup_nodes",
    "haproxy_backend_options", "haproxy_backend_arguments", "haproxy_backend_httpcheck_options",
    "haproxy_backend_server_options", "haproxy_backend_ssl", "haproxy_backend_ssl_check",
    "haproxy_backend_ca", "haproxy_backend_h2", "haproxy_backend_only", "haproxy_frontend_raw",
    "haproxy_frontend_only", "haproxy_frontend_acls", "haproxy_frontend_h2", "haproxy_acls",
    "haproxy_maps", "haproxy_map_entries", "haproxy_allowlist_networks",
    "haproxy_timeout_client", "haproxy_timeout_server", "haproxy_stick_table",
    "haproxy_stick_table_enabled", "haproxy_default_backend", "haproxy_accept_both_protocols",
    "haproxy_redirect_http_port", "haproxy_redirect_scheme", "haproxy_http_keepalive_mode",
    "haproxy_limit_hosts", "haproxy_service_enabled", "interval", "backend_rise",
    "backend_fall", "backup_rise", "backup_fall", "state",
  ]

  /// Keys that look right and that the role's template does not read, with the ones it does.
  static let dead = [
    (key: "haproxy_interval", live: "interval"),
    (key: "haproxy_backend_rise", live: "backend_rise"),
    (key: "haproxy_backend_fall", live: "backend_fall"),
    (key: "haproxy_backup_rise", live: "backup_rise"),
    (key: "haproxy_backup_fall", live: "backup_fall"),
    (key: "haproxy_state", live: "state"),
  ]

  /// Throws for a key the role does not know, with the one that was most likely meant.
  static func check(_ keys: [String]) throws(ServiceError) {
    for key in keys where !live.contains(key) && !dead.contains(where: { $0.key == key }) {
      let known =
        live.contains("haproxy_" + key) ? "haproxy_" + key : nearest(to: key, among: live)
      let remedy = known.map { "the nearest is " + $0 } ?? "none is near it; leave it out"
      throw ServiceError(
        "\(quoted(key)) is no key of a service that the haproxy_server role knows; \(remedy)")
    }
  }
}
