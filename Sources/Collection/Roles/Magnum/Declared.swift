import AnsibleContent
import AnsibleModule
import JSON

/// A list of dictionaries that an operator declares, each of which holds the arguments of a module.
struct Declared: Sendable {
  let documentation: ModuleDocumentation
  /// What the role gives where a dictionary does not: it has no default in the argument spec then.
  let given: [String: AnsibleContent.Expression]

  /// The entries of such a dictionary: those of the module.
  var options: [VariableOption] {
    documentation.spec.arguments.options.map { option in
      VariableOption(
        option.name, type: option.type.variableType,
        default: given[option.name] == nil ? option.default?.value : nil,
        required: false, aliases: option.aliases,
        choices: option.choices?.compactMap(\.string) ?? [],
        isSecret: option.type == .dict && !option.hiddenMembers.isEmpty,
        summary: documentation.options[option.name] ?? [])
    }
  }

  /// The module, with what the dictionary says and nothing else.
  func action(for item: AnsibleContent.Expression) -> Action {
    let spec = AnsibleContent.ModuleSpec(documentation.spec)
    return Action(
      spec,
      spec.options.map { option in
        let otherwise = given[option.name] ?? .omit
        let value = option.aliases.reversed().reduce(otherwise) { item[$1].default($0) }
        return (option.name, "\(item[option.name].default(value))")
      })
  }
}

extension AnsibleModule.OptionType {
  fileprivate var variableType: VariableType {
    switch self {
    case .bool: .bool
    case .int: .int
    case .float: .float
    case .dict: .dict
    case .path: .path
    case .list(let elements): .list(elements?.variableType ?? .raw)
    case .str, .bytes, .bits: .str
    case .raw, .json: .raw
    }
  }
}

extension JSONValue {
  /// A default as a variable has it.
  fileprivate var value: AnsibleContent.Value {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(Int(value))
    case .double(let value): .double(value)
    case .string(let text): "\(text: text)"
    case .array(let items): .list(items.map(\.value))
    case .object(let object):
      .fields(object.keys.map { ($0, (object[$0] ?? .null).value) })
    }
  }
}
