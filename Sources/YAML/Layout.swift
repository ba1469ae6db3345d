internal import ByteText

/// Lays out blocks, comments and empty lines, which libyaml's emitter does not do.
struct Layout {
  private(set) var text = ""
  private let width: Int
  private let scalars: ScalarWriter
  private var path: [String] = []

  init(width: Int) {
    self.width = width
    scalars = ScalarWriter(width: width)
  }

  mutating func write(_ document: Document) throws(EmitError) {
    if let header = document.header { write(header, at: 0) }
    text += "---\n"
    if let comment = document.root.comment { write(comment, at: 0) }
    if document.root.isBlock {
      try block(document.root, at: 0)
    } else {
      text += try line(document.root, column: 0, indent: 2) + "\n"
    }
    // A last block that keeps its line breaks: without the mark, empty lines end the file.
    if endsInEmptyLine { text += "...\n" }
  }

  /// - Parameter afterDash: Whether the block's first line has begun with the dash of a sequence.
  private mutating func block(
    _ node: Node, at column: Int, afterDash: Bool = false
  ) throws(EmitError) {
    guard path.count < Emitter.depthLimit else {
      throw failure(.tooDeep(limit: Emitter.depthLimit))
    }
    switch node.content {
    case .scalar: break
    case .sequence(let items):
      for (place, item) in items.enumerated() {
        path.append("\(place)")
        if place > 0 || !afterDash {
          begin(item, item.commentsAboveDash, at: column, isFirst: place == 0)
        }
        text += "- "
        if item.isBlock {
          try block(item, at: column + 2, afterDash: true)
        } else {
          text += try line(item, column: column + 2, indent: column + 2) + "\n"
        }
        path.removeLast()
      }
    case .mapping(let entries):
      let twins = Node.twins(in: entries, .before)
      for (place, entry) in entries.enumerated() {
        guard let key = entry.key.scalar else { throw failure(.keyNotScalar) }
        path.append(key.text)
        if twins[place] != place { throw failure(.duplicateKey) }
        if place > 0 || !afterDash {
          let comments = entry.value.comment.map { [$0] } ?? []
          begin(entry.value, comments, at: column, isFirst: place == 0)
        }
        let name = try attempt { () throws(EmitError.Reason) in try scalars.key(key) }
        text += name + ":"
        if entry.value.isBlock {
          text += "\n"
          try block(entry.value, at: column + 2)
        } else {
          let start = column + name.unicodeScalars.count + 2
          text += " " + (try line(entry.value, column: start, indent: column + 2)) + "\n"
        }
        path.removeLast()
      }
    }
  }

  /// The empty line, the comments and the indentation of an entry or item.
  private mutating func begin(
    _ node: Node, _ comments: [String], at column: Int, isFirst: Bool
  ) {
    if node.blankLineBefore && !isFirst && !endsInEmptyLine { text += "\n" }
    for comment in comments { write(comment, at: column) }
    text += spaces(column)
  }

  private mutating func write(_ comment: String, at column: Int) {
    for line in lines(of: comment) {
      for part in wrap(line, width: width - column - 2) {
        let end = part.utf8.lastIndex { !isBlank($0) }
        let part = end.map { String(part[...$0]) } ?? ""
        text += spaces(column) + (part.utf8.isEmpty ? "#" : "# " + part) + "\n"
      }
    }
  }

  /// A scalar or an empty collection.
  private func line(_ node: Node, column: Int, indent: Int) throws(EmitError) -> String {
    switch node.content {
    case .sequence: return "[]"
    case .mapping: return "{}"
    case .scalar(let scalar):
      return try attempt { () throws(EmitError.Reason) in
        try scalars.value(scalar, column: column, indent: indent)
      }
    }
  }

  private var endsInEmptyLine: Bool {
    text.utf8.suffix(2).elementsEqual("\n\n".utf8)
  }

  private func attempt(
    _ write: () throws(EmitError.Reason) -> String
  ) throws(EmitError) -> String {
    do throws(EmitError.Reason) { return try write() } catch { throw failure(error) }
  }

  private func failure(_ reason: EmitError.Reason) -> EmitError {
    var place = ""
    for step in path { place += "/" + step }
    return EmitError(reason: reason, path: place)
  }
}

extension Node {
  /// Whether the node takes lines of its own.
  var isBlock: Bool {
    switch content {
    case .scalar: false
    case .sequence(let items): !items.isEmpty
    case .mapping(let entries): !entries.isEmpty
    }
  }

  /// Its own comment, and that of a first entry or item which shares the dash's line with it.
  fileprivate var commentsAboveDash: [String] {
    var comments: [String] = []
    if let comment { comments.append(comment) }
    switch content {
    case .scalar: break
    case .sequence(let items):
      if let first = items.first { comments += first.commentsAboveDash }
    case .mapping(let entries):
      if let first = entries.first?.value.comment { comments.append(first) }
    }
    return comments
  }
}
