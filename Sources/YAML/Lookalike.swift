internal import ByteText

extension Scalar {
  /// Whether this is a string here and, for want of quotes, something else for other readers.
  public var isAmbiguous: Bool {
    tag == .string && wasPlain && Resolver.isLookalike(text)
  }
}

extension Resolver {
  /// Whether a reader may take the plain text for something other than a string: PyYAML, or
  /// go-yaml, YAML 1.2 and the YAML 1.1 type repository, which go further: `1e3` and `0o17` are
  /// numbers, `2001-1-1` is a date, `y` a boolean, `=` a default value.
  static func isLookalike(_ text: String) -> Bool {
    if tag(ofPlain: text) != .string { return true }
    let bytes = text.bytes
    switch bytes.count {
    case 1: return bytes[0].isOne(of: "ynYN=")
    case 2 where text == "<<": return true
    default: return isNumberElsewhere(text) || startsWithDate(text)
    }
  }

  private static func isNumberElsewhere(_ text: String) -> Bool {
    var cursor = Cursor(text)
    _ = cursor.takeSign()
    var ahead = cursor
    if ahead.take("0"), ahead.take(atMost: 1, while: { $0.isOne(of: "xXoObB") }) == 1 {
      return ahead.takeRest { isHexDigit($0) || $0 == UInt8(ascii: "_") }
    }
    var digits = 0
    func isPart(_ byte: UInt8) -> Bool {
      if isDigit(byte) { digits += 1 }
      return isDigitOrUnderscore(byte) || byte == UInt8(ascii: ":")
    }
    _ = cursor.take(while: isPart)
    if cursor.take(".") { _ = cursor.take(while: isPart) }
    guard digits > 0 else { return false }
    if cursor.take("e") || cursor.take("E") {
      _ = cursor.takeSign()
      return cursor.takeRest(while: isDigit)
    }
    return cursor.atEnd
  }

  private static func startsWithDate(_ text: String) -> Bool {
    var cursor = Cursor(text)
    guard cursor.take(atMost: 4, while: isDigit) == 4, cursor.take("-"),
      cursor.take(atMost: 2, while: isDigit) > 0, cursor.take("-"),
      cursor.take(atMost: 2, while: isDigit) > 0
    else { return false }
    return cursor.atEnd || cursor.take("T") || cursor.take("t") || cursor.take(while: isBlank) > 0
  }
}
