/// Finds the variable names that Jinja text refers to.
///
/// Not a parser: it reads tokens and leaves out what cannot be a variable (attributes, filters,
/// tests, calls, keyword arguments, strings), which is enough for the expressions of a collection
/// and is the same for typed expressions, raw ones and template files.
enum JinjaNames {
  /// Names in the expressions and statements of a template: `{{ … }}` and `{% … %}`.
  static func inTemplate(_ text: String) -> Set<String> {
    var names: Set<String> = []
    var local: Set<String> = ["loop"]
    for tag in tags(of: text) {
      names.formUnion(inExpression(tag.body))
      guard tag.statement == "for" || tag.statement == "set" else { continue }
      // `for x, y in …` and `set x, y = …` declare names of the template's own.
      let targets = tokens(of: tag.body).prefix { $0.name != "in" && $0.symbol != "=" }
      local.formUnion(targets.compactMap(\.name))
    }
    return names.subtracting(local)
  }

  /// Names in the text of one expression.
  static func inExpression(_ text: String) -> Set<String> {
    let tokens = tokens(of: text)
    var names: Set<String> = []
    for (index, token) in tokens.enumerated() {
      guard let name = token.name, !keywords.contains(name) else { continue }
      let previous = index > 0 ? tokens[index - 1] : nil
      let next = index + 1 < tokens.count ? tokens[index + 1] : nil
      let afterNot = index > 1 && previous?.name == "not" && tokens[index - 2].name == "is"
      if previous?.symbol == "." || previous?.symbol == "|" { continue }
      if previous?.name == "is" || afterNot { continue }
      if next?.symbol == "(" { continue }
      // `key=value` in a call; `==` is a token of its own.
      if next?.symbol == "=" { continue }
      names.insert(name)
    }
    return names
  }

  private static let keywords: Set<String> = [
    "and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "True", "False", "None",
    "omit",
  ]

  private enum Token {
    case name(String)
    case symbol(String)
    case other
    var name: String? { if case .name(let text) = self { text } else { nil } }
    var symbol: String? { if case .symbol(let text) = self { text } else { nil } }
  }

  private static func tokens(of text: String) -> [Token] {
    var tokens: [Token] = []
    var rest = text[...]
    while let character = rest.first {
      if character == "'" || character == "\"" {
        rest = skipString(rest)
        tokens.append(.other)
      } else if character.isLetter || character == "_" {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        tokens.append(.name(String(word)))
        rest = rest.dropFirst(word.count)
      } else if character.isNumber {
        rest = rest.drop { $0.isLetter || $0.isNumber || $0 == "." }
        tokens.append(.other)
      } else if character.isWhitespace {
        rest = rest.dropFirst()
      } else if let pair = ["==", "!=", "<=", ">=", "//", "**"].first(where: { rest.hasPrefix($0) })
      {
        tokens.append(.symbol(pair))
        rest = rest.dropFirst(2)
      } else {
        tokens.append(.symbol(String(character)))
        rest = rest.dropFirst()
      }
    }
    return tokens
  }

  private static func skipString(_ text: Substring) -> Substring {
    let quote = text.first!
    var rest = text.dropFirst()
    while let character = rest.first {
      rest = rest.dropFirst(character == "\\" ? 2 : 1)
      if character == quote { break }
    }
    return rest
  }

  private struct Tag {
    /// The first word of `{% … %}`; nil for `{{ … }}`.
    let statement: String?
    /// What stands behind that word, or between the braces.
    let body: String
  }

  /// The tags of a template, without comments and without what `raw` protects.
  private static func tags(of text: String) -> [Tag] {
    var found: [Tag] = []
    var isRaw = false
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      let inner = rest.index(after: open)
      guard inner < rest.endIndex else { break }
      let kind = rest[inner]
      guard kind == "{" || kind == "%" || kind == "#" else {
        rest = rest[inner...]
        continue
      }
      let content = rest[rest.index(after: inner)...]
      let end = endOfTag(content, closing: kind == "{" ? "}}" : "\(kind)}")
      let tag = tag(kind, content[..<end].trimmingControl())
      guard !isRaw || tag?.statement == "endraw" else {
        rest = rest[inner...]
        continue
      }
      isRaw = tag?.statement == "raw"
      if let tag { found.append(tag) }
      rest = end < content.endIndex ? content[content.index(end, offsetBy: 2)...] : ""
    }
    return found
  }

  private static func tag(_ kind: Character, _ content: String) -> Tag? {
    switch kind {
    case "{": return Tag(statement: nil, body: content)
    case "%":
      let text = content.drop(while: \.isWhitespace)
      let word = text.prefix { $0.isLetter }
      return Tag(statement: String(word), body: String(text.dropFirst(word.count)))
    default: return nil
    }
  }

  private static func endOfTag(_ body: Substring, closing: String) -> Substring.Index {
    // A comment ends at the first sign of it, whatever else it says.
    if closing == "#}" { return body.firstRange(of: closing)?.lowerBound ?? body.endIndex }
    // `}}` also ends a mapping inside a mapping.
    var open = 0
    var index = body.startIndex
    while index < body.endIndex {
      if open == 0, body[index...].hasPrefix(closing) { return index }
      switch body[index] {
      case "'", "\"":
        index = skipString(body[index...]).startIndex
        continue
      case "{": open += 1
      case "}": open -= 1
      default: break
      }
      index = body.index(after: index)
    }
    return index
  }
}

extension Substring {
  /// Without the `-` and `+` of whitespace control.
  fileprivate func trimmingControl() -> String {
    var text = self
    if let sign = text.first, sign == "-" || sign == "+" { text = text.dropFirst() }
    if let sign = text.last, sign == "-" || sign == "+" { text = text.dropLast() }
    return String(text)
  }
}
