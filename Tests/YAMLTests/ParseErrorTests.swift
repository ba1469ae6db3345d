import Testing
import YAML

@Suite struct ParseErrorTests {
  @Test(arguments: [
    (
      "a: [1, 2",
      "line 2, column 1: did not find expected ',' or ']', while parsing a flow sequence at line 1, column 4"
    ),
    (
      "a: 1\n b: 2",
      "line 2, column 3: mapping values are not allowed in this context"
    ),
    (
      "a: \"open",
      "line 1, column 9: found unexpected end of stream, while scanning a quoted scalar at line 1, column 4"
    ),
    (
      "a:\n\t- b",
      "line 2, column 1: found character that cannot start any token, while scanning for the next token at line 2, column 1"
    ),
    (
      "<html>\n<b>a: b</b>",
      "line 2, column 5: mapping values are not allowed in this context"
    ),
    ("a: *b", "line 1, column 4: the alias *b refers to no anchor above it"),
    ("- &a x\n---\n- *a", "line 3, column 3: the alias *a refers to no anchor above it"),
    ("a: &a [*a]", "line 1, column 8: the alias *a stands inside its own anchor"),
    ("? [a]\n: b", "line 1, column 3: a mapping key is itself a mapping or a sequence"),
    ("<<: 1", "line 1, column 1: the merge key << needs a mapping or a sequence of mappings"),
    ("<<: [1]", "line 1, column 1: the merge key << needs a mapping or a sequence of mappings"),
    ("a: !!int x", "line 1, column 4: the tag tag:yaml.org,2002:int does not fit here"),
    ("a: !!set {x}", "line 1, column 4: the tag tag:yaml.org,2002:set does not fit here"),
    ("é: \u{0}", "line 1, column 4: control characters are not allowed"),
    (
      "\"\\ud800\"",
      "line 1, column 4: found invalid Unicode character escape code, while parsing a quoted scalar at line 1, column 1"
    ),
  ])
  func texts(_ text: String, _ words: String) {
    let error = #expect(throws: ParseError.self) { try Parser.parse(text) }
    #expect(error?.description == words)
  }

  @Test(
    arguments: [
      ([0x61, 0x0a, 0xc3, 0x28], "line 2, column 2: invalid trailing UTF-8 octet"),
      ([0xff, 0xfe, 0x61, 0x00], "line 1, column 1: invalid leading UTF-8 octet"),
      ([0x61, 0xc3], "line 1, column 2: incomplete UTF-8 octet sequence"),
      ([0xed, 0xa0, 0x80], "line 1, column 1: invalid Unicode character"),
      (
        [0x7f, 0x45, 0x4c, 0x46, 0x02, 0x01], "line 1, column 1: control characters are not allowed"
      ),
    ] as [([UInt8], String)])
  func bytes(_ bytes: [UInt8], _ words: String) {
    let error = #expect(throws: ParseError.self) { try Parser.parse(bytes) }
    #expect(error?.description == words)
  }

  // MARK: Limits

  @Test func length() {
    let limits = Parser.Limits(bytes: 10)
    #expect(throws: Never.self) { try Parser.parse("0123456789", limits: limits) }
    #expect(throws: ParseError.tooLong(limit: 10)) {
      try Parser.parse("0123456789a", limits: limits)
    }
  }

  @Test(arguments: [
    String(repeating: "[", count: 101), String(repeating: "[", count: 1_000_000),
    String(repeating: "- ", count: 101), String(repeating: "{a: ", count: 5000),
    String(repeating: "? ", count: 5000),
  ])
  func depth(_ text: String) {
    let error = #expect(throws: ParseError.self) { try Parser.parse(text) }
    #expect(error?.message == "nested deeper than 100 levels")
  }

  /// Each line nests the one before it 60 levels deeper.
  @Test func depthThroughAliases() {
    let open = String(repeating: "[", count: 60)
    let close = String(repeating: "]", count: 60)
    let text = "- &a \(open)1\(close)\n- &b \(open)*a\(close)\n"
    let error = #expect(throws: ParseError.self) { try Parser.parse(text) }
    #expect(error == .tooDeep(limit: 100, Mark(line: 2, column: 66)))
  }

  @Test func billionLaughs() {
    var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for level in 1...40 {
      let alias = "*a\(level - 1)"
      let items = Array(repeating: alias, count: 9).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(items)]\n"
    }
    for limit in [1000, 200_000, .max] {
      let error = #expect(throws: ParseError.self) {
        try Parser.parse(text, limits: Parser.Limits(nodes: limit))
      }
      #expect(error?.message == "more than \(limit) values, aliases expanded")
    }
  }

  @Test func anchors() {
    let text = (0...1000).map { "- &a\($0) x\n" }.joined()
    let error = #expect(throws: ParseError.self) { try Parser.parse(text) }
    #expect(error == .tooManyAnchors(limit: 1000, Mark(line: 1001, column: 3)))
  }

  /// Many keys and merges cost no more than sorting them.
  @Test func manyKeys() throws {
    let keys = (0..<40_000).map { "k\($0): 1\n" }.joined()
    let text =
      "a: &a\n" + keys.split(separator: "\n").map { "  \($0)\n" }.joined() + "b:\n  <<: *a\n"
    let root = try #require(try Parser.parse(text).first)
    #expect(root["b"]?.entries?.count == 40_000)
    #expect(root.duplicateKeys.isEmpty)
  }
}
