import AnsibleContent
import AnsibleModule

extension AnsibleContent.ModuleSpec {
  /// What a task may pass to a module of this collection, from the spec that the module itself
  /// validates with.
  init(_ module: AnsibleModule.ModuleSpec) {
    self.init("osa_ops.mcapi_vexxhost.\(module.name)", Self.options(of: module.arguments))
  }

  private static func options(of spec: ArgumentSpec) -> [OptionSpec] {
    spec.options.map { option in
      OptionSpec(
        option.name, AnsibleContent.OptionType(rawValue: option.type.name) ?? .raw,
        elements: option.type.elements.flatMap { AnsibleContent.OptionType(rawValue: $0.name) },
        aliases: option.aliases, choices: option.choices?.compactMap(\.string) ?? [],
        required: option.required, options: option.options.map(options(of:)) ?? [])
    }
  }
}
