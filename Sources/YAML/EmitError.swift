internal import ByteText

/// Why a tree was not written.
public struct EmitError: Error, Sendable, Equatable {
  public enum Reason: Error, Sendable, Equatable {
    /// The style the author asked for would change the text, or is none for a key or a number.
    case style(Scalar.Style)
    /// A number, boolean or date whose text is read as something else.
    case wrongType(text: String)
    /// A tag that cannot be written, or that the text would not have when read.
    case tag(String)
    case keyNotScalar
    case duplicateKey
    case tooDeep(limit: Int)
    /// The text written is not read back as the tree: a fault of the emitter, or a line break other
    /// than `\n` in a comment.
    case changed
    /// The text written is not read back at all.
    case unreadable(ParseError)
    case outOfMemory
  }

  public var reason: Reason

  /// Keys and positions from the root, `/tasks/0/name`; empty for the document as a whole.
  public var path: String
}

extension EmitError: CustomStringConvertible {
  public var description: String { path.utf8.isEmpty ? message : "\(path): \(message)" }

  /// What is wrong, without the place.
  public var message: String {
    switch reason {
    case .style(let style): "the value cannot be written \(EmitError.words(style)) unchanged"
    case .wrongType(let text): "\"\(text)\" is not read as the type it is given as"
    case .tag(let tag): "the tag \(tag) cannot be written"
    case .keyNotScalar: "a mapping key is itself a mapping or a sequence"
    case .duplicateKey: "the key stands twice in its mapping"
    case .tooDeep(let limit): "nested deeper than \(limit) levels"
    case .changed: "what was written is not read back as the same data"
    case .unreadable(let error): "what was written cannot be read back: \(error)"
    case .outOfMemory: "not enough memory to write the text"
    }
  }

  private static func words(_ style: Scalar.Style) -> String {
    switch style {
    case .automatic: "in any style"
    case .plain: "plain"
    case .singleQuoted: "in single quotes"
    case .doubleQuoted: "in double quotes"
    case .literal: "as a literal block"
    case .folded: "as a folded block"
    }
  }
}
