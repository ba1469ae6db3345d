func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

/// What stands between the line feeds.
func lines(of text: String) -> [String] {
  text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    .map { String(decoding: $0, as: UTF8.self) }
}

/// Whether the text has a line break that YAML 1.1 knows besides the line feed. In double quotes it
/// is escaped; elsewhere it would be read back as it is, as a line feed or as a space.
func hasUnusualBreak(_ text: String) -> Bool {
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\r", "\u{85}", "\u{2028}", "\u{2029}": return true
    default: continue
    }
  }
  return false
}

/// Breaks a line at single spaces, which a folded block and a double-quoted scalar read back as
/// they were, so that each line has at most `width` characters where the words allow it.
///
/// - Parameter first: The room on the first line, where it differs.
func wrap(_ line: String, width: Int, first: Int? = nil) -> [String] {
  var lines: [String] = []
  var current = ""
  var length = 0
  for (word, count) in words(line) {
    if current.utf8.isEmpty {
      (current, length) = (word, count)
    } else if length + 1 + count <= (lines.isEmpty ? first ?? width : width) {
      current += " " + word
      length += 1 + count
    } else {
      lines.append(current)
      (current, length) = (word, count)
    }
  }
  return lines + [current]
}

/// What stands between single spaces, and the characters of each.
private func words(_ line: String) -> [(String, Int)] {
  let text = Array(line.unicodeScalars)
  var words: [(String, Int)] = []
  var start = 0
  for place in 0...text.count {
    let isBreak =
      place > 0 && place + 1 < text.count && text[place] == " " && text[place - 1] != " "
      && text[place + 1] != " "
    guard isBreak || place == text.count else { continue }
    var word = ""
    word.unicodeScalars.append(contentsOf: text[start..<place])
    words.append((word, place - start))
    start = place + 1
  }
  return words
}
