internal import ByteText

/// The text of a single value, what it means, and how the author wants it written.
public struct Scalar: Sendable {
  /// How a scalar is written. The parser gives `automatic`: what was read is written anew.
  public enum Style: Sendable, Equatable {
    /// What a careful person would choose: see ``Emitter``.
    case automatic
    case plain
    case singleQuoted
    case doubleQuoted
    /// A `|` block.
    case literal
    /// A `>` block.
    case folded
  }

  /// The type of a value. For what was read without a tag it is what PyYAML's `SafeLoader` takes it
  /// for, with two exceptions it cannot load at all: `=`, and `<<` where no merge is possible, are
  /// strings.
  public enum Tag: Sendable, Equatable {
    case string
    case null
    case bool
    case int
    case float
    /// A date, with or without time; its text is kept and not interpreted.
    case timestamp
    /// Any other tag in full: `!vault`, `tag:yaml.org,2002:binary`.
    case other(String)
  }

  /// One reference, so that a tree is cheap to copy, in time and in code.
  private final class Storage: Sendable {
    let text: String
    let style: Style
    let tag: Tag
    let wasPlain: Bool

    init(_ text: String, _ style: Style, _ tag: Tag, _ wasPlain: Bool) {
      self.text = text
      self.style = style
      self.tag = tag
      self.wasPlain = wasPlain
    }
  }

  private var storage: Storage

  public init(_ text: String, style: Style = .automatic, tag: Tag = .string) {
    storage = Storage(text, style, tag, false)
  }

  /// What was read.
  init(_ text: String, tag: Tag, wasPlain: Bool) {
    storage = Storage(text, .automatic, tag, wasPlain)
  }

  /// As it was read, after unquoting and unfolding.
  public var text: String {
    get { storage.text }
    set { storage = Storage(newValue, style, tag, wasPlain) }
  }

  public var style: Style {
    get { storage.style }
    set { storage = Storage(text, newValue, tag, wasPlain) }
  }

  public var tag: Tag {
    get { storage.tag }
    set { storage = Storage(text, style, newValue, wasPlain) }
  }

  /// Whether it was read without quotes, so that another reader may take a string for something
  /// else: `1e3` is a number for some, `y` a boolean.
  public var wasPlain: Bool { storage.wasPlain }
}
