import Foundation
import TestSupport
import Testing
import YAML

/// PyYAML's `SafeLoader`, the pure Python one, which is what Ansible's readers of our files build
/// on and which shares no code with libyaml.
enum PyYAML {
  /// One line for each text: its data in the notation of ``notation(_:)``, or `error` and why.
  static func load(_ texts: [String]) throws -> [String] {
    let loaded = try Program(
      ["/usr/bin/python3", "-c", script], input: JSONEncoder().encode(texts)
    ).succeed()
    let lines = loaded.output.split(separator: "\n").map(String.init)
    try #require(lines.count == texts.count)
    return lines
  }

  /// The same notation from a node: nothing but the data, and to the bit.
  static func notation(_ node: Node) -> String {
    switch node.content {
    case .sequence(let items): return "[" + items.map(notation).joined(separator: ",") + "]"
    case .mapping(let entries):
      var pairs: [String: String] = [:]
      for entry in entries { pairs[notation(entry.key)] = notation(entry.value) }
      return "{" + pairs.map { $0 + "=" + $1 }.sorted().joined(separator: ",") + "}"
    case .scalar(let scalar):
      switch scalar.tag {
      case .null: return "n"
      case .bool: return node.bool == true ? "true" : "false"
      case .int: return "i" + (node.int.map(String.init) ?? "?")
      case .float: return node.double.map { $0.isNaN ? "nan" : "f\($0.bitPattern)" } ?? "f?"
      case .timestamp: return "t"
      case .other(let tag): return tag
      case .string:
        return "s" + scalar.text.utf8.map { String($0, radix: 16) }.joined(separator: ".")
      }
    }
  }

  /// Numbers and dates are resolved by PyYAML even where it then fails to convert them: `0x_`,
  /// `2001-13-01`.
  private static let script = #"""
    import json, struct, sys, yaml

    class Date:
        pass

    class Loader(yaml.SafeLoader):
        pass

    def lenient(kind, construct):
        def number(loader, node):
            try:
                return construct(loader, node)
            except (ValueError, IndexError):
                return kind
        return number

    class Unreadable(str):
        pass

    for name, mark in (("int", "i?"), ("float", "f?")):
        tag = "tag:yaml.org,2002:" + name
        Loader.add_constructor(
            tag, lenient(Unreadable(mark), yaml.SafeLoader.yaml_constructors[tag]))
    Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: Date())

    def notation(value):
        if value is None:
            return "n"
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int):
            return f"i{value}" if -2**63 <= value < 2**63 else "i?"
        if isinstance(value, float):
            if value != value:
                return "nan"
            return "f%d" % struct.unpack("<Q", struct.pack("<d", value))
        if isinstance(value, Unreadable):
            return str(value)
        if isinstance(value, str):
            return "s" + ".".join(f"{byte:x}" for byte in value.encode())
        if isinstance(value, Date):
            return "t"
        if isinstance(value, list):
            return "[" + ",".join(map(notation, value)) + "]"
        pairs = (notation(k) + "=" + notation(v) for k, v in value.items())
        return "{" + ",".join(sorted(pairs)) + "}"

    for text in json.load(sys.stdin):
        try:
            print(notation(yaml.load(text, Loader)))
        except yaml.YAMLError as error:
            print("error", str(error).replace("\n", " "))
    """#
}
