internal import ByteText
internal import JSON

/// Reads a Python literal, as `ast.literal_eval` does: what a templated dictionary looks like when
/// it reaches a module as text.
///
/// Strings, numbers, True, False, None, lists, tuples (as lists) and dictionaries. Keys that are no
/// strings become what `str` makes of them, since the result is JSON. Nil for anything else: sets,
/// byte strings, complex numbers, numbers beyond 64 bits.
func parsePythonLiteral(_ text: String) -> JSONValue? {
  var reader = LiteralReader(text)
  guard let value = reader.value(depth: 0) else { return nil }
  reader.skipSpace()
  return reader.isAtEnd ? value : nil
}

private struct LiteralReader {
  private let scalars: Scalars
  private var position = 0

  init(_ text: String) { scalars = text.scalars }

  var isAtEnd: Bool { position == scalars.count }

  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  mutating func skipSpace() {
    while let scalar = next, scalar == " " || 0x09...0x0D ~= scalar.value {
      position += 1
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == scalar else { return false }
    position += 1
    return true
  }

  mutating func value(depth: Int) -> JSONValue? {
    guard depth < 100 else { return nil }
    skipSpace()
    switch next {
    case "{": return dictionary(depth: depth)
    case "[":
      position += 1
      return elements(until: "]", depth: depth).map { .array($0.values) }
    case "(":
      position += 1
      guard let (values, hasComma) = elements(until: ")", depth: depth) else { return nil }
      return values.count == 1 && !hasComma ? values[0] : .array(values)
    case "-", "+":
      let isNegative = next == "-"
      position += 1
      switch value(depth: depth + 1) {
      case .int(let number): return .int(isNegative ? -number : number)
      case .double(let number): return .double(isNegative ? -number : number)
      default: return nil
      }
    case "'", "\"": return strings()
    case .some(let scalar) where scalar.isWordPart || scalar == ".": return word()
    default: return nil
    }
  }

  private mutating func dictionary(depth: Int) -> JSONValue? {
    position += 1
    var object = JSONObject()
    while !take("}") {
      guard let key = value(depth: depth + 1), key.array == nil, key.object == nil, take(":"),
        let value = value(depth: depth + 1)
      else { return nil }
      object[key.pythonText] = value
      if take(",") { continue }
      return take("}") ? .object(object) : nil
    }
    return .object(object)
  }

  private mutating func elements(
    until end: Unicode.Scalar, depth: Int
  ) -> (values: [JSONValue], hasComma: Bool)? {
    var values: [JSONValue] = []
    var hasComma = false
    while !take(end) {
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
      if take(",") {
        hasComma = true
        continue
      }
      return take(end) ? (values, hasComma) : nil
    }
    return (values, hasComma)
  }

  /// A name, a number, or a string with a prefix.
  private mutating func word() -> JSONValue? {
    let start = position
    while let scalar = next {
      let isSign =
        (scalar == "-" || scalar == "+") && position > start
        && (scalars[position - 1] == "e" || scalars[position - 1] == "E")
        && scalars[start].isDigit
      guard scalar.isWordPart || scalar == "." || isSign else { break }
      position += 1
    }
    let word = String(scalars[start..<position])
    switch word {
    case "True": return .bool(true)
    case "False": return .bool(false)
    case "None": return .null
    case "r", "R", "u", "U":
      guard next == "'" || next == "\"" else { return nil }
      position = start
      return strings()
    default: return pythonNumberLiteral(scalars[start..<position])
    }
  }

  /// One string, or several side by side, which Python joins.
  private mutating func strings() -> JSONValue? {
    var result: Scalars = []
    var found = false
    while true {
      skipSpace()
      var isRaw = false
      if let prefix = next, ["r", "R", "u", "U"].contains(prefix), position + 1 < scalars.count,
        scalars[position + 1] == "'" || scalars[position + 1] == "\""
      {
        isRaw = prefix == "r" || prefix == "R"
        position += 1
      }
      guard let quote = next, quote == "'" || quote == "\"" else {
        return found ? .string(String(result)) : nil
      }
      found = true
      guard string(quote, isRaw: isRaw, into: &result) else { return nil }
    }
  }

  private mutating func string(
    _ quote: Unicode.Scalar, isRaw: Bool, into result: inout Scalars
  ) -> Bool {
    let isTriple =
      position + 2 < scalars.count && scalars[position + 1] == quote
      && scalars[position + 2] == quote
    position += isTriple ? 3 : 1
    while let scalar = next {
      position += 1
      if scalar == quote {
        if !isTriple { return true }
        if position + 1 < scalars.count, next == quote, scalars[position + 1] == quote {
          position += 2
          return true
        }
      } else if scalar == "\n" && !isTriple {
        return false
      } else if scalar == "\\" {
        guard let escaped = next else { return false }
        position += 1
        if isRaw {
          result.append(scalar)
          result.append(escaped)
        } else if !escape(escaped, into: &result) {
          return false
        }
        continue
      }
      result.append(scalar)
    }
    return false
  }

  private mutating func escape(
    _ scalar: Unicode.Scalar, into result: inout Scalars
  ) -> Bool {
    switch scalar {
    case "\n": break
    case "\\", "'", "\"": result.append(scalar)
    case "a": result.append("\u{07}")
    case "b": result.append("\u{08}")
    case "f": result.append("\u{0C}")
    case "n": result.append("\n")
    case "r": result.append("\r")
    case "t": result.append("\t")
    case "v": result.append("\u{0B}")
    case "0"..."7":
      position -= 1
      guard let code = number(radix: 8, digits: 1...3) else { return false }
      result.append(code)
    case "x":
      guard let code = number(radix: 16, digits: 2...2) else { return false }
      result.append(code)
    case "u":
      guard let code = number(radix: 16, digits: 4...4) else { return false }
      result.append(code)
    case "U":
      guard let code = number(radix: 16, digits: 8...8) else { return false }
      result.append(code)
    default:
      result.append("\\")
      result.append(scalar)
    }
    return true
  }

  private mutating func number(radix: UInt32, digits: ClosedRange<Int>) -> Unicode.Scalar? {
    let start = position
    var code: UInt32 = 0
    while position - start < digits.upperBound, let digit = next?.digit, digit < radix {
      code = code &* radix &+ digit
      position += 1
    }
    return position - start < digits.lowerBound ? nil : Unicode.Scalar(code)
  }
}
