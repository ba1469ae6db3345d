public import AnsibleModule

extension ModuleSpecs {
  /// `magnum_info`: tells what Magnum has.
  public static var magnumInfo: ModuleSpec {
    ModuleSpec(
      "magnum_info", supportsCheckMode: true,
      arguments: ArgumentSpec(
        [
          Option(
            "gather", .list(elements: .str), default: ["cluster_templates", "clusters"],
            choices: ["cluster_templates", "clusters", "services", "stats"]),
          Option("name"),
        ] + ArgumentSpec.cloudOptions))
  }
}
