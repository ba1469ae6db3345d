internal import ByteText
internal import JSON

// How Python writes, compares and names values: Ansible's messages and coercions are made of it.
extension JSONValue {
  /// `str(value)`
  var pythonText: String {
    if case .string(let text) = self { text } else { pythonLiteral }
  }

  /// `repr(value)`
  var pythonLiteral: String {
    switch self {
    case .null: return "None"
    case .bool(let value): return value ? "True" : "False"
    case .int(let value): return value.description
    case .double(let value): return pythonNumber(value)
    case .string(let text): return quoted(text)
    case .array(let elements):
      return "[" + elements.map { $0.pythonLiteral }.listed + "]"
    case .object(let object):
      var members: [String] = []
      for (key, value) in object {
        members.append("\(quoted(key)): \(value.pythonLiteral)")
      }
      return "{" + members.listed + "}"
    }
  }

  /// `type(value).__name__`
  var pythonTypeName: String {
    switch self {
    case .null: "NoneType"
    case .bool: "bool"
    case .int: "int"
    case .double: "float"
    case .string: "str"
    case .array: "list"
    case .object: "dict"
    }
  }

  /// `self == other`, where True is 1 and 1 is 1.0.
  func pythonEquals(_ other: JSONValue) -> Bool {
    if let left = pythonNumeric, let right = other.pythonNumeric { return left == right }
    switch (self, other) {
    case (.array(let left), .array(let right)):
      return left.count == right.count
        && left.indices.allSatisfy { left[$0].pythonEquals(right[$0]) }
    case (.object(let left), .object(let right)):
      return left.count == right.count
        && left.keys.allSatisfy { key in
          guard let one = left[key], let two = right[key] else { return false }
          return one.pythonEquals(two)
        }
    default: return self == other
    }
  }

  private var pythonNumeric: Double? {
    if case .bool(let value) = self { value ? 1 : 0 } else { double }
  }
}

/// `repr` of a float: the shortest digits that read back, with an exponent below 1e-4 and from 1e16.
private func pythonNumber(_ value: Double) -> String {
  if value.isNaN { return "nan" }
  if value.isInfinite { return value < 0 ? "-inf" : "inf" }
  return numberText(value)
}

/// `repr` of a string: single quotes unless it has some and no double ones.
private func quoted(_ text: String) -> String {
  let scalars = text.scalars
  let quote: Unicode.Scalar = scalars.contains("'") && !scalars.contains("\"") ? "\"" : "'"
  var result: Scalars = [quote]
  for scalar in scalars {
    switch scalar {
    case quote, "\\": result += ["\\", scalar]
    case "\n": result += ["\\", "n"]
    case "\r": result += ["\\", "r"]
    case "\t": result += ["\\", "t"]
    default:
      if isPrintable(scalar) {
        result.append(scalar)
      } else {
        result += escaped(scalar.value)
      }
    }
  }
  result.append(quote)
  return String(result)
}

/// `str.isprintable` of one character, without the table of characters not yet assigned.
private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x20: true
  case 0...0x1F, 0x7F...0xA0, 0xAD, 0x1680, 0x180E, 0x2000...0x200F, 0x2028...0x202F,
    0x205F...0x206F, 0x3000, 0xE000...0xF8FF, 0xFEFF, 0xFFF0...0xFFFB, 0xFFFE...0xFFFF,
    0xE0000...0xE00FF, 0xE01F0...:
    false
  default: true
  }
}

private func escaped(_ value: UInt32) -> Scalars {
  value < 0x100
    ? ["\\", "x"] + hexDigits(value, 2)
    : value < 0x10000 ? ["\\", "u"] + hexDigits(value, 4) : ["\\", "U"] + hexDigits(value, 8)
}

func hexDigits(_ value: UInt32, _ count: UInt32) -> Scalars {
  var digits: Scalars = []
  for place in (0..<count).reversed() {
    let digit = UInt8(value >> (place * 4) & 0xF)
    digits.append(Unicode.Scalar(digit < 10 ? 0x30 + digit : 0x61 + digit - 10))
  }
  return digits
}
