import Testing
import YAML

@Suite struct ParserTests {
  func root(_ text: String) throws -> Node {
    let documents = try Parser.parse(text)
    #expect(documents.count == 1)
    return try #require(documents.first)
  }

  @Test func kubeconfig() throws {
    let config = try root(
      """
      # admin.conf
      apiVersion: v1
      clusters:
      - cluster: {server: "https://10.0.0.1:6443", insecure: no}
        name: lab
      current-context: >-
        admin@lab
      preferences: {}
      """)
    #expect(config["apiVersion"]?.string == "v1")
    let cluster = config["clusters"]?.items?.first?["cluster"]
    #expect(cluster?["server"]?.string == "https://10.0.0.1:6443")
    #expect(cluster?["insecure"]?.bool == false)
    #expect(config["current-context"]?.string == "admin@lab")
    #expect(config["preferences"]?.entries?.isEmpty == true)
    #expect(config["nothing"] == nil)
    #expect(cluster?["server"]?.mark == Mark(line: 4, column: 21))
  }

  @Test func documents() throws {
    #expect(try Parser.parse("").isEmpty)
    #expect(try Parser.parse("# nothing\n").isEmpty)
    #expect(try Parser.parse("---\n") == [.null])
    #expect(
      try Parser.parse("a\n---\nb\n...\n---\n- c\n") == [
        .string("a"), .string("b"), .sequence([.string("c")]),
      ])
    #expect(try Parser.parse("\u{FEFF}a: 1") == [.mapping([("a", .int(1))])])
  }

  @Test func marksCountCharacters() throws {
    let items = try #require(try root("[é日😀, x]").items)
    #expect(items[1].mark == Mark(line: 1, column: 7))
  }

  @Test func escapes() throws {
    #expect(try root(#""\0\x41\u00e9\U0001F600\n""#).string == "\0Aé😀\n")
  }

  @Test func aliasesAreCopies() throws {
    let node = try root("a: &x [1, 2]\nb: *x\nc: {d: *x}\ne: &x 3\nf: *x")
    #expect(node["b"] == .sequence([.int(1), .int(2)]))
    #expect(node["c"]?["d"] == node["a"])
    #expect(node["f"]?.int == 3)
  }

  @Test func mergeKeys() throws {
    let node = try root(
      """
      base: &base {a: 1, b: 2}
      other: &other {b: 3, c: 4}
      one: {<<: *base, b: own}
      list: {x: 0, <<: [*base, *other]}
      twice: {<<: *other, <<: *base}
      text: {"<<": 1}
      """)
    #expect(node["one"] == .mapping([("a", .int(1)), ("b", .string("own"))]))
    #expect(
      node["list"]
        == .mapping([("a", .int(1)), ("b", .int(2)), ("c", .int(4)), ("x", .int(0))]))
    #expect(node["twice"]?["b"] == .int(2))
    #expect(node["text"] == .mapping([("<<", .int(1))]))
    #expect(node.duplicateKeys.isEmpty)
  }

  @Test func duplicateKeys() throws {
    let node = try root("a: 1\nb: [{c: 1, d: 2, c: 3}]\n\"a\": 2\n1: x\n0x1: y\n\"1\": z\n")
    #expect(node["a"]?.int == 2)
    #expect(node.duplicateKeys.map(\.scalar?.text) == ["a", "0x1", "c"])
    #expect(node.duplicateKeys.map(\.mark?.line) == [3, 5, 2])
  }

  @Test func settingEntries() throws {
    var node = try root("{a: 1, b: 2, a: 3}")
    node["a"] = .int(4)
    node["c"] = .int(5)
    #expect(node == .mapping([("a", .int(1)), ("b", .int(2)), ("a", .int(4)), ("c", .int(5))]))
    node["a"] = nil
    #expect(node == .mapping([("b", .int(2)), ("c", .int(5))]))
    var empty = Node.null
    empty["x"] = .bool(true)
    #expect(empty == .mapping([("x", .bool(true))]))
  }

  @Test func explicitTags() throws {
    let items = try #require(
      try root("[!!str 1, !!int 2, !!float 3, ! 4, !vault x, !!bool yes, !!null x]").items)
    #expect(
      items.map(\.scalar?.tag) == [
        .string, .int, .float, .int, .other("!vault"), .bool, .null,
      ])
    #expect(items[2].double == 3)
    #expect(try root("!!map {a: !!seq []}") == .mapping([("a", .sequence([]))]))
  }

  @Test func equalityIsOfData() throws {
    #expect(try root("[0x10, 1_0, yes, ~, 1.50, 'a']") == root("[16, 10, true, null, 1.5, a]"))
    #expect(try root("1") != root("'1'"))
    #expect(try root("1") != root("1.0"))
    #expect(try root("{a: 1, b: 2}") != root("{b: 2, a: 1}"))
    #expect(Node.string("\u{e9}") != .string("e\u{301}"))
    #expect(Node.double(.nan) == .double(.nan))
    #expect(Node.int(1).commented("x").spaced() == .int(1))
  }
}
