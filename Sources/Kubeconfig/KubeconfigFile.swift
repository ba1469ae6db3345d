internal import ByteText
public import YAML

/// A kubeconfig as data, whether a context of it can be used or not: what is read, chosen from,
/// changed, merged and written.
public struct KubeconfigFile: Sendable {
  /// More bytes than any kubeconfig has.
  public static let largest = 1 << 20

  /// The whole file, fields unknown to us included.
  public internal(set) var document: Node
  /// Sentences, without the name of the file, about what it holds twice.
  public private(set) var warnings: [String] = []
  private let original: Node

  /// Reads YAML or JSON of the shape that kubectl reads. Of entries with one name, and of fields with
  /// one name, the last is kept.
  ///
  /// - Parameter mayBeEmpty: whether a file without anything is one without entries, as for kubectl.
  ///
  /// Throws what is wrong, in which entry and what to do; never anything that may be secret.
  public init(
    parsing bytes: [UInt8], mayBeEmpty: Bool = false
  ) throws(KubeconfigError) {
    var document = try readDocument(bytes, mayBeEmpty: mayBeEmpty)
    guard document.entries != nil else {
      throw KubeconfigError(
        "it is no mapping, so no kubeconfig; name a file that kubectl config view can read")
    }
    if let repeated = document.duplicateKeys.first {
      warnings.append(
        "it has a field twice" + (repeated.mark.map { " (line \($0.line))" } ?? "")
          + "; the last counts")
      document = document.withoutRepeatedKeys
    }
    original = document
    try checkShape(of: document)
    for kind in EntryKind.all {
      var names = TextSet()
      var kept: [Node] = []
      for item in document.list(kind).reversed() {
        let name = item.entryName
        if names.contains(name) {
          warnings.append(
            "it has more than one \(kind.name) \"\(name)\"; the last counts, and kubectl refuses"
              + " the file as it is")
          continue
        }
        names.insert(name)
        kept.append(item)
      }
      if kept.count < document.list(kind).count { document.setList(kind, kept.reversed()) }
    }
    self.document = document
  }

  /// A file without entries, as kubectl begins one.
  public init() {
    document = .mapping([
      ("apiVersion", .string("v1")), ("kind", .string("Config")), ("clusters", .sequence([])),
      ("contexts", .sequence([])), ("current-context", .string("")), ("users", .sequence([])),
    ])
    original = document
  }

  /// Whether it is as it was read, so that its bytes can be taken as they are.
  public var isUnchanged: Bool { document.isWritten(as: original) }

  /// The file as YAML, in its own order.
  public var text: String { DataWriter.text(of: document) }

  /// The name of the context that is used if none is asked for; nil if none is set.
  public var currentContext: String? { document.filled("current-context") }

  /// The names of the entries of a kind, in the order of the file.
  public func names(_ kind: EntryKind) -> [String] {
    document.list(kind).compactMap { $0["name"]?.text }
  }

  /// The address of each cluster that has one, by name.
  public var servers: [(cluster: String, server: String)] {
    var servers: [(cluster: String, server: String)] = []
    for item in document.list(.cluster) {
      if let name = item["name"]?.text, let server = item["cluster"]?.filled("server") {
        servers.append((name, server))
      }
    }
    return servers
  }
}

/// What a kubeconfig has lists of.
public enum EntryKind: Sendable {
  case cluster, context, user

  static var all: [EntryKind] { [.cluster, .context, .user] }

  /// The field of an entry that holds its content.
  var name: String {
    switch self {
    case .cluster: "cluster"
    case .context: "context"
    case .user: "user"
    }
  }

  /// The field of the file that holds the entries.
  var list: String {
    switch self {
    case .cluster: "clusters"
    case .context: "contexts"
    case .user: "users"
    }
  }
}

extension Node {
  /// The entries of a kind; none where the field is missing, null or no list.
  @inline(never)
  func list(_ kind: EntryKind) -> [Node] { self[kind.list]?.items ?? [] }

  @inline(never)
  mutating func setList(_ kind: EntryKind, _ items: [Node]) {
    self[kind.list] = .sequence(items)
  }

  /// The name of an entry: for kubectl one without name has the empty one.
  var entryName: String { self["name"]?.text ?? "" }

  /// The content of the entry with a name.
  @inline(never)
  func content(_ kind: EntryKind, _ name: String) -> Node? {
    list(kind).last { $0["name"]?.text == name }?[kind.name]
  }

  /// Sets a field of the entry with a name.
  @inline(never)
  mutating func set(_ field: String, _ value: Node, of kind: EntryKind, _ name: String) {
    var items = list(kind)
    guard let place = items.lastIndex(where: { $0["name"]?.text == name }) else { return }
    items[place][field] = value
    setList(kind, items)
  }

  /// Whether both would be written alike.
  @inline(never)
  func isWritten(as other: Node) -> Bool {
    DataWriter.text(of: self) == DataWriter.text(of: other)
  }

  /// The text of a scalar that is not null.
  var text: String? {
    @inline(never)
    get { isNull ? nil : scalar?.text }
  }

  /// The text of a field that is there and not empty.
  @inline(never)
  func filled(_ key: String) -> String? {
    guard let text = self[key]?.text, !text.isEmpty else { return nil }
    return text
  }
}
