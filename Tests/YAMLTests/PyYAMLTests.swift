import TestSupport
import Testing
import YAML

/// PyYAML reads what we write as we meant it, and we read what it reads.
@Suite(.blocking) struct PyYAMLTests {
  @Test func writtenTrees() throws {
    var random = RandomTree(seed: 360)
    let trees = (0..<1500).map { _ in random.node() }
    let texts = try trees.map { try Emitter.emit(Document(root: $0), width: 80) }
    for (index, line) in try PyYAML.load(texts).enumerated() {
      #expect(line == PyYAML.notation(trees[index]), "\(texts[index])")
    }
  }

  /// Every short text of the characters that numbers, dates and words are made of, on either side
  /// of what the resolver's grammar lets through.
  @Test func plainScalars() throws {
    var random = RandomTree(seed: 11)
    var texts = [
      "yes", "Yes", "YES", "yEs", "no", "NO", "on", "On", "oN", "off", "OFF", "y", "n", "true",
      "TRUE", "tRue", "False", "null", "Null", "NULL", "nULL", "~", "~~", "", ".inf", ".Inf",
      ".INF", ".iNF", "-.inf", "+.Inf", ".nan", ".NaN", ".NAN", ".Nan", "-.nan", "0", "00", "08",
      "0_", "0b", "0b_", "0x", "0x_", "0xG", "-0x1f", "0o7", "9223372036854775807",
      "-9223372036854775808", "9223372036854775808", "190:20:30", "190:20:30.15", "1:60", "0:30",
      "0:30.5", "1:5_", "1e3", "1.e3", "1.e+3", "1.5e3", "1.5E-3", "1._5", "._5", ".5", "-.5", "1.",
      "1_", "_1", "1__0.0", "685.230_15e+03", "6.8523015e+5", "2001-12-14", "2001-1-1",
      "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10 -5", "2001-12-15 2:59:43.10",
      "2001-12-14T21:59", "2001-12-14T21:59:43Z", "2001-12-14T21:59:43 Z", "2001-12-14T21:59:43.",
      "2001-12-14T21:59:43+1:00", "2001-12-14T21:59:43+1:0", "2001-13-45", "20011-01-01",
    ]
    let alphabet = ["0", "1", "2", "6", "7", "9", "_", ":", ".", "-", "+", "e", "E", "x", "b", "f"]
    for _ in 0..<20_000 {
      texts.append((0...random.number(7)).map { _ in random.pick(alphabet) }.joined())
    }
    let date = ["2001", "-", "-", "1", "12", ":", ":", "59", "T", "t", " ", ".", "Z", "+", "5"]
    for _ in 0..<5000 {
      let end = (0...random.number(6)).map { _ in random.pick(date) }.joined()
      texts.append("2001-12-14" + end)
      texts.append("2001-12-14 21:59:43" + end)
    }
    var types: Set<String> = []
    for (text, line) in zip(texts, try PyYAML.load(texts.map { "- \($0)" })) {
      if line.hasPrefix("error") { continue }
      let read = try Parser.parse("- \(text)")
      #expect(read.map(PyYAML.notation) == [line], "\(text)")
      types.insert(String(line.dropFirst().prefix(1)))
    }
    #expect(types.isSuperset(of: ["s", "i", "f", "n", "t"]))
  }

  /// Aliases, merges, styles and tags.
  @Test(arguments: [
    "a: &x [1, 2]\nb: *x\n",
    "x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3, c: 4}\n",
    "x: &x {a: 1}\ny: &y {a: 2, b: 2}\nz: {<<: [*x, *y], c: 3}\nw: {<<: [*y, *x]}\n",
    "x: &x {a: 1}\ny: &y {<<: *x, b: 2}\nz: {<<: *y}\n",
    "x: {<<: {a: 1}, <<: {a: 2, b: 3}}\n",
    "x: {a: own, <<: {a: merged}}\n",
    "x: {<<: [], a: 1}\n",
    "a: 1\na: 2\n",
    "- |\n  a\n   b\n\n  c\n- >\n  a\n  b\n\n  c\n   d\n  e\n- |+\n  x\n\n- >-\n  y\n\n- |2\n   z\n",
    "- 'it''s\n  folded\n\n  here'\n- \"a\\\n  b \\x41 \\u00e9\n  c\"\n- plain\n  on two lines\n",
    "? a\n: b\n? c\n",
    "[a: 1, {b, c: }, !!str 1, !!float 3, !!int '4', ! 5, !!null x]",
    "{a: 1, ? b : 2, 'c':3}",
    "%YAML 1.1\n---\na # comment\n...\n",
    "- - - a\n    - b\n  - c\n-\n  - d\n-\n",
    "\"\\0\\a\\b\\e\\_\\N\\L\\P\\/\"",
  ])
  func texts(_ text: String) throws {
    #expect(
      try Parser.parse(text).map(PyYAML.notation)
        == PyYAML.load([text.hasSuffix("\n") ? text : text + "\n"]))
  }
}
