public import AnsibleModule

extension ModuleSpecs {
  /// `magnum_cluster`: keeps a cluster of Magnum as it is declared.
  public static var magnumCluster: ModuleSpec {
    ModuleSpec(
      "magnum_cluster", supportsCheckMode: true,
      arguments: ArgumentSpec(
        [
          Option("name"),
          Option("uuid", aliases: ["id"]),
          Option("state", default: "present", choices: ["present", "absent"]),
          Option("cluster_template", aliases: ["cluster_template_id"]),
          Option("keypair", aliases: ["keypair_id"]),
          Option("flavor", aliases: ["flavor_id"]),
          Option("master_flavor", aliases: ["master_flavor_id"]),
          Option("fixed_network"),
          Option("fixed_subnet"),
          Option("floating_ip_enabled", .bool),
          Option("master_lb_enabled", .bool),
          Option("master_count", .int),
          Option("node_count", .int),
          Option("docker_volume_size", .int),
          Option("create_timeout", .int),
          Option("labels", .dict),
          Option("labels_mode", default: "merge", choices: ["exact", "merge"]),
          Option("allow_unknown_labels", .bool, default: false),
          Option("driver_version"),
          Option("upgrade", .bool, default: false),
          Option("max_batch_size", .int),
          Option("wait", .bool, default: true),
          Option("wait_timeout", .int, default: 3600),
          Option("wait_interval", .int, default: 10),
        ] + ArgumentSpec.cloudOptions,
        requiredOneOf: [["name", "uuid"]]))
  }
}
