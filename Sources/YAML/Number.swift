internal import ByteText

/// The value of a number's text, and the text of a number.
enum Number {
  /// The value of a text that ``Resolver`` takes for an integer; nil if it does not fit in an `Int`
  /// or has nothing but underscores for digits (`0x_`).
  static func int(_ text: String) -> Int? {
    var (negative, digits) = signAndDigits(text)
    if digits.contains(UInt8(ascii: ":")) {
      guard let total = base60(digits, part: { decimal($0) }, join: scaled) else { return nil }
      return negative ? -total : total
    }
    var radix = 10
    if digits.count > 1, digits[0] == UInt8(ascii: "0") {
      switch digits[1] {
      case UInt8(ascii: "x"): radix = 16
      case UInt8(ascii: "b"): radix = 2
      default: radix = 8
      }
      digits.removeFirst(radix == 8 ? 1 : 2)
    }
    if negative { digits = [UInt8(ascii: "-")] + digits }
    return parseInteger(digits[...], radix: radix)
  }

  /// The value of a text that ``Resolver`` takes for a float, or for a decimal integer.
  static func double(_ text: String) -> Double? {
    let (negative, digits) = signAndDigits(text)
    guard let first = digits.first else { return nil }
    var value: Double?
    if first == UInt8(ascii: "."), digits.count > 1, !isDigit(digits[1]) {
      value = digits[1] | 0x20 == UInt8(ascii: "i") ? .infinity : .nan
    } else if digits.contains(UInt8(ascii: ":")) {
      value = base60(
        digits, part: { parseNumber(String(bytes: $0)) }, join: { $0 * 60 + $1 })
    } else {
      value = parseNumber(String(bytes: digits))
    }
    return value.map { negative ? -$0 : $0 }
  }

  /// The shortest text that reads back as this value. Swift leaves out what YAML 1.1 asks for, a
  /// dot before the exponent: `1e+16` is a string to PyYAML.
  static func text(_ value: Double) -> String {
    if value.isNaN { return ".nan" }
    if value.isInfinite { return value < 0 ? "-.inf" : ".inf" }
    let digits = numberText(value).bytes
    guard let exponent = digits.firstIndex(of: UInt8(ascii: "e")),
      !digits.contains(UInt8(ascii: "."))
    else { return String(bytes: digits) }
    return String(bytes: digits[..<exponent]) + ".0"
      + String(bytes: digits[exponent...])
  }

  private static func signAndDigits(_ text: String) -> (negative: Bool, digits: [UInt8]) {
    var digits: [UInt8] = []
    for byte in text.bytes where byte != UInt8(ascii: "_") { digits.append(byte) }
    let negative = digits.first == UInt8(ascii: "-")
    if negative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    return (negative, digits)
  }

  private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
    parseInteger(digits, radix: 10)
  }

  private static func scaled(_ whole: Int, _ part: Int) -> Int? {
    let (product, tooBig) = whole.multipliedReportingOverflow(by: 60)
    let (sum, overflow) = product.addingReportingOverflow(part)
    return tooBig || overflow ? nil : sum
  }

  /// `1:30:00`, as hours, minutes and seconds.
  private static func base60<Value>(
    _ digits: [UInt8], part: (ArraySlice<UInt8>) -> Value?, join: (Value, Value) -> Value?
  ) -> Value? {
    var total: Value?
    for digits in digits[...].parts(at: UInt8(ascii: ":")) {
      guard let next = part(digits) else { return nil }
      guard let whole = total else {
        total = next
        continue
      }
      guard let sum = join(whole, next) else { return nil }
      total = sum
    }
    return total
  }
}
