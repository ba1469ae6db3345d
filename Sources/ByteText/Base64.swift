/// Decodes base64 (RFC 4648, with padding); spaces and line breaks are skipped. Nil for anything
/// else.
package func decodeBase64(_ text: String) -> [UInt8]? { decodeBase64(text.bytes[...]) }

/// The same of the bytes of a text.
@inline(never)
package func decodeBase64(_ text: ArraySlice<UInt8>) -> [UInt8]? {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.count / 4 * 3)
  var bits: UInt32 = 0
  var digits = 0
  var padding = 0
  for character in text {
    let digit: UInt8
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = character - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = character - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): digit = 62
    case UInt8(ascii: "/"): digit = 63
    case UInt8(ascii: "="):
      padding += 1
      continue
    case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): continue
    default: return nil
    }
    if padding > 0 { return nil }
    bits = bits << 6 | UInt32(digit)
    digits += 1
    // After the first of four digits there is no whole byte yet, after each other one there is.
    let held = digits % 4
    if held != 1 { bytes.append(UInt8(truncatingIfNeeded: bits >> ((4 - held) % 4 * 2))) }
  }
  return (digits + padding) % 4 == 0 && padding <= 2 ? bytes : nil
}

/// Encodes as base64 (RFC 4648) on one line, with padding.
package func encodeBase64(_ bytes: [UInt8]) -> String {
  let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".bytes
  var text: [UInt8] = []
  text.reserveCapacity((bytes.count + 2) / 3 * 4)
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    var bits: UInt32 = 0
    for place in 0..<3 {
      bits = bits << 8 | UInt32(place < group.count ? group[start + place] : 0)
    }
    for place in 0..<4 {
      text.append(
        place <= group.count
          ? digits[Int(bits >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
    }
  }
  return String(bytes: text)
}
