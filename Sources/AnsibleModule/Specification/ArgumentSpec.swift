internal import ByteText
public import JSON

/// What a module, or an option with sub-options, accepts: plain data, for the module to validate
/// with and for others to check tasks against and to write documentation from.
public struct ArgumentSpec: Sendable {
  public var options: [Option]
  /// Of each group at most one option may be given.
  public var mutuallyExclusive: [[String]]
  /// Of each group all options or none must be given.
  public var requiredTogether: [[String]]
  /// Of each group at least one option must be given.
  public var requiredOneOf: [[String]]
  public var requiredIf: [RequiredIf]
  public var requiredBy: [RequiredBy]

  public init(
    _ options: [Option],
    mutuallyExclusive: [[String]] = [],
    requiredTogether: [[String]] = [],
    requiredOneOf: [[String]] = [],
    requiredIf: [RequiredIf] = [],
    requiredBy: [RequiredBy] = []
  ) {
    self.options = options
    self.mutuallyExclusive = mutuallyExclusive
    self.requiredTogether = requiredTogether
    self.requiredOneOf = requiredOneOf
    self.requiredIf = requiredIf
    self.requiredBy = requiredBy
  }

  /// The option with this name or alias.
  public func option(named name: String) -> Option? {
    options.first { $0.name == name } ?? options.first { $0.aliases.contains(name) }
  }
}

/// One option of a module.
///
/// An immutable object, not a struct: validation passes options around a lot, and each copy of a
/// struct with this many fields costs a module some hundred bytes of code.
public final class Option: Sendable {
  public let name: String
  public let type: OptionType
  public let required: Bool
  /// The value of an option that is not given; nil where Ansible has null.
  public let `default`: JSONValue?
  /// The values allowed, or the ones allowed in a list; nil allows all.
  public let choices: [JSONValue]?
  public let aliases: [String]
  public let deprecatedAliases: [DeprecatedAlias]
  /// Whether the value is hidden in everything the module says.
  public let noLog: Bool
  /// Members of a dictionary without sub-options whose values are hidden, at any depth: in small
  /// letters, with `_`; values may write them with `-`, capitals, or `os_` before. Where there are any,
  /// a text that is no dictionary is taken for an address, and the password in it is hidden.
  public let hiddenMembers: [String]
  /// The sub-options of a dictionary or of each dictionary in a list.
  public let options: ArgumentSpec?
  /// Whether a dictionary that is not given gets the defaults of its sub-options.
  public let appliesDefaults: Bool
  /// Environment variables to take the value from when it is not given; the first that is set.
  public let environment: [String]
  /// When the option goes away; nil for one that stays.
  public let removal: Removal?

  public init(
    _ name: String,
    _ type: OptionType = .str,
    required: Bool = false,
    default: JSONValue? = nil,
    choices: [JSONValue]? = nil,
    aliases: [String] = [],
    deprecatedAliases: [DeprecatedAlias] = [],
    noLog: Bool = false,
    hiddenMembers: [String] = [],
    options: ArgumentSpec? = nil,
    appliesDefaults: Bool = false,
    environment: [String] = [],
    removal: Removal? = nil
  ) {
    self.name = name
    self.type = type
    self.required = required
    self.default = `default`
    self.choices = choices
    self.aliases = aliases
    self.deprecatedAliases = deprecatedAliases
    self.noLog = noLog
    self.hiddenMembers = hiddenMembers
    self.options = options
    self.appliesDefaults = appliesDefaults
    self.environment = environment
    self.removal = removal
  }
}

/// Options that must be given when another one has a certain value.
public struct RequiredIf: Sendable {
  public var option: String
  public var value: JSONValue
  public var needs: [String]
  /// Whether one of `needs` is enough.
  public var any: Bool

  public init(_ option: String, is value: JSONValue, needs: [String], any: Bool = false) {
    self.option = option
    self.value = value
    self.needs = needs
    self.any = any
  }
}

/// Options that must be given, and not be null, when another one is.
public struct RequiredBy: Sendable {
  public var option: String
  public var needs: [String]

  public init(_ option: String, needs: [String]) {
    self.option = option
    self.needs = needs
  }
}

/// When something goes away, and from which collection (`namespace.name`).
public struct Removal: Sendable, Equatable {
  public enum Time: Sendable, Equatable {
    /// A version of the collection, as in `3.0.0`.
    case version(String)
    /// A day, as in `2030-01-01`.
    case date(String)
  }
  public var time: Time
  public var collection: String

  public init(_ time: Time, from collection: String) {
    self.time = time
    self.collection = collection
  }
}

/// An alias, listed among the aliases of its option too, that will go away.
public struct DeprecatedAlias: Sendable {
  public var name: String
  public var removal: Removal

  public init(_ name: String, removal: Removal) {
    self.name = name
    self.removal = removal
  }
}
