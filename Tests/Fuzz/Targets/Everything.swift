internal import AnsibleModule

/// A spec with each type and rule that a module can have.
let everything = ModuleSpec(
  "everything", supportsCheckMode: true,
  arguments: ArgumentSpec(
    [
      Option("name", required: true, aliases: ["title", "n"], deprecatedAliases: [old]),
      Option("on", .bool, default: false), Option("count", .int), Option("ratio", .float),
      Option("names", .list(elements: .str)), Option("counts", .list(elements: .int)),
      Option("any", .list()), Option("table", .dict), Option("home", .path),
      Option("mode", .raw), Option("text", .json), Option("size", .bytes), Option("rate", .bits),
      Option("password", noLog: true), Option("secrets", .list(elements: .raw), noLog: true),
      Option("state", default: "present", choices: ["present", "absent", "on"]),
      Option("level", .int, default: 1, choices: [1, 2, 3]),
      Option("port", .dict, options: port, appliesDefaults: true),
      Option("ports", .list(elements: .dict), options: port),
      Option("gone", removal: Removal(.date("2030-01-01"), from: "some.collection")),
    ],
    mutuallyExclusive: [["count", "ratio"]], requiredTogether: [["size", "rate"]],
    requiredOneOf: [["on", "count"]],
    requiredIf: [RequiredIf("state", is: "absent", needs: ["home", "mode"], any: true)],
    requiredBy: [RequiredBy("any", needs: ["table"])]))

private let old = DeprecatedAlias("n", removal: Removal(.version("3.0.0"), from: "some.collection"))

private let port = ArgumentSpec(
  [
    Option("number", .int, required: true, aliases: ["no"]),
    Option("protocol", default: "tcp", choices: ["tcp", "udp"]),
    Option("key", noLog: true),
    Option("deeper", .dict, options: ArgumentSpec([Option("a", .float), Option("b", .path)])),
  ],
  mutuallyExclusive: [["key", "deeper"]])
