public import AnsibleModule

extension ModuleSpecs {
  /// `haproxy_backend`: drains servers of an HAProxy backend, makes them ready, waits for them.
  public static var haproxyBackend: ModuleSpec {
    ModuleSpec(
      "haproxy_backend", supportsCheckMode: true,
      arguments: ArgumentSpec(
        [
          Option("backend"),
          Option("servers", .list(elements: .str)),
          Option("state", default: "info", choices: ["ready", "drain", "maint", "info"]),
          Option("wait", .dict, options: wait),
          Option("minimum_ready", .int, default: 1),
          Option("socket", .path, default: "/var/run/haproxy.stat"),
          Option("timeout", .int, default: 5),
        ]))
  }

  private static var wait: ArgumentSpec {
    ArgumentSpec(
      [
        Option("operational", choices: ["up", "down", "stopping"]),
        Option("check", choices: ["passed", "passed_or_none", "failed"]),
        Option("sessions", .int),
        Option("deadline", .int, default: 60),
        Option("interval", .float, default: 1.0),
      ],
      requiredOneOf: [["operational", "check", "sessions"]])
  }
}
