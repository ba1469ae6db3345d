internal import ByteText

/// The type of a scalar that was written plain and without a tag, as PyYAML's resolver has it.
/// The grammar is that of YAML 1.1's type repository as PyYAML narrows it (a float needs its dot).
enum Resolver {
  static func tag(ofPlain text: String) -> Scalar.Tag {
    guard let first = text.bytes.first else { return .null }
    switch Unicode.Scalar(first) {
    case "~", "n", "N", "y", "Y", "t", "T", "f", "F", "o", "O":
      if isNull(text) { return .null }
      return isTrue(text) || isFalse(text) ? .bool : .string
    case "0"..."9", "+", "-", ".":
      if isInt(text) { return .int }
      if isFloat(text) { return .float }
      return isTimestamp(text) ? .timestamp : .string
    default:
      return .string
    }
  }

  private static func isNull(_ text: String) -> Bool {
    text == "~" || isWord(text, "null")
  }

  static func isTrue(_ text: String) -> Bool {
    isWord(text, "true") || isWord(text, "yes") || isWord(text, "on")
  }

  static func isFalse(_ text: String) -> Bool {
    isWord(text, "false") || isWord(text, "no") || isWord(text, "off")
  }

  /// Whether `text`, after `prefix` bytes, is `word`, `Word` or `WORD`.
  private static func isWord(_ text: String, after prefix: Int = 0, _ word: StaticString) -> Bool {
    let bytes = text.bytes.dropFirst(prefix)
    guard bytes.count == word.utf8CodeUnitCount else { return false }
    var upper = 0
    var upperFirst = false
    for (index, byte) in bytes.enumerated() {
      if byte == word.utf8Start[index] { continue }
      guard byte | 0x20 == word.utf8Start[index] else { return false }
      upper += 1
      if index == 0 { upperFirst = true }
    }
    return upper == 0 || upper == bytes.count || (upper == 1 && upperFirst)
  }

  static func isInt(_ text: String) -> Bool {
    var cursor = Cursor(text)
    _ = cursor.takeSign()
    if cursor.take("0") {
      if cursor.atEnd { return true }
      if cursor.take("x") { return cursor.takeRest { isHexDigit($0) || $0 == UInt8(ascii: "_") } }
      let top: UInt8 = cursor.take("b") ? UInt8(ascii: "1") : UInt8(ascii: "7")
      return cursor.takeRest { isDigitOrUnderscore($0) && ($0 <= top || $0 == UInt8(ascii: "_")) }
    }
    guard let first = cursor.next, isDigit(first) else { return false }
    _ = cursor.take(while: isDigitOrUnderscore)
    while takeBase60Digit(&cursor) {}
    return cursor.atEnd
  }

  static func isFloat(_ text: String) -> Bool {
    var cursor = Cursor(text)
    let signed = cursor.takeSign()
    guard let first = cursor.next, isDigit(first) else {
      guard cursor.take(".") else { return false }
      if let digit = cursor.next, isDigit(digit) {
        if signed { return false }
        _ = cursor.take(while: isDigitOrUnderscore)
        return takeExponent(&cursor) && cursor.atEnd
      }
      return isWord(text, after: signed ? 2 : 1, "inf") || (!signed && isNotANumber(text))
    }
    _ = cursor.take(while: isDigitOrUnderscore)
    var base60 = false
    while takeBase60Digit(&cursor) { base60 = true }
    guard cursor.take(".") else { return false }
    _ = cursor.take(while: isDigitOrUnderscore)
    return (base60 || takeExponent(&cursor)) && cursor.atEnd
  }

  private static func isNotANumber(_ text: String) -> Bool {
    text == ".nan" || text == ".NaN" || text == ".NAN"
  }

  /// `:` and 0 to 59.
  private static func takeBase60Digit(_ cursor: inout Cursor) -> Bool {
    var ahead = cursor
    guard ahead.take(":"), let first = ahead.next, isDigit(first) else { return false }
    _ = ahead.take(atMost: first <= UInt8(ascii: "5") ? 2 : 1, while: isDigit)
    cursor = ahead
    return true
  }

  /// Nothing, or an exponent, whose sign is required.
  private static func takeExponent(_ cursor: inout Cursor) -> Bool {
    guard cursor.take("e") || cursor.take("E") else { return true }
    return cursor.takeSign() && cursor.take(while: isDigit) > 0
  }

  /// `2001-12-14`, or a date and a time in which only the date's year and the time's minutes and
  /// seconds need all their digits.
  static func isTimestamp(_ text: String) -> Bool {
    var cursor = Cursor(text)
    guard cursor.take(atMost: 4, while: isDigit) == 4, cursor.take("-") else { return false }
    let month = cursor.take(atMost: 2, while: isDigit)
    guard month > 0, cursor.take("-") else { return false }
    let day = cursor.take(atMost: 2, while: isDigit)
    guard day > 0 else { return false }
    if cursor.atEnd { return month == 2 && day == 2 }

    guard cursor.take("T") || cursor.take("t") || cursor.take(while: isBlank) > 0 else {
      return false
    }
    guard cursor.take(atMost: 2, while: isDigit) > 0,
      cursor.take(":"), cursor.take(atMost: 2, while: isDigit) == 2,
      cursor.take(":"), cursor.take(atMost: 2, while: isDigit) == 2
    else { return false }
    if cursor.take(".") { _ = cursor.take(while: isDigit) }
    if cursor.atEnd { return true }

    _ = cursor.take(while: isBlank)
    if cursor.take("Z") { return cursor.atEnd }
    guard cursor.takeSign(), cursor.take(atMost: 2, while: isDigit) > 0 else { return false }
    if cursor.take(":"), cursor.take(atMost: 2, while: isDigit) != 2 { return false }
    return cursor.atEnd
  }
}
