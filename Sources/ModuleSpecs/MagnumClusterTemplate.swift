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
        ] + attributes + labels(mode: "exact") + ArgumentSpec.cloudOptions,
        requiredOneOf: [["name", "uuid"]]))
  }

  /// Under Magnum's names, or short ones with Magnum's as alias.
  private static var attributes: [Option] {
    let names = ["image", "flavor", "master_flavor", "keypair", "external_network"]
    return names.map { Option($0, aliases: [$0 + "_id"]) }
      + options([
        "fixed_network", "fixed_subnet", "network_driver", "volume_driver", "driver", "no_proxy",
      ])
      + options(["http_proxy", "https_proxy"], secrets: ["password"])
      + options(
        ["tls_disabled", "floating_ip_enabled", "master_lb_enabled", "public", "hidden"], .bool)
      + options(["dns_nameserver", "tags"], .list(elements: .str))
      + options(["docker_volume_size", "apiserver_port"], .int)
      + options(["docker_storage_driver", "insecure_registry"], removal: dockerEra)
      + options(["registry_enabled"], .bool, removal: dockerEra)
      + [
        Option("server_type", choices: ["vm", "bm"]),
        Option("coe", choices: ["kubernetes"]),
      ]
  }

  @inline(never)
  static func options(
    _ names: [String], _ type: OptionType = .str, secrets: [String] = [], removal: Removal? = nil
  ) -> [Option] {
    names.map { Option($0, type, hiddenMembers: secrets, removal: removal) }
  }

  /// Labels, and how they are looked at.
  @inline(never)
  static func labels(mode: JSONValue) -> [Option] {
    [
      Option("labels", .dict),
      Option("labels_mode", default: mode, choices: ["exact", "merge"]),
      Option("allow_unknown_labels", .bool, default: false),
      Option("driver_version"),
    ]
  }

  /// What was for Docker, which no driver of today runs: nothing reads it.
  private static var dockerEra: Removal {
    Removal(.version("3.0.0"), from: "osa_ops.mcapi_vexxhost")
  }
}
