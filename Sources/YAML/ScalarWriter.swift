/// Chooses how each scalar is written. libyaml says which styles leave a text unchanged and writes
/// the quoted forms; only the breaking of long lines, which libyaml does after the margin and not
/// before, is done here.
struct ScalarWriter {
  /// Characters to a line.
  let width: Int

  /// One line of text.
  func key(_ key: Scalar) throws(EmitError.Reason) -> String {
    guard key.style != .literal, key.style != .folded else { throw .style(key.style) }
    guard let prefix = try tagPrefix(key.tag) else { return try typed(key) }
    return try prefix + line(key)
  }

  /// Text that starts at `column`, both counted from 0, and whose further lines have `indent`.
  func value(
    _ value: Scalar, column: Int, indent: Int
  ) throws(EmitError.Reason) -> String {
    guard let prefix = try tagPrefix(value.tag) else { return try typed(value) }
    return try prefix
      + string(value, column: column + prefix.utf8.count, indent: indent)
  }

  /// What stands before a text that may be quoted: nothing for strings; nil for the types that
  /// show only in plain text.
  private func tagPrefix(_ tag: Scalar.Tag) throws(EmitError.Reason) -> String? {
    switch tag {
    case .string: return ""
    case .other(let name):
      let core = "tag:yaml.org,2002:"
      let isCore = name.utf8.starts(with: core.utf8)
      let suffix = name.utf8.dropFirst(isCore ? core.utf8.count : 1)
      guard isCore || name.utf8.first == UInt8(ascii: "!"), !suffix.isEmpty,
        suffix.allSatisfy({ isHexDigit($0) || isLetter($0) || "-_./:".utf8.contains($0) })
      else { throw .tag(name) }
      return (isCore ? "!!" : "!") + String(decoding: suffix, as: UTF8.self) + " "
    default: return nil
    }
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
  }

  /// Numbers, booleans, dates and null.
  private func typed(_ scalar: Scalar) throws(EmitError.Reason) -> String {
    switch scalar.style {
    case .automatic:
      // yamllint's `truthy`: nothing but true and false.
      if scalar.tag == .null { return "null" }
      if scalar.tag == .bool { return scalar.canonicalText }
    case .plain: break
    default: throw .style(scalar.style)
    }
    guard Resolver.tag(ofPlain: scalar.text) == scalar.tag else {
      throw .wrongType(text: scalar.text)
    }
    return scalar.text
  }

  // MARK: Strings

  private func string(
    _ scalar: Scalar, column: Int, indent: Int
  ) throws(EmitError.Reason) -> String {
    let text = scalar.text
    switch scalar.style {
    case .literal: return try literal(text, indent).orThrow(.style(.literal))
    case .folded: return try folded(text, indent).orThrow(.style(.folded))
    case .automatic where text.utf8.contains(UInt8(ascii: "\n")):
      // A block should start with its first line.
      if text.utf8.first != UInt8(ascii: "\n"), let block = try literal(text, indent) {
        return block
      }
    case .automatic:
      let line = try line(scalar)
      if column + line.unicodeScalars.count <= width { return line }
      // Under a key even a single word gains: it moves to a line of its own, where yamllint lets it
      // be as long as it is.
      let gains = column > indent || wrap(text, width: width - indent).count > 1
      if gains, let block = try folded(text, indent) { return block }
      if wrap(line, width: width - indent, first: width - column).count == 1 { return line }
    case .doubleQuoted: break
    case .plain, .singleQuoted: return try line(scalar)
    }
    let quoted = try ScalarRenderer.render(text, .doubleQuoted).orThrow(.style(.doubleQuoted))
    return joined(wrap(quoted, width: width - indent, first: width - column), indent)
  }

  /// The text on one line.
  private func line(_ scalar: Scalar) throws(EmitError.Reason) -> String {
    let text = scalar.text
    let isOneLine = !text.utf8.contains(UInt8(ascii: "\n")) && !hasUnusualBreak(text)
    switch scalar.style {
    case .plain:
      return try plain(text).orThrow(.style(.plain))
    case .singleQuoted:
      let quoted = isOneLine ? try ScalarRenderer.render(text, .singleQuoted) : nil
      return try quoted.orThrow(.style(.singleQuoted))
    case .doubleQuoted: break
    default:
      if let plain = try plain(text) { return plain }
      // Spares the reader a backslash before each quote and backslash.
      let escapes = text.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
      if escapes, isOneLine, !text.utf8.contains(UInt8(ascii: "'")),
        let quoted = try ScalarRenderer.render(text, .singleQuoted)
      {
        return quoted
      }
    }
    return try ScalarRenderer.render(text, .doubleQuoted).orThrow(.style(.doubleQuoted))
  }

  private func plain(_ text: String) throws(EmitError.Reason) -> String? {
    Resolver.isLookalike(text) ? nil : try ScalarRenderer.render(text, .plain)
  }

  // MARK: Blocks

  private func literal(_ text: String, _ indent: Int) throws(EmitError.Reason) -> String? {
    guard let header = try blockHeader(text) else { return nil }
    return joined(["|" + header] + blockLines(text), indent)
  }

  private func folded(_ text: String, _ indent: Int) throws(EmitError.Reason) -> String? {
    guard let header = try blockHeader(text) else { return nil }
    var body: [String] = []
    let lines = blockLines(text)
    for (place, line) in lines.enumerated() {
      guard let first = line.utf8.first else {
        // Line breaks at the start are not folded.
        if body.isEmpty { return nil }
        body.append("")
        continue
      }
      // Lines that start with a space are not folded either.
      if first == UInt8(ascii: " ") { return nil }
      if place > 0 { body.append("") }
      body += wrap(line, width: width - indent)
    }
    return joined([">" + header] + body, indent)
  }

  /// What follows `|` or `>`: an indentation indicator if the text starts with a space, and how
  /// line breaks at the end are kept. Nil if libyaml would not write the text as a block.
  private func blockHeader(_ text: String) throws(EmitError.Reason) -> String? {
    if hasUnusualBreak(text) { return nil }
    guard let block = try ScalarRenderer.render(text, .literal) else { return nil }
    let header = block.utf8.dropFirst().prefix { $0 != UInt8(ascii: "\n") }
    return String(decoding: header, as: UTF8.self)
  }

  /// Without the line break that ends the last.
  private func blockLines(_ text: String) -> [String] {
    var lines = YAML.lines(of: text)
    if lines.count > 1, lines[lines.count - 1].utf8.isEmpty { lines.removeLast() }
    return lines
  }

  private func joined(_ lines: [String], _ indent: Int) -> String {
    var text = lines[0]
    for line in lines.dropFirst() {
      text += "\n"
      if !line.utf8.isEmpty { text += spaces(indent) + line }
    }
    return text
  }
}

extension Optional {
  fileprivate func orThrow(_ reason: EmitError.Reason) throws(EmitError.Reason) -> Wrapped {
    guard let self else { throw reason }
    return self
  }
}
