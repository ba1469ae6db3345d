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
      let twins = Node.twins(in: entries, .before)
      return entries.indices.filter { twins[$0] != $0 }.map { entries[$0].key }
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
    let twins = Node.twins(in: entries, .after)
    var kept: [Entry] = []
    for place in entries.indices where twins[place] == place { kept.append(entries[place]) }
    return kept
  }

  /// Where an entry's twin stands.
  enum Side { case before, after }

  /// For each entry the place of the next one on a side that has the same key; its own place where
  /// there is none. Sorts instead of hashing so that a hostile mapping costs no more than n log n.
  @inline(never)
  static func twins(in entries: [Entry], _ side: Side) -> [Int] {
    let keys = entries.map { $0.key.identity }
    let order = keys.placesInByteOrder()
    var twins = Array(entries.indices)
    for place in order.indices.dropFirst() where keys[order[place]] == keys[order[place - 1]] {
      let (first, second) = (order[place - 1], order[place])
      if side == .before { twins[second] = first } else { twins[first] = second }
    }
    return twins
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
