public import AnsibleModule

extension ModuleSpecs {
  /// `magnum_cluster_template`: keeps a cluster template of Magnum as it is declared.
  public static var magnumClusterTemplate: ModuleSpec {
    ModuleSpec(
      "magnum_cluster_template", supportsCheckMode: true,
      arguments: ArgumentSpec(
        [
          Option("name"),
          Option("uuid", aliases: ["id"]),
          Option("state", default: "present", choices: ["present", "absent"]),
          Option("on_immutable", default: "fail", choices: ["fail", "replace", "version"]),
        ] + attributes + labels + ArgumentSpec.cloudOptions,
        requiredOneOf: [["name", "uuid"]]))
  }

  /// Under Magnum's names, or short ones with Magnum's as alias.
  private static var attributes: [Option] {
    [
      Option("image", aliases: ["image_id"]),
      Option("flavor", aliases: ["flavor_id"]),
      Option("master_flavor", aliases: ["master_flavor_id"]),
      Option("keypair", aliases: ["keypair_id"]),
      Option("external_network", aliases: ["external_network_id"]),
      Option("fixed_network"),
      Option("fixed_subnet"),
      Option("dns_nameserver", .list(elements: .str)),
      Option("network_driver"),
      Option("volume_driver"),
      Option("docker_volume_size", .int),
      Option("docker_storage_driver", removal: dockerEra),
      Option("insecure_registry", removal: dockerEra),
      Option("registry_enabled", .bool, removal: dockerEra),
      Option("apiserver_port", .int),
      Option("server_type", choices: ["vm", "bm"]),
      Option("coe", choices: ["kubernetes"]),
      Option("driver"),
      Option("http_proxy"),
      Option("https_proxy"),
      Option("no_proxy"),
      Option("tls_disabled", .bool),
      Option("floating_ip_enabled", .bool),
      Option("master_lb_enabled", .bool),
      Option("public", .bool),
      Option("hidden", .bool),
      Option("tags", .list(elements: .str)),
    ]
  }

  private static var labels: [Option] {
    [
      Option("labels", .dict),
      Option("labels_mode", default: "exact", choices: ["exact", "merge"]),
      Option("allow_unknown_labels", .bool, default: false),
      Option("driver_version"),
    ]
  }

  /// What was for Docker, which no driver of today runs: nothing reads it.
  private static var dockerEra: Removal {
    Removal(.version("3.0.0"), from: "osa_ops.mcapi_vexxhost")
  }
}
