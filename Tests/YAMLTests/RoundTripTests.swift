import Testing
import YAML

/// Whatever is written reads back as the same tree, and looks as it should.
@Suite struct RoundTripTests {
  @Test func randomTrees() throws {
    var random = RandomTree(seed: 20_251)
    for _ in 0..<5000 {
      let root = random.node()
      let width = 20 + random.number(140)
      let text = try Emitter.emit(Document(header: "Header.", root: root), width: width)
      #expect(try Parser.parse(text) == [root])
      for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
        #expect(line.last != UInt8(ascii: " ") && line.last != UInt8(ascii: "\r"))
      }
      #expect(text.hasSuffix("\n"))
    }
  }

  /// Writing what was read changes nothing.
  @Test func writingTwice() throws {
    var random = RandomTree(seed: 7)
    for _ in 0..<1000 {
      let text = try Emitter.emit(Document(root: random.node()))
      let read = try #require(try Parser.parse(text).first)
      let again = try Emitter.emit(Document(root: read))
      #expect(try Parser.parse(again) == [read])
      #expect(
        try Emitter.emit(Document(root: try #require(try Parser.parse(again).first))) == again)
    }
  }

  /// A style is kept or refused; it never changes a value.
  @Test func randomStyles() throws {
    var random = RandomTree(seed: 42)
    var written = 0
    for _ in 0..<5000 {
      let root = random.node(depth: 2, styled: true)
      do throws(EmitError) {
        let text = try Emitter.emit(Document(root: root), width: 40)
        #expect(try! Parser.parse(text) == [root])
        written += 1
      } catch {
        guard case .style = error.reason else {
          Issue.record("\(error) in \(root)")
          continue
        }
      }
    }
    #expect(written > 1000)
  }

  /// Bytes that are no YAML end in an error and never in a crash, and whatever can be read can be
  /// written, but for repeated keys and tags with unusual characters.
  @Test func randomBytes() {
    var random = RandomTree(seed: 99)
    let pieces = RandomTree.pieces.map { Array($0.utf8) } + [[0xC3], [0xFF], [0xED, 0xA0, 0x80]]
    var read = 0
    for _ in 0..<20_000 {
      let bytes = (0..<random.number(20)).flatMap { _ in random.pick(pieces) }
      do throws(ParseError) {
        for node in try Parser.parse(bytes) { check(node) }
        read += 1
      } catch {
        #expect(!error.message.isEmpty)
        #expect(error.mark != nil)
      }
    }
    #expect(read > 1000)
  }

  private func check(_ node: Node) {
    do throws(EmitError) {
      _ = try Emitter.emit(Document(root: node))
    } catch {
      switch error.reason {
      case .duplicateKey, .tag: break
      default: Issue.record("\(error) in \(node)")
      }
    }
  }
}
