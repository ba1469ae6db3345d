internal import ByteText

/// A value in a YAML document: a scalar, a sequence or a mapping, in the order it was written.
///
/// Comments and blank lines belong to the value they stand above; for a mapping entry that is the
/// entry's value, and those set on a key are not written:
///
/// ```swift
/// let play = Node.mapping([
///   ("hosts", .string("k8s_all").commented("Every host of the control plane.")),
///   ("tasks", .sequence([]).spaced()),
/// ])
/// ```
///
/// Two nodes are equal when they hold the same data: `0x10` equals `16`, `"yes"` does not equal
/// `yes`. Styles, comments, blank lines and marks do not count; the order of entries does.
public struct Node: Sendable {
  public enum Content: Sendable {
    case scalar(Scalar)
    case sequence([Node])
    case mapping([Entry])
  }

  /// A key and its value. Keys are scalars: the parser and the emitter refuse any other.
  public struct Entry: Sendable, Equatable {
    public var key: Node
    public var value: Node

    public init(key: Node, value: Node) {
      self.key = key
      self.value = value
    }
  }

  /// One reference, so that a tree is cheap to copy, in time and in code.
  private final class Storage: Sendable {
    let content: Content
    let comment: String?
    let blankLineBefore: Bool
    /// 0 for a node that was not read.
    let line: UInt32
    let column: UInt32

    @inline(never)
    init(_ content: Content, _ comment: String?, _ blankLineBefore: Bool, _ mark: Mark?) {
      self.content = content
      self.comment = comment
      self.blankLineBefore = blankLineBefore
      line = UInt32(clamping: mark?.line ?? 0)
      column = UInt32(clamping: mark?.column ?? 0)
    }
  }

  private var storage: Storage

  public init(
    _ content: Content, comment: String? = nil, blankLineBefore: Bool = false, mark: Mark? = nil
  ) {
    storage = Storage(content, comment, blankLineBefore, mark)
  }

  public var content: Content {
    get { storage.content }
    @inline(never)
    set { storage = Storage(newValue, comment, blankLineBefore, mark) }
  }

  /// Lines written above the node, without `# `.
  public var comment: String? {
    get { storage.comment }
    set { storage = Storage(content, newValue, blankLineBefore, mark) }
  }

  /// Whether an empty line separates this entry or item from the one before it.
  public var blankLineBefore: Bool {
    get { storage.blankLineBefore }
    set { storage = Storage(content, comment, newValue, mark) }
  }

  /// Where the node was read; nil when it was made in Swift.
  public var mark: Mark? {
    get {
      storage.line == 0 ? nil : Mark(line: Int(storage.line), column: Int(storage.column))
    }
    set { storage = Storage(content, comment, blankLineBefore, newValue) }
  }
}

/// A place in a text.
public struct Mark: Sendable, Equatable, CustomStringConvertible {
  /// Counted from 1.
  public var line: Int

  /// Counted from 1, in Unicode scalars.
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public var description: String { "line \(line), column \(column)" }
}

/// A node and the comment block at the top of its file, above `---`.
public struct Document: Sendable {
  public var header: String?
  public var root: Node

  public init(header: String? = nil, root: Node) {
    self.header = header
    self.root = root
  }
}

extension Node {
  /// Text, quoted where it would otherwise be read as something else.
  public static func string(_ text: String) -> Node { Node(.scalar(Scalar(text))) }

  public static func bool(_ value: Bool) -> Node {
    Node(.scalar(Scalar(value ? "true" : "false", tag: .bool)))
  }

  public static func int(_ value: Int) -> Node { Node(.scalar(Scalar("\(value)", tag: .int))) }

  public static func double(_ value: Double) -> Node {
    Node(.scalar(Scalar(Number.text(value), tag: .float)))
  }

  public static var null: Node { Node(.scalar(Scalar("null", tag: .null))) }

  public static func sequence(_ items: [Node]) -> Node { Node(.sequence(items)) }

  /// A mapping with string keys, in this order.
  public static func mapping(_ entries: [(String, Node)]) -> Node {
    var content: [Entry] = []
    for (key, value) in entries { content.append(Entry(key: .string(key), value: value)) }
    return Node(.mapping(content))
  }

  /// The same node with `text` written above it; several lines are several comment lines.
  public func commented(_ text: String) -> Node {
    var node = self
    node.comment = text
    return node
  }

  /// The same node with an empty line before it.
  public func spaced() -> Node {
    var node = self
    node.blankLineBefore = true
    return node
  }

  /// The same scalar in a style of the author's choice. Sequences and mappings have one style.
  public func styled(_ style: Scalar.Style) -> Node {
    guard case .scalar(var scalar) = content else { return self }
    scalar.style = style
    var node = self
    node.content = .scalar(scalar)
    return node
  }
}
