internal import ByteText

/// Why a text was not read as YAML.
public enum ParseError: Error, Sendable, Equatable {
  /// What libyaml says about it.
  case syntax(String, Mark)
  /// Bytes that are not UTF-8, or a character that YAML allows only escaped: NUL, for instance.
  case encoding(String, Mark)
  case unknownAnchor(String, Mark)
  /// `&a [*a]`: a node that contains itself.
  case recursiveAnchor(String, Mark)
  case keyNotScalar(Mark)
  case mergeOfNoMapping(Mark)
  /// A tag that the library does not know on a collection, or one that does not fit its scalar.
  case tag(String, Mark)
  case tooLong(limit: Int)
  case tooDeep(limit: Int, Mark)
  case tooManyNodes(limit: Int, Mark)
  case tooManyAnchors(limit: Int, Mark)
  case outOfMemory
}

extension ParseError: CustomStringConvertible {
  /// What is wrong, without the place.
  public var message: String {
    switch self {
    case .syntax(let words, _), .encoding(let words, _): words
    case .unknownAnchor(let name, _): "the alias *\(name) refers to no anchor above it"
    case .recursiveAnchor(let name, _): "the alias *\(name) stands inside its own anchor"
    case .keyNotScalar: "a mapping key is itself a mapping or a sequence"
    case .mergeOfNoMapping: "the merge key << needs a mapping or a sequence of mappings"
    case .tag(let tag, _): "the tag \(tag) does not fit here"
    case .tooLong(let limit): "the text is longer than \(limit) bytes"
    case .tooDeep(let limit, _): "nested deeper than \(limit) levels"
    case .tooManyNodes(let limit, _): "more than \(limit) values, aliases expanded"
    case .tooManyAnchors(let limit, _): "more than \(limit) anchors"
    case .outOfMemory: "not enough memory to read the text"
    }
  }

  public var mark: Mark? {
    switch self {
    case .syntax(_, let mark), .encoding(_, let mark), .unknownAnchor(_, let mark),
      .recursiveAnchor(_, let mark), .keyNotScalar(let mark), .mergeOfNoMapping(let mark),
      .tag(_, let mark), .tooDeep(_, let mark), .tooManyNodes(_, let mark),
      .tooManyAnchors(_, let mark):
      mark
    case .tooLong, .outOfMemory: nil
    }
  }

  /// What is wrong and where, without a word of the text: a password may look like an alias or a tag.
  public var discreet: String {
    let words =
      switch self {
      case .unknownAnchor: "an alias refers to no anchor"
      case .recursiveAnchor: "an alias stands inside its own anchor"
      case .tag: "a tag does not fit"
      default: message
      }
    guard let mark else { return words }
    return "\(words) (line \(mark.line), column \(mark.column))"
  }

  /// `line 3, column 5: did not find expected ',' or ']', while parsing a flow sequence …`
  public var description: String {
    guard let mark else { return message }
    return "\(mark): \(message)"
  }
}
