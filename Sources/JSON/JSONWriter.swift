internal import ByteText

extension JSONValue {
  /// The value as JSON on one line, in UTF-8. NaN and infinity, which JSON lacks, become null.
  public var jsonBytes: [UInt8] {
    var writer = JSONWriter()
    writer.write(self)
    return writer.bytes
  }

  /// `jsonBytes` as a string.
  public var jsonText: String { String(bytes: jsonBytes) }
}

private struct JSONWriter {
  var bytes: [UInt8] = []

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .int(let value): append(value.description)
    case .double(let value): append(value.isFinite ? numberText(value) : "null")
    case .string(let value): write(value)
    case .array(let elements):
      append("[")
      for (index, element) in elements.enumerated() {
        if index > 0 { append(", ") }
        write(element)
      }
      append("]")
    case .object(let object):
      append("{")
      var isFirst = true
      for (key, value) in object {
        if !isFirst { append(", ") }
        isFirst = false
        write(key)
        append(": ")
        write(value)
      }
      append("}")
    }
  }

  private mutating func write(_ string: String) {
    append("\"")
    for byte in string.bytes {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x08: append("\\b")
      case 0x0C: append("\\f")
      case UInt8(ascii: "\n"): append("\\n")
      case UInt8(ascii: "\r"): append("\\r")
      case UInt8(ascii: "\t"): append("\\t")
      case 0..<0x20, 0x7F:
        append(byte < 0x10 ? "\\u000" : "\\u00")
        append(integerText(UInt64(byte), radix: 16))
      default: bytes.append(byte)
      }
    }
    append("\"")
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.bytes) }
}
