import TestSupport
import Testing
import YAML

/// What the small writer writes is the same data for us and for PyYAML.
@Suite(.blocking) struct DataWriterTests {
  @Test func randomTrees() throws {
    var random = RandomTree(seed: 400)
    let trees = (0..<1500).map { _ in random.node() }
    let texts = trees.map { DataWriter.text(of: $0) }
    for (index, line) in try PyYAML.load(texts).enumerated() {
      #expect(try Parser.parse(texts[index]) == [trees[index]], "\(texts[index])")
      #expect(line == PyYAML.notation(trees[index]), "\(texts[index])")
    }
  }

  @Test func theLayout() {
    let node = Node.mapping([
      ("list", .sequence([.mapping([("a", .int(1)), ("b", .sequence([]))]), .sequence([.null])])),
      ("text", .string("two\nlines, \"quoted\" \\ and \u{1}\u{2028}")), ("empty", .mapping([])),
      ("yes", .string("1e3")), ("address", .string("https://[2001:db8::1]:6443")),
      ("base64", .string("LS0tLS1CRUdJTi+/==")),
    ])
    #expect(
      DataWriter.text(of: node) == #"""
        list:
          - a: 1
            b: []
          - - null
        text: "two\nlines, \"quoted\" \\ and \u0001\u2028"
        empty: {}
        "yes": "1e3"
        address: "https://[2001:db8::1]:6443"
        base64: LS0tLS1CRUdJTi+/==

        """#)
  }

  /// What had no quotes gets none, so that it stays what its reader takes it for.
  @Test func plainTextStaysPlain() throws {
    let text = "a:\n  - 1e3\n  - y\n  - \"y\"\n  - two words\n  - 0x1F\n  - ~x\n"
    let node = try #require(try Parser.parse(text).first)
    #expect(DataWriter.text(of: node) == text)
    #expect(
      node["a"]?.items?.map { $0.scalar?.isAmbiguous ?? false }.prefix(3) == [true, true, false])
  }

  @Test func mergeKeysInOrder() throws {
    let text = """
      base: &base {a: 1, b: 2}
      other: &other {a: 3, c: 4}
      above: {a: 0, <<: *base}
      below: {<<: *base, a: 0}
      several: {<<: [*base, *other]}
      twice: {<<: *base, <<: *other}
      """
    let node = try #require(try Parser.parse(Array(text.utf8), mergesInOrder: true).first)
    func values(_ name: String) -> [String: Int] {
      Dictionary(
        uniqueKeysWithValues: (node[name]?.entries ?? []).map {
          ($0.key.string ?? "", $0.value.int ?? -1)
        })
    }
    #expect(values("above") == ["a": 1, "b": 2])
    #expect(values("below") == ["a": 0, "b": 2])
    #expect(values("several") == ["a": 1, "b": 2, "c": 4])
    #expect(values("twice") == ["a": 3, "b": 2, "c": 4])
  }
}
