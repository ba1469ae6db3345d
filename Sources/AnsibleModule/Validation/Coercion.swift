internal import ByteText
internal import JSON

/// Why a value cannot be had in the wanted type, in Ansible's words.
struct CoercionError: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }

  fileprivate init(_ value: JSONValue, notA wanted: String) {
    reason = "<class '\(value.pythonTypeName)'> cannot be converted to \(wanted)"
  }
}

extension JSONValue {
  /// The value in the wanted type, as ansible-core 2.19 converts it. Elements of a list stay.
  func coerced(to type: OptionType) throws(CoercionError) -> JSONValue {
    switch type {
    case .str: .string(textOrEmpty)
    case .bool: .bool(try coercedBool())
    case .int: try coercedInt()
    case .float: .double(try coercedDouble())
    case .list: .array(try coercedList())
    case .dict: .object(try coercedObject())
    case .path: .string(expandedPath(textOrEmpty))
    case .raw: self
    case .json: .string(try coercedJSON())
    case .bytes: .int(try coercedSize(isBits: false))
    case .bits: .int(try coercedSize(isBits: true))
    }
  }

  private var textOrEmpty: String { isNull ? "" : pythonText }

  private func coercedBool() throws(CoercionError) -> Bool {
    let word: String
    switch self {
    case .bool(let value): return value
    case .string(let text): word = text.pythonStripped.lowercasedASCII
    case .int, .double: word = pythonEquals(1) ? "1" : pythonEquals(0) ? "0" : ""
    default: throw CoercionError(self, notA: "a bool")
    }
    if trueWords.contains(word) { return true }
    if falseWords.contains(word) { return false }
    let valid = (trueWords + falseWords).joined(separator: "', '")
    throw CoercionError(
      "The value '\(pythonText)' is not a valid boolean. Valid booleans include: '\(valid)', 1, 0")
  }

  private func coercedInt() throws(CoercionError) -> JSONValue {
    switch self {
    case .int, .bool: return self
    case .double(let value):
      if let whole = rounded(value), Double(whole) == value { return .int(whole) }
    case .string(let text):
      if let whole = wholeNumber(text) { return .int(whole) }
    default: break
    }
    throw CoercionError("\"\(pythonLiteral)\" cannot be converted to an int")
  }

  private func coercedDouble() throws(CoercionError) -> Double {
    switch self {
    case .double(let value): return value
    case .int(let value): return Double(value)
    case .bool(let value): return value ? 1 : 0
    case .string(let text):
      if let value = pythonFloat(text) { return value }
    default: break
    }
    throw CoercionError(self, notA: "a float")
  }

  private func coercedList() throws(CoercionError) -> [JSONValue] {
    switch self {
    case .array(let elements): return elements
    case .string(let text):
      return parts(of: text)
    case .int, .double, .bool: return [.string(pythonText)]
    case .null, .object: throw CoercionError(self, notA: "a list")
    }
  }

  /// A dictionary, JSON, a Python literal, or `key=value` pairs.
  @inline(never)
  func coercedObject() throws(CoercionError) -> JSONObject {
    if case .object(let object) = self { return object }
    guard case .string(let text) = self else { throw CoercionError(self, notA: "a dict") }
    if text.begins(with: "{") {
      if let object = (try? JSONValue(parsing: text))?.object { return object }
      if let object = parsePythonLiteral(text)?.object { return object }
      throw CoercionError("unable to evaluate string as dictionary")
    }
    guard text.scalars.contains("=") else {
      throw CoercionError("dictionary requested, could not parse JSON or key=value")
    }
    var object = JSONObject()
    for field in fields(of: text) {
      guard let mark = field.firstIndex(of: "=") else {
        throw CoercionError(
          "unable to evaluate string in the \"key=value\" format as dictionary")
      }
      object[String(field[..<mark])] = .string(String(field[(mark + 1)...]))
    }
    return object
  }

  private func coercedJSON() throws(CoercionError) -> String {
    switch self {
    case .string(let text): return text.pythonStripped
    case .array, .object: return asciiOnly(jsonText)
    default: throw CoercionError(self, notA: "a json string")
    }
  }

  private func coercedSize(isBits: Bool) throws(CoercionError) -> Int {
    if let size = size(pythonText, isBits: isBits) { return size }
    throw CoercionError(self, notA: isBits ? "a Bit value" : "a Byte value")
  }
}

/// Ansible's words for a boolean, in lower case.
let trueWords = ["y", "yes", "on", "1", "true", "t"]
let falseWords = ["n", "no", "off", "0", "false", "f"]

/// Splits on commas.
private func parts(of text: String) -> [JSONValue] {
  var parts: [JSONValue] = []
  var part: Scalars = []
  for scalar in text.scalars {
    if scalar == "," {
      parts.append(.string(String(part)))
      part = []
    } else {
      part.append(scalar)
    }
  }
  return parts + [.string(String(part))]
}

/// Splits on comma and space outside quotes; a backslash takes the next character as it is.
private func fields(of text: String) -> [Scalars] {
  var fields: [Scalars] = []
  var field: Scalars = []
  var quote: Unicode.Scalar?
  var isEscaped = false
  for scalar in text.scalars.stripped {
    if isEscaped {
      field.append(scalar)
      isEscaped = false
    } else if scalar == "\\" {
      isEscaped = true
    } else if let open = quote {
      if scalar == open { quote = nil } else { field.append(scalar) }
    } else if scalar == "'" || scalar == "\"" {
      quote = scalar
    } else if scalar == "," || scalar == " " {
      if !field.isEmpty { fields.append(field) }
      field = []
    } else {
      field.append(scalar)
    }
  }
  if !field.isEmpty { fields.append(field) }
  return fields
}

/// JSON text with everything beyond ASCII as `\uXXXX`, as Python's `json.dumps` writes it.
private func asciiOnly(_ json: String) -> String {
  var result: Scalars = []
  func escape(_ unit: UInt32) { result += ["\\", "u"] + hexDigits(unit, 4) }
  for scalar in json.scalars {
    switch scalar.value {
    case 0..<0x7F: result.append(scalar)
    case 0x7F..<0x10000: escape(scalar.value)
    default:
      escape(0xD800 + (scalar.value - 0x10000) >> 10)
      escape(0xDC00 + (scalar.value - 0x10000) & 0x3FF)
    }
  }
  return String(result)
}
