internal import ByteText
internal import JSON

/// One run of a spec over the parameters of a task, after ansible-core 2.19.
///
/// The order of the steps decides which of several mistakes a user is told, so it is Ansible's:
/// fallbacks, aliases, secrets, unknown names, exclusions, defaults, required, types, choices,
/// rules among options, sub-options, and the unknown names reported last.
struct Validation {
  /// The parameters, changed into what the module sees: converted, completed, aliases beside names.
  private(set) var parameters: JSONObject
  /// What is wrong, in the order found; Ansible shows the first.
  var errors: [ValidationError] = []
  /// Texts that must not leave the module.
  var secrets = SecretSet()
  private(set) var warnings: [String] = []
  var deprecations: [Deprecation] = []

  var unknown: [UnknownName] = []

  init(_ spec: ArgumentSpec, _ parameters: JSONObject) {
    self.parameters = parameters
    var values = parameters
    validate(spec, &values, at: Place())
    self.parameters = values
    if let error = unknownNamesError() { errors.append(error) }
  }
}

struct ValidationError {
  enum Kind { case unknownName, other }
  let kind: Kind
  let message: String
}

/// Something that will go away, for Ansible to show.
struct Deprecation {
  let message: String
  let removal: Removal
}

/// Where in nested sub-options the validation is.
struct Place {
  /// Names of the options around, from the outside.
  var context: [String] = []
  /// The same with list indices, for warnings: `a[0].b.`
  var prefix = ""
  var isTop: Bool { context.isEmpty }

  /// The end of a message that says where.
  var suffix: String { isTop ? "" : " found in " + context.joined(separator: " -> ") }
}

extension Validation {
  private mutating func validate(
    _ spec: ArgumentSpec, _ values: inout JSONObject, at place: Place
  ) {
    takeFallbacks(spec, &values)
    takeAliases(spec, &values, at: place)
    collectSecrets(spec, values)
    if place.isTop { noteRemovals(spec, values) }
    collectUnknownNames(spec, values, at: place)
    fail(spec.exclusionFault(values), at: place)
    takeDefaults(spec, &values) { $0.default != nil }
    fail(spec.missingFault(values), at: place)
    for option in spec.options { convert(option, &values, at: place) }
    for option in spec.options { checkChoices(of: option, &values, at: place) }
    fail(spec.togetherFault(values), at: place)
    fail(spec.oneOfFault(values), at: place)
    fail(spec.requiredIfFault(values), at: place)
    fail(spec.requiredByFault(values), at: place)
    takeDefaults(spec, &values) { _ in true }
    for option in spec.options { validateSubOptions(of: option, &values, at: place) }
  }

  @inline(never)
  private mutating func fail(_ message: String?, at place: Place) {
    if let message { errors.append(ValidationError(kind: .other, message: message + place.suffix)) }
  }

  // MARK: Values that were not given under the option's own name

  private mutating func takeFallbacks(_ spec: ArgumentSpec, _ values: inout JSONObject) {
    for option in spec.options where values[option.name] == nil {
      for name in option.environment {
        guard let value = environment(name) else { continue }
        values[option.name] = .string(value)
        if option.noLog { secrets.insert(.string(value)) }
        break
      }
    }
  }

  private mutating func takeAliases(
    _ spec: ArgumentSpec, _ values: inout JSONObject, at place: Place
  ) {
    for option in spec.options {
      for alias in option.deprecatedAliases where values[alias.name] != nil {
        deprecations.append(
          Deprecation(
            message: "Alias '\(place.prefix)\(alias.name)' is deprecated."
              + " See the module docs for more information",
            removal: alias.removal))
      }
      for alias in option.aliases {
        guard let value = values[alias] else { continue }
        if values[option.name] != nil {
          warnings.append(
            "Both option \(place.prefix)\(option.name) and its alias \(place.prefix)\(alias)"
              + " are set.")
        }
        values[option.name] = value
      }
    }
  }

  private mutating func takeDefaults(
    _ spec: ArgumentSpec, _ values: inout JSONObject, where isWanted: (Option) -> Bool
  ) {
    for option in spec.options where values[option.name] == nil && isWanted(option) {
      values[option.name] = option.default ?? .null
      if option.noLog, let value = option.default { secrets.insert(value) }
    }
  }

