internal import ByteText
import CJansson

/// Why a text is not JSON, and where. Holds none of the text itself, which may be secret.
public struct JSONError: Error, Equatable, Sendable {
  /// What is wrong, as in "unexpected end of the text".
  public let reason: String
  /// Line from 1, and column in it; both nil where the fault has no single place.
  public let line: Int?
  public let column: Int?

  /// The reason followed by the place.
  public var message: String {
    guard let line, let column else { return reason }
    return "\(reason) (line \(line), column \(column))"
  }
}

extension JSONValue {
  /// Reads one JSON value that fills `bytes` (UTF-8), nested at most 2048 deep.
  ///
  /// Of a repeated key the last value counts. `\u0000` is allowed in strings, not in keys. Half a
  /// surrogate pair, which Python writes for a file name that is not UTF-8, becomes U+FFFD.
  /// Throws `JSONError` for anything else that is not JSON, and for numbers out of range.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    var bytes = bytes
    replaceLoneSurrogates(in: &bytes)
    var error = json_error_t()
    let flags = Int(JSON_DECODE_ANY) | Int(JSON_ALLOW_NUL)
    let root = bytes.withUnsafeBytes { text in
      json_loadb(text.baseAddress?.assumingMemoryBound(to: CChar.self), text.count, flags, &error)
    }
    guard let root else { throw JSONError(error) }
    self.init(root)
    json_decref(root)
  }

  /// Reads one JSON value, as `init(parsing:)` does for bytes.
  public init(parsing text: String) throws(JSONError) {
    try self.init(parsing: text.bytes)
  }

  private init(_ value: UnsafeMutablePointer<json_t>) {
    switch value.pointee.type {
    case JSON_TRUE: self = .bool(true)
    case JSON_FALSE: self = .bool(false)
    case JSON_INTEGER: self = .int(Int(json_integer_value(value)))
    case JSON_REAL: self = .double(json_real_value(value))
    case JSON_STRING:
      self = .string(makeString(json_string_value(value), json_string_length(value)))
    case JSON_ARRAY:
      let count = json_array_size(value)
      var elements: [JSONValue] = []
      elements.reserveCapacity(count)
      for index in 0..<count {
        if let element = json_array_get(value, index) { elements.append(JSONValue(element)) }
      }
      self = .array(elements)
    case JSON_OBJECT:
      var object = JSONObject()
      var member = json_object_iter(value)
      while let current = member {
        let key = json_object_iter_key(current)
        if let key, let value = json_object_iter_value(current) {
          object[String(cString: key)] = JSONValue(value)
        }
        member = json_object_iter_next(value, current)
      }
      self = .object(object)
    default: self = .null
    }
  }
}

private func makeString(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
  guard let start else { return "" }
  return UnsafeRawBufferPointer(start: start, count: count).withMemoryRebound(to: UInt8.self) {
    String(decoding: $0, as: UTF8.self)
  }
}

/// Writes `\uFFFD` over each `\uD800` ... `\uDFFF` that is not half of a pair: jansson refuses them.
private func replaceLoneSurrogates(in bytes: inout [UInt8]) {
  let backslash = UInt8(ascii: "\\")
  var position = 0
  while position + 5 < bytes.count {
    guard bytes[position] == backslash else {
      position += 1
      continue
    }
    guard let unit = escapedUnit(bytes, at: position) else {
      position += 2
      continue
    }
    if unit & 0xFC00 == 0xD800, let low = escapedUnit(bytes, at: position + 6),
      low & 0xFC00 == 0xDC00
    {
      position += 12
      continue
    }
    if unit & 0xF800 == 0xD800 {
      for (offset, byte) in "FFFD".bytes.enumerated() { bytes[position + 2 + offset] = byte }
    }
    position += 6
  }
}

/// The UTF-16 unit of the escape `\uXXXX` that begins at `position`, if one does.
private func escapedUnit(_ bytes: [UInt8], at position: Int) -> UInt16? {
  guard position + 5 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
    bytes[position + 1] == UInt8(ascii: "u")
  else { return nil }
  var unit: UInt16 = 0
  for byte in bytes[(position + 2)..<(position + 6)] {
    let digit: UInt8
    switch byte {
    case 0x30...0x39: digit = byte - 0x30
    case 0x41...0x46: digit = byte - 0x41 + 10
    case 0x61...0x66: digit = byte - 0x61 + 10
    default: return nil
    }
    unit = unit << 4 | UInt16(digit)
  }
  return unit
}

extension JSONError {
  /// jansson's own text quotes the input near the fault: its code says the same without it.
  fileprivate init(_ error: json_error_t) {
    var error = error
    let code = json_error_code(&error)
    reason =
      switch code {
      case json_error_out_of_memory: "not enough memory"
      case json_error_stack_overflow: "nested too deeply"
      case json_error_premature_end_of_input: "unexpected end of the text"
      case json_error_end_of_input_expected: "more text after the end of the value"
      case json_error_invalid_utf8: "not UTF-8"
      case json_error_null_byte_in_key, json_error_null_character: "NUL in the text"
      case json_error_numeric_overflow: "number out of range"
      default: "syntax error"
      }
    let hasPlace = error.line > 0 && code != json_error_out_of_memory
    line = hasPlace ? Int(error.line) : nil
    column = hasPlace ? Int(error.column) : nil
  }
}
