import Testing
import YAML

/// How single values are written.
@Suite struct ScalarStyleTests {
  /// The line that `node` makes, as a value.
  func written(_ node: Node) throws -> String {
    let text = try Emitter.emit(Document(root: .mapping([("k", node)])))
    return String(text.dropFirst("---\nk: ".count).dropLast())
  }

  @Test(arguments: [
    "text", "two words", "/var/lib/{{ user }}", "a[0]", "-flag", "a#b",
    "http://host:80/", "1.8.4", "v1.2", "10.0.0.0/24", "2001-01", "12ab", "0xyz", "e3", "nope",
    "tRUE", "yEs", "a, b", "it's", "say \"x\"", "back\\slash", "naïve", "日本", "==", "<", ".", "..",
    ".info", "+", "-", "_", "1_a", "~x",
  ])
  func plain(_ text: String) throws {
    // A dash alone is the one text here that libyaml keeps for itself.
    #expect(try written(.string(text)) == (text == "-" ? "\"-\"" : text))
  }

  @Test(arguments: [
    "", " ", " x", "x ", "yes", "No", "ON", "off", "true", "False", "null", "Null", "~", "y", "N",
    "0644", "0", "-1", "+12", "1_000", "0x1F", "0o17", "0b1", "1e3", "1.5", "1.", ".5", "-.5e-3",
    ".inf", "-.INF", ".nan", "1:30", "08:30", "12:30:45.5", "2001-01-01", "2001-1-1",
    "2001-12-14T21:59:43.10-05:00", "2001-12-14 21:59:43", "=", "<<", "{{ x }}", "[a]", "a: b",
    "a:",
    "a #b", "# a", "- a", "? a", "&a", "*a", "!a", "%a", "@a", "`a", "---", "...", "|", ">", "'a'",
    ": a", ", a", "a\tb",
  ])
  func doubleQuoted(_ text: String) throws {
    let quoted = text == "a\tb" ? "\"a\\tb\"" : "\"\(text)\""
    #expect(try written(.string(text)) == quoted)
  }

  @Test(arguments: [
    ("\"quoted\" first", #"'"quoted" first'"#),
    (#"{{ x | regex_replace("\.") }}"#, #"'{{ x | regex_replace("\.") }}'"#),
    (#"{{ x | d('') ~ "" }}"#, #""{{ x | d('') ~ \"\" }}""#),
    ("\"a\u{2029}b\"", #""\"a\Pb\"""#),
    ("a\u{0}b\u{1b}", #""a\0b\e""#),
    ("\n", #""\n""#),
    ("\na", #""\na""#),
    ("a \nb", #""a \nb""#),
    ("a\t\nb", #""a\t\nb""#),
    ("a\r\nb", #""a\r\nb""#),
    ("a\n\tb", #""a\n\tb""#),
    ("\u{FEFF}a", #""\uFEFFa""#),
  ])
  func escaped(_ text: String, _ expected: String) throws {
    #expect(try written(.string(text)) == expected)
  }

  @Test(arguments: [
    ("a\nb", "|-\n  a\n  b"),
    ("a\nb\n", "|\n  a\n  b"),
    ("a\nb\n\n", "|+\n  a\n  b\n\n..."),
    ("  a\nb\n", "|2\n    a\n  b"),
    ("a\n\n  b", "|-\n  a\n\n    b"),
    ("---\n# x\n", "|\n  ---\n  # x"),
  ])
  func literal(_ text: String, _ expected: String) throws {
    #expect(try written(.string(text)) == expected)
  }

  @Test(arguments: [
    (Node.bool(true), "true"), (.bool(false), "false"), (.null, "null"), (.int(.min), "\(Int.min)"),
    (.double(1), "1.0"), (.double(1e21), "1.0e+21"), (.double(1.5e-7), "1.5e-07"),
    (.double(.infinity), ".inf"), (.double(-.infinity), "-.inf"), (.double(.nan), ".nan"),
    (Node(.scalar(Scalar("Yes", tag: .bool))), "true"),
    (Node(.scalar(Scalar("Yes", style: .plain, tag: .bool))), "Yes"),
    (Node(.scalar(Scalar("0600", tag: .int))), "0600"),
    (Node(.scalar(Scalar("2001-01-01", tag: .timestamp))), "2001-01-01"),
  ])
  func typed(_ node: Node, _ expected: String) throws {
    #expect(try written(node) == expected)
  }

  @Test(arguments: [
    (Node.string("a").styled(.plain), "a"),
    (.string("a").styled(.singleQuoted), "'a'"),
    (.string("it's").styled(.singleQuoted), "'it''s'"),
    (.string("a").styled(.doubleQuoted), "\"a\""),
    (.string("a\nb").styled(.doubleQuoted), "\"a\\nb\""),
    (.string("a").styled(.literal), "|-\n  a"),
    (.string("a b").styled(.folded), ">-\n  a b"),
    (.string("a\nb\n\nc\n").styled(.folded), ">\n  a\n\n  b\n\n\n  c"),
  ])
  func chosen(_ node: Node, _ expected: String) throws {
    #expect(try written(node) == expected)
  }

  @Test(arguments: [
    Node.string("yes").styled(.plain), .string("a: b").styled(.plain), .string("").styled(.plain),
    .string("a\nb").styled(.plain), .string("a\nb").styled(.singleQuoted),
    .string("a\u{7}").styled(.singleQuoted), .string("a \nb").styled(.literal),
    .string("a\rb").styled(.literal), .string("\ta").styled(.literal), .string("").styled(.literal),
    .string(" a").styled(.folded), .string("a\n b").styled(.folded), .string("\na").styled(.folded),
    .string("a\u{2029}b").styled(.singleQuoted), .int(1).styled(.doubleQuoted),
    .bool(true).styled(.literal), .null.styled(.singleQuoted),
  ])
  func styleThatWouldChangeTheValue(_ node: Node) {
    let error = #expect(throws: EmitError.self) { try written(node) }
    #expect(error?.reason == .style(node.scalar!.style))
    #expect(error?.path == "/k")
  }

  @Test func keysFollowTheSameRules() throws {
    let keys: [(String, Node)] = [
      ("plain key", .null), ("yes", .null), ("a: b", .null), ("0", .null), ("", .null),
      ("a\nb", .null), ("<<", .null),
    ]
    #expect(
      try Emitter.emit(Document(root: .mapping(keys))) == #"""
        ---
        plain key: null
        "yes": null
        "a: b": null
        "0": null
        "": null
        "a\nb": null
        "<<": null

        """#)
    let typed = Node(.mapping([Node.Entry(key: .int(8080), value: .string("http"))]))
    #expect(try Emitter.emit(Document(root: typed)) == "---\n8080: http\n")
  }
}
