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
          Option("keypair", aliases: ["keypair_id"]),
        ]
          + ["cluster_template", "flavor", "master_flavor"].map {
            Option($0, aliases: [$0 + "_id"])
          }
          + options(["fixed_network", "fixed_subnet"])
          + options(["floating_ip_enabled", "master_lb_enabled"], .bool)
          + options(
            [
              "master_count", "node_count", "docker_volume_size", "create_timeout",
              "max_batch_size",
            ],
            .int)
          + labels(mode: "merge")
          + [
            Option("upgrade", .bool, default: false),
            Option("wait", .bool, default: true),
            Option("wait_timeout", .int, default: 3600),
            Option("wait_interval", .int, default: 10),
          ] + ArgumentSpec.cloudOptions,
        requiredOneOf: [["name", "uuid"]]))
  }
}
