internal import ByteText

/// Reads through the bytes of a scalar.
struct Cursor {
  private let bytes: [UInt8]
  private var place = 0

  init(_ text: String) { bytes = text.bytes }

  var atEnd: Bool { place == bytes.count }
  var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    place += 1
    return true
  }

  /// Takes bytes while they match, at most `limit`, and says how many.
  mutating func take(atMost limit: Int = .max, while matches: (UInt8) -> Bool) -> Int {
    let start = place
    while place < bytes.count, place - start < limit, matches(bytes[place]) { place += 1 }
    return place - start
  }

  /// Takes the rest if it is not empty and every byte matches.
  mutating func takeRest(while matches: (UInt8) -> Bool) -> Bool {
    take(while: matches) > 0 && atEnd
  }

  mutating func takeSign() -> Bool { take("-") || take("+") }
}

func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

func isDigitOrUnderscore(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: "_") }

func isHexDigit(_ byte: UInt8) -> Bool {
  isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
}

func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
