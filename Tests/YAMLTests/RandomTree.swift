import YAML

/// Trees full of what goes wrong in YAML, the same ones for the same seed.
struct RandomTree {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func number(_ count: Int) -> Int { Int(next() % UInt64(count)) }

  mutating func chance(_ one: Int) -> Bool { number(one) == 0 }

  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[number(choices.count)] }

  /// - Parameter styled: Whether styles are set at random; some are then refused.
  mutating func node(depth: Int = 4, styled: Bool = false) -> Node {
    var node: Node
    switch depth == 0 ? 9 : number(10) {
    case 0, 1, 2:
      node = .sequence((0..<number(4)).map { _ in self.node(depth: depth - 1, styled: styled) })
    case 3, 4, 5:
      var entries: [Node.Entry] = []
      for _ in 0..<number(5) {
        let key = chance(10) ? Node.int(number(100)) : .string(text())
        if entries.contains(where: { $0.key == key }) { continue }
        entries.append(Node.Entry(key: key, value: self.node(depth: depth - 1, styled: styled)))
      }
      node = Node(.mapping(entries))
    default: node = scalar()
    }
    if chance(4) { node.comment = comment() }
    node.blankLineBefore = chance(4)
    if styled {
      node = node.styled(
        pick([.automatic, .plain, .singleQuoted, .doubleQuoted, .literal, .folded]))
    }
    return node
  }

  mutating func scalar() -> Node {
    switch number(12) {
    case 0: .bool(chance(2))
    case 1: .null
    case 2: .int(Int(truncatingIfNeeded: next()) >> number(64))
    case 3: .double(Double(bitPattern: next()))
    case 4: .double(Double(number(1000)) / 8)
    default: .string(text())
    }
  }

  mutating func text() -> String {
    var text = ""
    for _ in 0..<(chance(5) ? number(60) : number(6)) { text += pick(RandomTree.pieces) }
    return text
  }

  private mutating func comment() -> String {
    (0...number(3)).map { _ in pick(["", "word", "two words", "# x: - y", "- a: \"", "日本 é"]) }
      .joined(separator: "\n")
  }

  static let pieces = [
    "a", "word", "b", "naïve", "日本", "😀", "e\u{301}", " ", " ", " ", " ", "  ", "\n", "\n", "\n\n",
    "\t", "\r", "\r\n", ":", ": ", " #", "#", "-", "- ", "? ", "'", "\"", "\\", "{{ ", " }}", "[",
    "]", "{", "}", ",", ", ", "&a", "*a", "!", "!!", "|", ">", "%", "@", "`", "$", "~", "null",
    "yes", "No", "on", "true", "0", "7", "-1", "+", ".", "_", "0x1F", "0o7", "1e3", ".5", "1:30",
    "2001-01-01", "T10:00:00Z", "---", "...", "<<", "=", ".inf", ".nan", "\u{0}", "\u{7}",
    "\u{1B}", "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}", "\u{2029}", "\u{D7FF}", "\u{E000}",
    "\u{FEFF}", "\u{FFFD}", "\u{FFFE}", "\u{FFFF}", "\u{10FFFF}",
    "a-word-that-is-longer-than-a-short-line-of-the-document",
  ]
}
