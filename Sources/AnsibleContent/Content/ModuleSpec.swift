/// What a task may pass to a module: the part of its argument spec that can be checked before
/// anything runs.
public struct ModuleSpec: Sendable {
  /// Fully qualified name.
  public let name: String
  public let options: [OptionSpec]

  public init(_ name: String, _ options: [OptionSpec]) {
    self.name = name
    self.options = options
  }

  /// The option of that name or alias.
  func option(named name: String) -> OptionSpec? {
    options.first { $0.name == name || $0.aliases.contains(name) }
  }
}

/// One option of a module.
public struct OptionSpec: Sendable {
  public let name: String
  public let type: OptionType
  public let elements: OptionType?
  public let aliases: [String]
  public let choices: [String]
  public let required: Bool
  /// The options inside this one, when it is a dict or a list of dicts with a spec of its own.
  public let options: [OptionSpec]

  public init(
    _ name: String, _ type: OptionType, elements: OptionType? = nil, aliases: [String] = [],
    choices: [String] = [], required: Bool = false, options: [OptionSpec] = []
  ) {
    self.name = name
    self.type = type
    self.elements = elements
    self.aliases = aliases
    self.choices = choices
    self.required = required
    self.options = options
  }
}

/// Types of module options, as ansible-doc names them.
public enum OptionType: String, Sendable {
  case str, bool, int, float, list, dict, path, raw, json, jsonarg, bytes, bits
}
