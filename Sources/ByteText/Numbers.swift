internal import CPosix

/// A finite number in the shortest digits that read back, as Python writes it: with an exponent below
/// 1e-4 and from 1e16 on. Swift's own way is a sixtieth of a module.
@inline(never)
package func numberText(_ value: Double) -> String {
  var text = [UInt8](repeating: 0, count: Int(CPOSIX_NUMBER_TEXT))
  let length = cposix_number_text(value, &text)
  return String(bytes: text[..<Int(length)])
}

/// Reads a number as C's `strtod` does, but without blanks before it; nil for anything else.
@inline(never)
package func parseNumber(_ text: String) -> Double? {
  var value = 0.0
  return cposix_parse_number(text, text.bytes.count, &value) == 1 ? value : nil
}

/// Reads a sign or none and digits of a radix; nil for anything else, and for what does not fit.
@inline(never)
package func parseInteger(_ text: ArraySlice<UInt8>, radix: Int) -> Int? {
  let isNegative = text.first == UInt8(ascii: "-")
  let digits = text.dropFirst(isNegative || text.first == UInt8(ascii: "+") ? 1 : 0)
  if digits.isEmpty { return nil }
  var value = 0
  for character in digits {
    let letter = Int(character | 0x20) - 0x61
    let digit = 0x30...0x39 ~= character ? Int(character) - 0x30 : letter < 0 ? radix : letter + 10
    if digit >= radix { return nil }
    let (product, isTooBig) = value.multipliedReportingOverflow(by: radix)
    // Down from zero, where there is one number more.
    let (next, overflow) =
      isNegative
      ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
    if isTooBig || overflow { return nil }
    value = next
  }
  return value
}

/// A whole number with the digits of a radix, up to 36.
@inline(never)
package func integerText(
  _ magnitude: UInt64, radix: UInt64 = 10, isNegative: Bool = false
) -> String {
  var text = [UInt8](repeating: UInt8(ascii: "-"), count: 65)
  var place = text.count
  var rest = magnitude
  repeat {
    let digit = UInt8(truncatingIfNeeded: rest % radix)
    place -= 1
    text[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
    rest /= radix
  } while rest > 0
  return String(bytes: text[(isNegative ? place - 1 : place)...])
}

// In a file that imports this library, whole numbers in texts are written so. Swift's own way is a
// three-hundredth of a module.

extension Int {
  package var description: String { integerText(UInt64(magnitude), isNegative: self < 0) }
}

extension Int64 {
  package var description: String { Int(self).description }
}

extension UInt32 {
  package var description: String { integerText(UInt64(self)) }
}

extension DefaultStringInterpolation {
  package mutating func appendInterpolation(_ value: some FixedWidthInteger) {
    appendLiteral(
      integerText(UInt64(truncatingIfNeeded: value.magnitude), isNegative: value < 0))
  }
}
