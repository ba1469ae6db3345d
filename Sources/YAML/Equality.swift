/// `==` on String takes composed and decomposed characters for equal; data is equal byte for byte.
func sameBytes(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }

extension Scalar: Equatable {
  /// The same type and the same value, whatever the spelling.
  public static func == (a: Scalar, b: Scalar) -> Bool {
    a.tag == b.tag && sameBytes(a.canonicalText, b.canonicalText)
  }

  /// One spelling for each value.
  var canonicalText: String {
    switch tag {
    case .null: "null"
    case .bool: Resolver.isTrue(text) ? "true" : "false"
    case .int: Number.int(text).map { "\($0)" } ?? text
    case .float: Number.double(text).map { Number.text($0) } ?? text
    case .string, .timestamp, .other: text
    }
  }
}

extension Node: Equatable {
  public static func == (a: Node, b: Node) -> Bool {
    switch (a.content, b.content) {
    case (.scalar(let a), .scalar(let b)): a == b
    case (.sequence(let a), .sequence(let b)): a == b
    case (.mapping(let a), .mapping(let b)): a == b
    default: false
    }
  }
}

extension Node {
  /// Keys, anywhere in the tree, that repeat an earlier key of the same mapping: the loaders
  /// silently let the last one win. Sorted by place within each mapping.
  public var duplicateKeys: [Node] {
    switch content {
    case .scalar: return []
    case .sequence(let items): return items.flatMap { $0.duplicateKeys }
    case .mapping(let entries):
      return Node.repeated(in: entries).map { entries[$0].key }
        + entries.flatMap { $0.value.duplicateKeys }
    }
  }

  /// The tree without the entries whose key a later entry of the same mapping has, as the loaders
  /// have it.
  public var withoutRepeatedKeys: Node {
    var node = self
    switch content {
    case .scalar: break
    case .sequence(let items): node.content = .sequence(items.map { $0.withoutRepeatedKeys })
    case .mapping(let entries):
      var kept: [Entry] = []
      let backwards = Array(entries.reversed())
      var repeated = Node.repeated(in: backwards)[...]
      for (place, entry) in backwards.enumerated() {
        if repeated.first == place {
          repeated.removeFirst()
        } else {
          kept.append(Entry(key: entry.key, value: entry.value.withoutRepeatedKeys))
        }
      }
      node.content = .mapping(kept.reversed())
    }
    return node
  }

  /// The places of the entries whose key an earlier entry has, ascending. Sorts instead of hashing
  /// so that a hostile mapping costs no more than n log n, and no hash table enters the modules.
  static func repeated(in entries: [Entry]) -> [Int] {
    var keys: [(key: Scalar, text: String, place: Int)] = []
    for (place, entry) in entries.enumerated() {
      if let key = entry.key.scalar { keys.append((key, key.canonicalText, place)) }
    }
    keys.sort { a, b in
      if sameBytes(a.text, b.text) { return a.place < b.place }
      return a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
    }
    // Keys of equal text may still differ in type (`1` and `"1"`), so a run is searched from its start.
    var found: [Int] = []
    var run = 0
    for index in keys.indices {
      if !sameBytes(keys[index].text, keys[run].text) { run = index }
      if keys[run..<index].contains(where: { $0.key.tag == keys[index].key.tag }) {
        found.append(keys[index].place)
      }
    }
    return found.sorted()
  }
}
