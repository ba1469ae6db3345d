public import YAML

/// Lines of YAML are at most this long, as ansible-lint wants it.
let yamlWidth = 160

/// A mapping node under construction: entries that are nil or empty are left out.
struct Entries {
  private(set) var pairs: [(String, Node)] = []

  mutating func add(_ key: String, _ node: Node?) {
    if let node { pairs.append((key, node)) }
  }
  mutating func add(_ key: String, _ value: Value?) { add(key, value?.node) }
  mutating func add(_ key: String, _ text: String?) { add(key, text.map(Node.string)) }
  mutating func add(_ key: String, _ flag: Bool?) { add(key, flag.map(Node.bool)) }
  mutating func add(_ key: String, fields: [Value.Field]) {
    if !fields.isEmpty { add(key, Value.mapping(fields).node) }
  }
  mutating func add(_ key: String, list: [String]) {
    if !list.isEmpty { add(key, .sequence(list.map(Node.string))) }
  }
  /// A condition, or a list of them of which each must hold.
  mutating func add(_ key: String, conditions: [Expression]) {
    if conditions.count == 1 {
      add(key, conditions[0].text)
    } else {
      add(key, list: conditions.map(\.text))
    }
  }

  var node: Node { .mapping(pairs) }
}

extension Value {
  /// The value as YAML.
  public var node: Node {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .double(let value): .double(value)
    case .text(let template): .string(template.text)
    case .list(let items): .sequence(items.map(\.node))
    case .condition(let expression): .string(expression.text)
    case .mapping(let fields):
      .mapping(
        fields.map { field in
          (
            field.key,
            field.comment.map { field.value.node.commented($0.wrapped()) } ?? field.value.node
          )
        })
    }
  }
}

extension GeneratedFile {
  /// A YAML file with the generated header and a comment below it.
  public static func yaml(_ path: String, comment: String? = nil, _ root: Node) throws
    -> GeneratedFile
  {
    let header = [GeneratedHeader.text, comment?.wrapped()].compactMap(\.self).joined(
      separator: "\n\n")
    do {
      return GeneratedFile(
        path: path, text: try Emitter.emit(Document(header: header, root: root), width: yamlWidth))
    } catch {
      throw Refusal(
        problems: [
          Problem(
            file: path, place: "the document", "cannot be written as YAML: \(error)",
            "change the value named")
        ])
    }
  }
}

extension String {
  /// The text with lines of at most 98 columns, paragraphs kept: room for `# ` within a hundred.
  func wrapped(_ width: Int = 98) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
      var lines: [String] = []
      for word in paragraph.split(separator: " ") {
        if let last = lines.last, last.count + 1 + word.count <= width {
          lines[lines.count - 1] = last + " " + word
        } else {
          lines.append(String(word))
        }
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
