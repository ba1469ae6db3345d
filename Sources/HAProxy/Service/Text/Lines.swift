/// A text that grows line by line.
struct Lines {
  private(set) var text = ""

  mutating func line(_ line: String = "") {
    text += line
    text += "\n"
  }

  /// A line of a section.
  mutating func indented(_ line: String) { self.line("    " + line) }

  mutating func indented(_ lines: [String]) {
    for line in lines { indented(line) }
  }
}
