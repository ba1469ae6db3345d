public import AnsibleModule

extension ModuleSpecs {
  /// `haproxy_service`: a service in OpenStack-Ansible's vocabulary, in HAProxy's configuration.
  public static var haproxyService: ModuleSpec {
    ModuleSpec(
      "haproxy_service", supportsCheckMode: true,
      arguments: ArgumentSpec([
        Option("service", .dict, required: true),
        Option("state", default: "present", choices: ["present", "absent"]),
        Option(
          "series", default: "2026.1",
          choices: ["2024.1", "2024.2", "2025.1", "2025.2", "2026.1"]),
        Option("role_variables", .dict, options: haproxyRoleVariables),
        Option("internal", .bool, default: false),
        Option("lint", default: "warn", choices: ["warn", "fail", "ignore"]),
        Option("conf_dir", .path, default: "/etc/haproxy/conf.d"),
        Option("config", .path, default: "/etc/haproxy/haproxy.cfg"),
        Option("map_dir", .path, default: "/etc/haproxy/map.conf.d"),
        Option("owner", default: "root"),
        Option("group", default: "haproxy"),
        Option("mode", .raw, default: "0640"),
        Option("map_dir_mode", .raw, default: "0750"),
        Option("config_owner", default: "haproxy"),
        Option("config_group", default: "haproxy"),
        Option("config_mode", .raw, default: "0640"),
        Option("program", .path, default: "/usr/sbin/haproxy"),
        Option("check_timeout", .int, default: 60),
        Option("reload", .bool, default: true),
        Option(
          "reload_command", .list(elements: .str),
          default: ["systemctl", "reload", "haproxy"]),
        Option("reload_timeout", .int, default: 30),
        Option("socket", .path, default: "/var/run/haproxy.stat"),
        Option("socket_timeout", .int, default: 5),
      ]))
  }

  /// What the role's template reads from outside of the service, under the role's names.
  private static var haproxyRoleVariables: ArgumentSpec {
    let texts = OptionType.list(elements: .str)
    return ArgumentSpec([
      Option("haproxy_vip_binds", .list(elements: .raw)),
      Option("haproxy_bind_external_lb_vip_address"),
      Option("haproxy_bind_internal_lb_vip_address"),
      Option("haproxy_bind_external_lb_vip_interface"),
      Option("haproxy_bind_internal_lb_vip_interface"),
      Option("extra_lb_vip_addresses", texts),
      Option("extra_lb_tls_vip_addresses", texts),
      Option("haproxy_host"),
      Option("hostname"),
      Option("haproxy_ssl_cert_path", .path),
      Option("haproxy_system_ca", .path),
      Option("haproxy_interval"),
      Option("haproxy_rise", .int),
      Option("haproxy_fall", .int),
      Option("haproxy_stick_table", texts),
      Option("haproxy_frontend_h2", .bool),
      Option("haproxy_backend_h2", .bool),
      Option("haproxy_frontend_extra_raw", texts),
      Option("haproxy_frontend_redirect_extra_raw", texts),
      Option("node_addresses", .dict),
      Option("ansible_managed"),
    ])
  }
}
