internal import ByteText
internal import JSON

/// A number as Python source has it: `12`, `1_000`, `0x1f`, `0o17`, `0b1`, `1.5`, `1e3`.
func pythonNumberLiteral(_ word: ArraySlice<Unicode.Scalar>) -> JSONValue? {
  guard let digits = withoutGroupMarks(word) else { return nil }
  if digits.count > 2, digits[0] == "0", let radix = radix(of: digits[1]) {
    return integer(digits[2...], radix: radix).map { .int($0) }
  }
  if digits.allSatisfy({ $0.isDigit }) {
    // 012 is no number, 00 is.
    if digits[0] == "0", digits.contains(where: { $0 != "0" }) { return nil }
    return integer(digits[...], radix: 10).map { .int($0) }
  }
  return isDecimal(digits) ? parseNumber(String(digits)).map { .double($0) } : nil
}

private func radix(of mark: Unicode.Scalar) -> Int? {
  switch mark {
  case "x", "X": 16
  case "o", "O": 8
  case "b", "B": 2
  default: nil
  }
}

/// `float(text)`: Python's own syntax, with spaces around and single `_` between digits.
func pythonFloat(_ text: String) -> Double? {
  guard let digits = withoutGroupMarks(text.scalars.stripped) else { return nil }
  if isDecimal(digits) { return parseNumber(String(digits)) }
  let isNegative = digits.first == "-"
  let hasSign = isNegative || digits.first == "+"
  switch String(digits[(hasSign ? 1 : 0)...]).lowercasedASCII {
  case "inf", "infinity": return isNegative ? -Double.infinity : .infinity
  case "nan": return .nan
  default: return nil
  }
}

/// `int(decimal.Decimal(text))` of a whole number, however it is written: `5`, `5.0`, `1e3`.
/// Nil for a fraction, for what is no number, and beyond 64 bits.
func wholeNumber(_ text: String) -> Int? {
  var scalars: Scalars = []
  for scalar in text.scalars.stripped where scalar != "_" { scalars.append(scalar) }
  guard isDecimal(scalars) else { return nil }
  var digits: Scalars = []
  var exponent = 0
  var isFraction = false
  for (index, scalar) in scalars.enumerated() {
    if scalar == "e" || scalar == "E" {
      guard let written = integer(scalars[(index + 1)...], radix: 10) else { return nil }
      exponent = exponent.addingReportingOverflow(written).partialValue
      break
    }
    if scalar == "." { isFraction = true }
    guard scalar.isDigit else { continue }
    if isFraction { exponent -= 1 }
    if scalar != "0" || !digits.isEmpty { digits.append(scalar) }
  }
  while digits.last == "0" {
    digits.removeLast()
    exponent += 1
  }
  if digits.isEmpty { return 0 }
  guard exponent >= 0, exponent < 20 else { return nil }
  for _ in 0..<exponent { digits.append("0") }
  if scalars[0] == "-" { digits = ["-"] + digits }
  return integer(digits[...], radix: 10)
}

/// Sign, digits with at most one point, exponent: what both Swift and Python read as a number.
private func isDecimal(_ scalars: Scalars) -> Bool {
  var position = 0
  func takeSign() {
    if position < scalars.count, scalars[position] == "-" || scalars[position] == "+" {
      position += 1
    }
  }
  func takeDigits() -> Int {
    let start = position
    while position < scalars.count, scalars[position].isDigit { position += 1 }
    return position - start
  }
  takeSign()
  var digits = takeDigits()
  if position < scalars.count, scalars[position] == "." {
    position += 1
    digits += takeDigits()
  }
  guard digits > 0 else { return false }
  if position < scalars.count, scalars[position] == "e" || scalars[position] == "E" {
    position += 1
    takeSign()
    guard takeDigits() > 0 else { return false }
  }
  return position == scalars.count
}

/// The text without `_`; nil where one does not stand between digits.
private func withoutGroupMarks(_ scalars: ArraySlice<Unicode.Scalar>) -> Scalars? {
  var digits: Scalars = []
  for index in scalars.indices {
    guard scalars[index] == "_" else {
      digits.append(scalars[index])
      continue
    }
    guard index > scalars.startIndex, index + 1 < scalars.endIndex,
      scalars[index - 1].digit != nil, scalars[index + 1].digit != nil
    else { return nil }
  }
  return digits
}
