/// A variable of Ansible, declared once: tasks, defaults, argument specs and documentation all
/// refer to this declaration.
public struct Variable: Sendable {
  /// Where its value comes from.
  public enum Origin: Sendable, Equatable {
    /// Declared with a default by a role of the collection.
    case role
    /// Written in the `vars` of a play: an operator overrides it with extra variables, which is
    /// what OpenStack-Ansible makes of its `user_*.yml`.
    case play
    /// Set by the operator in any place of inventory; the default, if any, is written where the
    /// variable is used, so that even group_vars override it.
    case operatorSet
    /// Given by OpenStack-Ansible: its inventory, its group_vars or one of its roles.
    case openStackAnsible
    /// Part of Ansible itself: `groups`, `inventory_hostname`, `ansible_facts`.
    case ansible
    /// The result of a task, or set by one.
    case registered
    /// Set by vars files of the role, one per distribution.
    case roleVars
  }

  public let name: String
  public let type: VariableType
  public let defaultValue: Value?
  /// A sentence or two for the operator.
  public let summary: String
  public let origin: Origin
  public let choices: [String]
  /// Ansible must not show the value.
  public let isSecret: Bool
  /// What the dictionary, or each one of the list, may hold; empty where it may hold anything.
  public let options: [VariableOption]
  public let location: SourceLocation

  init(
    name: String, type: VariableType, defaultValue: Value?, summary: String, origin: Origin,
    choices: [String] = [], isSecret: Bool = false, options: [VariableOption] = [],
    location: SourceLocation
  ) {
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
    self.summary = summary
    self.origin = origin
    self.choices = choices
    self.isSecret = isSecret
    self.options = options
    self.location = location
  }

  /// A variable of a role: with a default it stands in `defaults/main.yml`, without one it is
  /// optional and unset.
  public static func role(
    _ name: String, type: VariableType = .str, default value: Value? = nil, _ summary: String,
    choices: [String] = [], isSecret: Bool = false, options: [VariableOption] = [],
    file: String = #fileID, line: UInt = #line
  ) -> Variable {
    Variable(
      name: name, type: type, defaultValue: value, summary: summary, origin: .role,
      choices: choices,
      isSecret: isSecret, options: options, location: SourceLocation(file: file, line: line))
  }

  /// A variable of a play.
  public static func play(
    _ name: String, type: VariableType = .str, default value: Value, _ summary: String,
    file: String = #fileID, line: UInt = #line
  ) -> Variable {
    Variable(
      name: name, type: type, defaultValue: value, summary: summary, origin: .play,
      location: SourceLocation(file: file, line: line))
  }

  /// A variable that the operator may set anywhere.
  public static func operatorSet(
    _ name: String, type: VariableType = .str, default value: Value? = nil, _ summary: String,
    file: String = #fileID, line: UInt = #line
  ) -> Variable {
    Variable(
      name: name, type: type, defaultValue: value, summary: summary, origin: .operatorSet,
      location: SourceLocation(file: file, line: line))
  }

  /// A variable that somebody else provides.
  public static func given(
    by origin: Origin, _ name: String, type: VariableType = .raw, _ summary: String,
    file: String = #fileID, line: UInt = #line
  ) -> Variable {
    Variable(
      name: name, type: type, defaultValue: nil, summary: summary, origin: origin,
      location: SourceLocation(file: file, line: line))
  }

  /// What a task registers.
  public static func registered(
    _ name: String, file: String = #fileID, line: UInt = #line
  ) -> Variable {
    given(by: .registered, name, "", file: file, line: line)
  }
}

/// An entry of a dictionary that a role's variable holds.
public struct VariableOption: Sendable {
  public let name: String
  public let type: VariableType
  public let defaultValue: Value?
  public let isRequired: Bool
  public let aliases: [String]
  public let choices: [String]
  /// Ansible must not show the value.
  public let isSecret: Bool
  /// A sentence or more, a paragraph each.
  public let summary: [String]

  public init(
    _ name: String, type: VariableType = .str, default value: Value? = nil,
    required: Bool = false, aliases: [String] = [], choices: [String] = [], isSecret: Bool = false,
    _ summary: String...
  ) {
    self.init(
      name, type: type, default: value, required: required, aliases: aliases, choices: choices,
      isSecret: isSecret, summary: summary)
  }

  public init(
    _ name: String, type: VariableType, default value: Value?, required: Bool, aliases: [String],
    choices: [String], isSecret: Bool, summary: [String]
  ) {
    self.name = name
    self.type = type
    defaultValue = value
    isRequired = required
    self.aliases = aliases
    self.choices = choices
    self.isSecret = isSecret
    self.summary = summary
  }
}

extension Variable: JinjaConvertible {
  /// The reference to the variable. One that the operator may set anywhere carries its default.
  public var expression: Expression {
    let name = Expression(JinjaText(text: name), .postfix)
    guard origin == .operatorSet, let defaultValue else { return name }
    return name.default(defaultValue)
  }

  /// The bare name, where a default would be wrong: as a key, or to ask whether it is defined.
  public var bare: Expression { Expression(JinjaText(text: name), .postfix) }

  public var isDefined: Expression { bare.isDefined }
}

/// The types of role argument specs and module options.
public indirect enum VariableType: Sendable, Equatable {
  case str, bool, int, float, path, raw, dict
  case list(VariableType)

  /// Ansible's word for it.
  public var name: String {
    switch self {
    case .str: "str"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .path: "path"
    case .raw: "raw"
    case .dict: "dict"
    case .list: "list"
    }
  }
}
