extension Rules {
  /// Arguments are those that the module's spec knows, of the type that it wants, and none that it
  /// requires is missing.
  static func taskArguments(_ lists: [TaskList]) -> [Problem] {
    lists.flatMap { list in
      (list.tasks.map(\.task) + list.handlers).flatMap { task -> [Problem] in
        guard let spec = task.action.spec else { return [] }
        return ArgumentCheck.faults(
          in: task.action.arguments, spec.options, of: spec.name, inside: ""
        )
        .map {
          Problem(
            file: list.file, place: list.place(of: task), $0.message, $0.remedy, at: task.location)
        }
      }
    }
  }
}

/// Checks a mapping of arguments against options, those inside them too.
enum ArgumentCheck {
  static func faults(
    in arguments: [Value.Field], _ options: [OptionSpec], of module: String, inside path: String
  ) -> [(message: String, remedy: String)] {
    let holder = path.isEmpty ? module : "\(module), option \(path)"
    let spec = ModuleSpec(module, options)
    var faults: [(String, String)] = []
    for argument in arguments {
      guard let option = spec.option(named: argument.key) else {
        faults.append(
          (
            "\(holder) has no option \"\(argument.key)\"",
            "it has: \(options.map(\.name).sorted().joined(separator: ", "))"
          ))
        continue
      }
      let name = path.isEmpty ? option.name : "\(path).\(option.name)"
      faults += self.faults(of: argument.value, option, module: module, name: name)
    }
    for option in options where option.required {
      let names = [option.name] + option.aliases
      if !arguments.contains(where: { names.contains($0.key) }) {
        faults.append(("\(holder) requires \"\(option.name)\"", "pass it"))
      }
    }
    return faults
  }

  private static func faults(
    of value: Value, _ option: OptionSpec, module: String, name: String
  ) -> [(message: String, remedy: String)] {
    if let fault = mismatch(value, option.type, option.choices) {
      return [("\(module): \(name) \(fault)", "pass a value of type \(option.type.rawValue)")]
    }
    guard !option.options.isEmpty || option.elements != nil else { return [] }
    let elements: [Value] = if case .list(let items) = value { items } else { [value] }
    return elements.flatMap { element -> [(String, String)] in
      if case .mapping(let fields) = element, !option.options.isEmpty {
        return faults(in: fields, option.options, of: module, inside: name)
      }
      if let type = option.elements, case .list = value,
        let fault = mismatch(element, type, option.choices)
      {
        return [
          ("\(module): an element of \(name) \(fault)", "pass elements of type \(type.rawValue)")
        ]
      }
      return []
    }
  }

  /// What is wrong with the value, as the end of a sentence; nil when nothing is, or when only
  /// Ansible can know because the value is an expression.
  private static func mismatch(_ value: Value, _ type: OptionType, _ choices: [String]) -> String? {
    if case .text(let template) = value, template.literalText == nil { return nil }
    if !choices.isEmpty, let text = value.choiceText, !choices.contains(text) {
      return "is \"\(text)\", which is not one of: \(choices.joined(separator: ", "))"
    }
    switch (type, value) {
    case (.raw, _), (.json, _), (.jsonarg, _), (_, .null): return nil
    case (.str, .text), (.str, .int), (.str, .double), (.path, .text): return nil
    case (.str, .condition), (.list, .condition): return nil
    case (.bytes, .text), (.bytes, .int), (.bits, .text), (.bits, .int): return nil
    case (.bool, .bool): return nil
    case (.bool, .text(let text)) where ["yes", "no", "true", "false"].contains(text.text):
      return nil
    case (.int, .int), (.float, .int), (.float, .double): return nil
    case (.int, .text(let text)) where Int(text.text) != nil: return nil
    // Ansible makes a list of one from a single string or number.
    case (.list, .list), (.list, .text), (.list, .int): return nil
    case (.dict, .mapping): return nil
    default: return "is a \(value.kind), not a \(type.rawValue)"
    }
  }
}

extension Value {
  /// The value as a module's `choices` spells it.
  fileprivate var choiceText: String? {
    switch self {
    case .text(let template): template.literalText
    case .int(let value): String(value)
    case .bool(let value): value ? "true" : "false"
    case .null, .double, .list, .mapping, .condition: nil
    }
  }

  fileprivate var kind: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int: "number"
    case .double: "number"
    case .text: "text"
    case .list: "list"
    case .mapping: "mapping"
    case .condition: "condition"
    }
  }
}