  // MARK: Values

  private mutating func convert(_ option: Option, _ values: inout JSONObject, at place: Place) {
    guard let value = values[option.name] else { return }
    if value.isNull && !option.required && option.default == nil { return }
    do throws(CoercionError) {
      let converted = try value.coerced(to: option.type)
      values[option.name] = converted
      guard let wanted = option.type.elements, let elements = converted.array else { return }
      values[option.name] = .array(convert(elements, of: option, to: wanted, at: place))
    } catch {
      var message = "argument '\(option.name)' is of type \(value.pythonTypeName)"
      if !place.isTop { message += " found in '\(place.context.joined(separator: " -> "))'." }
      message += " and we were unable to convert to \(option.type.name): \(error.reason)"
      errors.append(ValidationError(kind: .other, message: message))
    }
  }

  private mutating func convert(
    _ elements: [JSONValue], of option: Option, to wanted: OptionType, at place: Place
  ) -> [JSONValue] {
    var converted: [JSONValue] = []
    for element in elements {
      do throws(CoercionError) {
        converted.append(try element.coerced(to: wanted))
      } catch {
        var message = "Elements value for option '\(option.name)'"
        if !place.isTop { message += " found in '\(place.context.joined(separator: " -> "))'" }
        message += " is of type \(element.pythonTypeName) and we were unable to convert to"
        message += " \(wanted.name): \(error.reason)"
        errors.append(ValidationError(kind: .other, message: message))
      }
    }
    return converted
  }

  private mutating func checkChoices(
    of option: Option, _ values: inout JSONObject, at place: Place
  ) {
    guard let choices = option.choices, let value = values[option.name] else { return }
    let isAllowed = { (value: JSONValue) in choices.contains { $0.pythonEquals(value) } }
    let listed = choices.map { $0.pythonText }.listed
    if let elements = value.array {
      let others = elements.filter { !isAllowed($0) }
      if others.isEmpty { return }
      let list = others.map { $0.pythonText }.listed
      fail(
        "value of \(option.name) must be one or more of: \(listed). Got no match for: \(list)",
        at: place)
    } else if !isAllowed(value) {
      // YAML reads a bare yes or no as a boolean: where one choice alone can have been meant, it is.
      if let meant = value.meantChoice(among: choices) {
        values[option.name] = meant
        return
      }
      fail(
        "value of \(option.name) must be one of: \(listed), got: \(value.pythonText)", at: place)
    }
  }

  // MARK: Sub-options

  private mutating func validateSubOptions(
    of option: Option, _ values: inout JSONObject, at place: Place
  ) {
    guard let spec = option.options, let value = values[option.name] else { return }
    var given = value
    if given.isNull {
      guard option.appliesDefaults else { return }
      given = .object([:])
    }
    var inner = place
    inner.context.append(option.name)
    var results: [JSONValue] = []
    for (index, element) in (given.array ?? [given]).enumerated() {
      guard case .object(var members) = element else {
        errors.append(
          ValidationError(
            kind: .other,
            message: "value of '\(option.name)' must be of type dict or list of dicts"))
        results.append(element)
        continue
      }
      let position = option.type == .dict ? "" : "[\(index)]"
      inner.prefix = "\(place.prefix)\(option.name)\(position)."
      validate(spec, &members, at: inner)
      results.append(.object(members))
    }
    values[option.name] = given.array == nil ? results[0] : .array(results)
  }
}

extension JSONValue {
  /// The only boolean word among `choices` that stands for this value, `True` or `False` as text.
  fileprivate func meantChoice(among choices: [JSONValue]) -> JSONValue? {
    let words: [String]
    switch self {
    case .string("True"): words = trueWords
    case .string("False"): words = falseWords
    default: return nil
    }
    let meant = choices.filter { choice in
      if let word = choice.string { return words.contains(word) }
      return choice.pythonEquals(.bool(self == "True"))
    }
    return meant.count == 1 ? meant[0] : nil
  }
}
