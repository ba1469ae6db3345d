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

  /// As it was read, after unquoting and unfolding.
  public var text: String
  public var style: Style
  public var tag: Tag

  /// Whether it was read without quotes, so that another reader may take a string for something
  /// else: `1e3` is a number for some, `y` a boolean.
  public internal(set) var wasPlain = false

  public init(_ text: String, style: Style = .automatic, tag: Tag = .string) {
    self.text = text
    self.style = style
    self.tag = tag
  }
}
