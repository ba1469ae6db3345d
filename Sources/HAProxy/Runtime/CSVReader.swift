/// Records of comma-separated values (RFC 4180), as HAProxy writes them: quotes stand where a text
/// has a comma, a quote or a line feed in it.
struct CSVReader {
  private let bytes: [UInt8]
  private var position = 0
  /// Whether a quote had no end.
  private(set) var isBroken = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The fields of the next record; nil behind the last. Empty lines are left out.
  mutating func next() -> [ArraySlice<UInt8>]? {
    while position < bytes.count && bytes[position] == 0x0A { position += 1 }
    if position == bytes.count { return nil }
    var fields: [ArraySlice<UInt8>] = []
    while true {
      fields.append(field())
      guard position < bytes.count else { return fields }
      let separator = bytes[position]
      position += 1
      if separator == 0x0A { return fields }
    }
  }

  private mutating func field() -> ArraySlice<UInt8> {
    let quote = UInt8(ascii: "\"")
    guard position < bytes.count, bytes[position] == quote else { return plain() }
    position += 1
    var value: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == quote {
        guard position < bytes.count, bytes[position] == quote else {
          // Whatever stands between the closing quote and the comma belongs to it.
          value += plain()
          return value[...]
        }
        position += 1
      }
      value.append(byte)
    }
    isBroken = true
    return value[...]
  }

  private mutating func plain() -> ArraySlice<UInt8> {
    let start = position
    while position < bytes.count, bytes[position] != 0x0A, bytes[position] != UInt8(ascii: ",") {
      position += 1
    }
    return bytes[start..<position]
  }
}
