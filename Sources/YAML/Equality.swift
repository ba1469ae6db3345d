internal import ByteText

extension Scalar: Equatable {
  /// The same type and the same value, whatever the spelling.
  public static func == (a: Scalar, b: Scalar) -> Bool {
    a.tag == b.tag && a.canonicalText == b.canonicalText
  }

  /// One spelling for each value.
  @inline(never)
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
      let repeats = Node.repeats(in: entries, of: .earlier)
      return entries.indices.filter { repeats[$0] }.map { entries[$0].key }
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
      node.content = .mapping(
        Node.lastOfRepeated(in: entries).map {
          Entry(key: $0.key, value: $0.value.withoutRepeatedKeys)
        })
    }
    return node
  }

  /// The entries without those whose key a later one has.
  static func lastOfRepeated(in entries: [Entry]) -> [Entry] {
    let repeats = Node.repeats(in: entries, of: .later)
    var kept: [Entry] = []
    for place in entries.indices where !repeats[place] { kept.append(entries[place]) }
    return kept
  }

  /// Which entries of a mapping one is compared with.
  enum Others { case earlier, later }

  /// Whether the key of each entry is that of another. Sorts instead of hashing so that a hostile
  /// mapping costs no more than n log n.
  @inline(never)
  static func repeats(in entries: [Entry], of others: Others) -> [Bool] {
    let keys = entries.map { $0.key.identity }
    let order = keys.placesInByteOrder()
    var repeats = [Bool](repeating: false, count: keys.count)
    for place in order.indices.dropFirst() where keys[order[place]] == keys[order[place - 1]] {
      repeats[order[others == .earlier ? place : place - 1]] = true
    }
    return repeats
  }

  /// One text for each key; keys of equal text may still differ in type, as `1` and `"1"`.
  @inline(never)
  private var identity: String {
    guard let scalar else { return "" }
    let mark =
      switch scalar.tag {
      case .string: "s"
      case .null: "n"
      case .bool: "b"
      case .int: "i"
      case .float: "f"
      case .timestamp: "t"
      case .other(let name): name + " "
      }
    return mark + scalar.canonicalText
  }
}
