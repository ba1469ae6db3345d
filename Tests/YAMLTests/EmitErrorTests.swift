import Testing
import YAML

@Suite struct EmitErrorTests {
  @Test func saysWhere() {
    let root = Node.mapping([
      ("tasks", .sequence([.null, .mapping([("mode", .string("a\nb").styled(.plain))])]))
    ])
    let error = #expect(throws: EmitError.self) { try Emitter.emit(Document(root: root)) }
    #expect(error?.description == "/tasks/1/mode: the value cannot be written plain unchanged")
  }

  @Test(
    arguments: [
      (
        Node.mapping([("a", .int(1)), ("b", .int(2)), ("a", .int(3))]),
        "/a: the key stands twice in its mapping"
      ),
      (
        Node(.mapping([Node.Entry(key: .sequence([]), value: .null)])),
        "a mapping key is itself a mapping or a sequence"
      ),
      (
        Node.mapping([("a", Node(.scalar(Scalar("twelve", tag: .int))))]),
        "/a: \"twelve\" is not read as the type it is given as"
      ),
      (
        Node.mapping([("a", Node(.scalar(Scalar("x", tag: .other("!no good")))))]),
        "/a: the tag !no good cannot be written"
      ),
      (
        Node.mapping([("a", .int(1).commented("x\rb: 2"))]),
        "what was written is not read back as the same data"
      ),
      (
        Node.null.commented("a\u{0}"),
        "what was written cannot be read back: line 2, column 4: control characters are not allowed"
      ),
      (
        Node.mapping([(String(repeating: "k", count: 1100), .null)]),
        "what was written cannot be read back: line 2, column 1101: mapping values are not allowed in this context"
      ),
    ] as [(Node, String)])
  func refused(_ root: Node, _ words: String) {
    let error = #expect(throws: EmitError.self) { try Emitter.emit(Document(root: root)) }
    #expect(error?.description == words)
  }

  @Test func depth() throws {
    func nested(_ levels: Int) -> Node {
      (0..<levels).reduce(.null) { inner, _ in .sequence([inner]) }
    }
    #expect(throws: Never.self) {
      try Emitter.emit(Document(root: nested(Emitter.depthLimit)))
    }
    let error = #expect(throws: EmitError.self) {
      try Emitter.emit(Document(root: nested(Emitter.depthLimit + 1)))
    }
    #expect(error?.reason == .tooDeep(limit: Emitter.depthLimit))
  }
}
