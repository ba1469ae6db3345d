/// Writes YAML as a careful person does, clean under yamllint with ansible-lint's settings.
///
/// - Sequences are indented under their key, `- key: value` starts on the dash's line, and empty
///   collections are `[]` and `{}`.
/// - Text is plain where every reader takes it for text, otherwise in double quotes, or in single
///   quotes if that saves backslashes. Several lines make a `|` block, and a line too long for the
///   width a `>-` block, broken at spaces. Blocks hold what libyaml lets into them: no tabs, no
///   line that ends in a space, no character beyond U+FFFF; such text goes into double quotes.
/// - Booleans are `true` and `false`, nothing is `null`; other numbers and dates are written as
///   their text is.
///
/// A style set on a scalar is kept, or refused if it would change the text. Every document is
/// parsed back and compared with the tree before it is returned.
public enum Emitter {
  /// Sequences and mappings inside each other.
  public static let depthLimit = 100

  /// - Parameter width: Characters to a line; words that are longer stay whole, and so do the lines
  ///   of a literal block.
  public static func emit(
    _ document: Document, width: Int = 160
  ) throws(EmitError) -> String {
    var layout = Layout(width: width)
    try layout.write(document)
    try check(layout.text, against: document.root)
    return layout.text
  }

  private static func check(_ text: String, against root: Node) throws(EmitError) {
    let limits = Parser.Limits(bytes: .max, nodes: .max, depth: depthLimit, anchors: 0)
    let documents: [Node]
    do throws(ParseError) {
      documents = try Parser.parse(text, limits: limits)
    } catch {
      throw EmitError(reason: .unreadable(error), path: "")
    }
    guard documents == [root] else { throw EmitError(reason: .changed, path: "") }
  }
}
