internal import ByteText

/// Builds nodes from events: resolves types, aliases and merge keys, and keeps to the limits.
struct Composer {
  private struct Anchor {
    var name: String
    /// Nil while the node is being read.
    var node: Node?
    /// Nodes in it.
    var size: Int
    /// Sequences and mappings inside each other in it.
    var height: Int
  }

  private let reader: EventReader
  private let limits: Parser.Limits
  private let mergesInOrder: Bool
  private var anchors: [Anchor] = []
  private var nodes = 0
  private var depth = 0
  /// The greatest depth reached since the innermost open anchor.
  private var deepest = 0

  init(reader: EventReader, limits: Parser.Limits, mergesInOrder: Bool) {
    self.reader = reader
    self.limits = limits
    self.mergesInOrder = mergesInOrder
  }

  mutating func documents() throws(ParseError) -> [Node] {
    var documents: [Node] = []
    while true {
      let event = try reader.next()
      switch event.kind {
      case .streamEnd: return documents
      case .document: anchors = []
      case .end: break
      default: documents.append(try node(event))
      }
    }
  }

  private mutating func node(_ event: Event) throws(ParseError) -> Node {
    if case .alias = event.kind { return try expand(event) }

    try count(1, at: event.mark)
    guard let name = event.anchor else { return Node(try content(event), mark: event.mark) }

    guard anchors.count < limits.anchors else {
      throw .tooManyAnchors(limit: limits.anchors, event.mark)
    }
    let place = anchors.count
    anchors.append(Anchor(name: name, node: nil, size: 0, height: 0))
    let before = (nodes: nodes, deepest: deepest)
    deepest = depth
    let node = Node(try content(event), mark: event.mark)
    anchors[place].node = node
    anchors[place].size = nodes - before.nodes + 1
    anchors[place].height = deepest - depth
    deepest = max(deepest, before.deepest)
    return node
  }

  private mutating func content(_ event: Event) throws(ParseError) -> Node.Content {
    if case .scalar(let text, let plain) = event.kind {
      return .scalar(try Composer.scalar(text, plain: plain, event))
    }
    try descend(1, at: event.mark)
    depth += 1
    defer { depth -= 1 }
    if case .sequence = event.kind {
      try check(event, tag: "tag:yaml.org,2002:seq")
      return .sequence(try items())
    }
    try check(event, tag: "tag:yaml.org,2002:map")
    return .mapping(try entries())
  }

  private mutating func items() throws(ParseError) -> [Node] {
    var items: [Node] = []
    while true {
      let event = try reader.next()
      if case .end = event.kind { return items }
      items.append(try node(event))
    }
  }

  private mutating func entries() throws(ParseError) -> [Node.Entry] {
    var entries: [Node.Entry] = []
    var merged: [Node.Entry] = []
    var hasMerged = false
    while true {
      let event = try reader.next()
      if case .end = event.kind { break }
      let key = try node(event)
      guard key.scalar != nil else { throw .keyNotScalar(event.mark) }
      let value = try node(try reader.next())
      if !isMerge(event) {
        entries.append(Node.Entry(key: key, value: value))
        continue
      }
      hasMerged = true
      if mergesInOrder {
        entries += try Composer.merge(value, at: event.mark, backwards: true)
      } else {
        // In a sequence of mappings the first wins, of several merge keys the last.
        merged = try Composer.merge(value, at: event.mark) + merged
      }
    }
    if mergesInOrder && hasMerged { return Node.lastOfRepeated(in: entries) }
    return merged.isEmpty ? entries : Composer.join(entries, merged)
  }

  private mutating func expand(_ alias: Event) throws(ParseError) -> Node {
    let name = alias.anchor ?? ""
    // The last one: a name may be used again.
    guard let anchor = anchors.last(where: { $0.name == name }) else {
      throw .unknownAnchor(name, alias.mark)
    }
    guard let node = anchor.node else { throw .recursiveAnchor(name, alias.mark) }
    try count(anchor.size, at: alias.mark)
    try descend(anchor.height, at: alias.mark)
    return node
  }

  private mutating func count(_ more: Int, at mark: Mark) throws(ParseError) {
    // Not a sum first: with doubling aliases that would overflow before it met a high limit.
    guard more <= limits.nodes - nodes else { throw .tooManyNodes(limit: limits.nodes, mark) }
    nodes += more
  }

  private mutating func descend(_ levels: Int, at mark: Mark) throws(ParseError) {
    deepest = max(deepest, depth + levels)
    guard deepest <= limits.depth else { throw .tooDeep(limit: limits.depth, mark) }
  }
}

// MARK: - Merge keys

extension Composer {
  private func isMerge(_ key: Event) -> Bool {
    guard case .scalar(let text, plain: true) = key.kind, key.tag == nil else { return false }
    return text == "<<"
  }

  /// - Parameter backwards: whether the entries of the first of several mappings come last.
  private static func merge(
    _ value: Node, at mark: Mark, backwards: Bool = false
  ) throws(ParseError) -> [Node.Entry] {
    if let entries = value.entries { return entries }
    guard let items = value.items else { throw .mergeOfNoMapping(mark) }
    var merged: [Node.Entry] = []
    for item in items {
      guard let entries = item.entries else { throw .mergeOfNoMapping(mark) }
      merged = backwards ? entries + merged : merged + entries
    }
    return merged
  }

  /// The mapping's own entries win over merged ones, and of those the first. Merged ones come first.
  private static func join(_ own: [Node.Entry], _ merged: [Node.Entry]) -> [Node.Entry] {
    let all = own + merged
    let twins = Node.twins(in: all, .before)
    var kept: [Node.Entry] = []
    for place in own.count..<all.count where twins[place] == place {
      kept.append(all[place])
    }
    return kept + own
  }
}

// MARK: - Tags

extension Composer {
  private static func scalar(
    _ text: String, plain: Bool, _ event: Event
  ) throws(ParseError) -> Scalar {
    guard let name = event.tag else {
      return Scalar(text, tag: plain ? Resolver.tag(ofPlain: text) : .string, wasPlain: plain)
    }
    let resolved = Resolver.tag(ofPlain: text)
    switch name {
    case "tag:yaml.org,2002:str": return Scalar(text)
    case "tag:yaml.org,2002:null": return Scalar("null", tag: .null)
    case "tag:yaml.org,2002:float" where resolved == .int:
      guard let value = Number.double(text) else { break }
      return Scalar(Number.text(value), tag: .float)
    case "tag:yaml.org,2002:float" where resolved == .float,
      "tag:yaml.org,2002:int" where resolved == .int,
      "tag:yaml.org,2002:bool" where resolved == .bool,
      "tag:yaml.org,2002:timestamp" where resolved == .timestamp:
      return Scalar(text, tag: resolved)
    case "tag:yaml.org,2002:float", "tag:yaml.org,2002:int", "tag:yaml.org,2002:bool",
      "tag:yaml.org,2002:timestamp":
      break
    default: return Scalar(text, tag: .other(name))
    }
    throw .tag(name, event.mark)
  }

  private func check(_ event: Event, tag: String) throws(ParseError) {
    guard let name = event.tag, name != tag else { return }
    throw .tag(name, event.mark)
  }
}
