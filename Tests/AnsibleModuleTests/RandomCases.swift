import AnsibleModule
import Foundation

/// Specs without faults and parameters that fit them more or less.
struct RandomCases {
  var random: FixedRandom

  static let environment: JSONObject = [
    "HOME": .string(ProcessInfo.processInfo.environment["HOME"] ?? "/"), "CASE_PORT": "8080",
    "CASE_PATH": "~/from/environment",
  ]

  mutating func spec(depth: Int = 0) -> ArgumentSpec {
    let names = Array(
      ["name", "path", "size", "port", "deep", "é"].shuffled(using: &random).prefix(
        Int.random(in: 1...4, using: &random)))
    let options = names.map { option($0, depth: depth) }
    func group() -> [[String]] {
      guard names.count > 1, random.chance(15) else { return [] }
      return [
        Array(
          names.shuffled(using: &random).prefix(Int.random(in: 2...names.count, using: &random)))
      ]
    }
    var requiredIf: [RequiredIf] = []
    if random.chance(20), let option = options.randomElement(using: &random) {
      let value = option.choices?.first ?? self.value(depth: 2)
      let needs = names.filter { _ in random.chance(50) }
      if !needs.isEmpty {
        requiredIf = [RequiredIf(option.name, is: value, needs: needs, any: random.chance(50))]
      }
    }
    var requiredBy: [RequiredBy] = []
    if names.count > 1, random.chance(15) { requiredBy = [RequiredBy(names[0], needs: [names[1]])] }
    return ArgumentSpec(
      options, mutuallyExclusive: group(), requiredTogether: group(), requiredOneOf: group(),
      requiredIf: requiredIf, requiredBy: requiredBy)
  }

  private mutating func option(_ name: String, depth: Int) -> Option {
    let scalars: [OptionType] = [
      .str, .bool, .int, .float, .path, .raw, .json, .bytes, .bits, .dict,
    ]
    var type = random.pick(scalars + [.str, .str, .int, .dict])
    if random.chance(25) { type = .list(elements: random.chance(25) ? nil : type) }
    let hasOptions = type.mayHaveOptions && depth < 2 && random.chance(70)
    let choices: [JSONValue]? =
      random.chance(15) && !hasOptions
      ? random.pick([["a", "b"], ["yes", "other"], [1, 2], ["on", "off"], [5, "x"]]) : nil
    let required = random.chance(20)
    let removal = Removal(
      random.chance(50) ? .version("3.0.0") : .date("2030-01-01"), from: "some.collection")
    let aliases = random.chance(25) ? [name + "_alias", name + "2"] : []
    return Option(
      name, type, required: required,
      default: required || random.chance(70) || hasOptions
        ? nil : choices?.last ?? random.pick(["5", "a"]),
      choices: choices, aliases: aliases,
      deprecatedAliases: aliases.isEmpty || random.chance(60)
        ? [] : [DeprecatedAlias(aliases[0], removal: removal)],
      noLog: random.chance(15),
      options: hasOptions ? spec(depth: depth + 1) : nil,
      appliesDefaults: hasOptions && type == .dict && random.chance(20),
      environment: random.chance(10)
        ? ["CASE_NONE", random.pick(["CASE_PORT", "CASE_PATH"])] : [],
      removal: random.chance(10) ? removal : nil)
  }

  mutating func parameters(for spec: ArgumentSpec) -> JSONObject {
    var object = JSONObject()
    for option in spec.options where random.chance(75) {
      let name =
        option.aliases.isEmpty || random.chance(60) ? option.name : random.pick(option.aliases)
      object[name] = value(for: option)
      if random.chance(5), let alias = option.aliases.first { object[alias] = value(for: option) }
    }
    if random.chance(6) { object["unknown"] = "x" }
    return object
  }

  private mutating func value(for option: Option) -> JSONValue {
    if let options = option.options, random.chance(92) {
      func dictionary() -> JSONValue { .object(parameters(for: options)) }
      guard option.type.elements != nil else { return dictionary() }
      return .array((0..<Int.random(in: 0...2, using: &random)).map { _ in dictionary() })
    }
    if let choices = option.choices, random.chance(70) { return random.pick(choices) }
    if option.type.elements != nil, random.chance(60) {
      return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth: 1) })
    }
    return value(depth: 0)
  }

  /// Values that people and templates give, and some that nobody should.
  private mutating func value(depth: Int) -> JSONValue {
    if depth < 2, random.chance(12) {
      return random.chance(50)
        ? .array([value(depth: depth + 1), value(depth: depth + 1)])
        : ["x": value(depth: depth + 1), "y'": value(depth: depth + 1)]
    }
    return random.pick(RandomCases.values)
  }

  static let values: [JSONValue] =
    [
      .null, true, false, 0, 1, 2, -7, 4096, 1.0, 0.0, 1.5, -2.25, 1e16, 123456789012345680.0,
      9007199254740994.0, 1e-5, 0.0001, 1e100, 3e-320,
    ] + strings.map { .string($0) }

  private static let strings = [
    "", " ", "a", "b", "yes", "No", " TRUE ", "on", "off", "maybe", "1", "0", "5", " 5 ", "5.0",
    "5.5", "0x10", "1e3", "1E-2", "100e-2", "1_000", "_1", "1__0", "+3", "-4", "--4", ".5", "5.",
    ".", "e5", "1e", "007", "0e99999999999999999999", "9223372036854775807", "None", "True",
    "False", "a,b, c", ",", "x", "other", "é", "\u{1F600}", "e\u{301}", "tab\there", "it's",
    "say \"hi\"", "both ' and \"", "back\\slash", "line\nbreak", "\u{7}", "\u{a0}", "\u{200b}",
    "{\"a\": 1}", "{'a': 1}", "{'a': [1, 2.5, (3,), 'x' \"y\"], 'b': {}}", "{\"a\": 1",
    "{1: 'one', None: True}", "{'a': 0x1F, 'b': -1, 'c': 1_0}", "{'a': 'x\\n\\x41\\u00e9'}",
    "{'a': r'\\d'}", "{'a': 012}", "{'a',}", "{}", "{'a': b'x'}", "{'a': 1,}", "{,}",
    "{\"a\": true, 'b': 1}", "{'''k''': \"\"\"v\"\"\"}", "{'a': (1)}", "{'a': ()}", "{'a': +1.5e3}",
    "{'a' : 'b'\n}", "a=1 b=\"x y\"", "a=1,b=2", "a=1, b", "a='1 2', b=\\ 3", "=", "a==b", "k=é",
    "[1, 2]", "~", "~/x", "~root/y", "~nosuchuser/z", "$HOME/x", "${HOME}y", "${NOPE}/x", "$",
    "$$HOME", "${HOME", "${}", "a~b", "2K", "1MB", "1Mb", "1 GiB", "10b", "10B", "1.5G",
    "1 kilobyte",
    "2 Megabits", "1BB", "1Kx", ".5K", "5.K", "1K ", " 1K", "8EB", "1ZB", "0.5B", "2.5", "3.5",
  ]
}
