internal import ByteText

/// The name of who holds or has issued a certificate.
public struct DistinguishedName: Sendable, Equatable {
  /// Its DER. Names are compared by it, as Kubernetes does.
  let bytes: [UInt8]
  /// As RFC 2253 writes it, `CN=kubernetes-admin,O=system:masters`, in printable ASCII: other bytes
  /// are `\C3\A9`, and a value of a kind that is not known is `#` and its DER in hexadecimal.
  public let text: String

  init(_ reader: inout DERReader) throws(DERFault) {
    let name = try reader.next(DERTag.sequence)
    bytes = Array(reader.whole(name))
    // The last attribute of the DER is the first of the text; behind each stands what joins it.
    var parts: [(attribute: [UInt8], mark: UInt8)] = []
    var sets = reader.inside(name)
    while !sets.isAtEnd {
      var set = try sets.enter(DERTag.set)
      var mark = UInt8(ascii: ",")
      repeat {
        parts.append((try attribute(&set), mark))
        mark = UInt8(ascii: "+")
      } while !set.isAtEnd
    }
    var text: [UInt8] = []
    for part in parts.reversed() {
      text += part.attribute
      text.append(part.mark)
    }
    self.text = String(bytes: text.dropLast())
  }

  public static func == (left: DistinguishedName, right: DistinguishedName) -> Bool {
    left.bytes == right.bytes
  }
}

/// An attribute, as in `CN=kubernetes-admin`.
private func attribute(_ set: inout DERReader) throws(DERFault) -> [UInt8] {
  var pair = try set.enter(DERTag.sequence)
  let type = try pair.next(DERTag.oid)
  let value = try pair.any()
  try pair.finish()
  // UTF8, Numeric, Printable, Teletex, IA5 and Visible strings.
  let isText = [0x0C, 0x12, 0x13, 0x14, 0x16, 0x1A].contains(value.tag)
  let name = shortName(pair[type])
  var text = if let name { name.bytes } else { try dotted(type, pair[type]) }
  text.append(UInt8(ascii: "="))
  if isText, name != nil {
    append(pair[value], to: &text)
  } else {
    text.append(UInt8(ascii: "#"))
    for byte in pair.whole(value) { append(digitsOf: byte, to: &text) }
  }
  return text
}

/// The name of an attribute: those of X.520 that end in one byte, and two of RFC 4519.
private func shortName(_ type: ArraySlice<UInt8>) -> String? {
  if type.count == 3, type.starts(with: [0x55, 0x04]) {
    switch type.last {
    case 3: return "CN"
    case 4: return "SN"
    case 5: return "serialNumber"
    case 6: return "C"
    case 7: return "L"
    case 8: return "ST"
    case 9: return "street"
    case 10: return "O"
    case 11: return "OU"
    case 12: return "title"
    case 42: return "GN"
    default: return nil
    }
  }
  if type.elementsEqual([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x01]) {
    return "emailAddress"
  }
  if type.count == 10, type.starts(with: [0x09, 0x92, 0x26, 0x89, 0x93, 0xF2, 0x2C, 0x64, 0x01]) {
    switch type.last {
    case 1: return "UID"
    case 25: return "DC"
    default: return nil
    }
  }
  return nil
}

/// What has a meaning to readers of RFC 2253, and what cannot be seen, behind a backslash.
private func append(_ content: ArraySlice<UInt8>, to text: inout [UInt8]) {
  for place in content.indices {
    let byte = content[place]
    let isFirst = place == content.startIndex
    let isEscaped =
      switch byte {
      case 0x00..<0x20, 0x7F...0xFF: true
      case UInt8(ascii: " "): isFirst || place == content.endIndex - 1
      case UInt8(ascii: "#"): isFirst
      default: byte.isOne(of: ",+\"\\<>;")
      }
    if isEscaped { text.append(UInt8(ascii: "\\")) }
    if 0x20..<0x7F ~= byte { text.append(byte) } else { append(digitsOf: byte, to: &text) }
  }
}

/// Two hexadecimal digits, with capital letters.
private func append(digitsOf byte: UInt8, to text: inout [UInt8]) {
  for digit in [byte >> 4, byte & 0x0F] {
    text.append(digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "A") - 10))
  }
}

/// An object identifier as in `2.5.4.17`.
private func dotted(
  _ type: DERElement, _ content: ArraySlice<UInt8>
) throws(DERFault) -> [UInt8] {
  guard let last = content.last, last < 0x80 else { throw type.fault(.oid) }
  var text: [UInt8] = []
  var arc = 0
  for byte in content {
    if arc >> 50 > 0 { throw type.fault(.oid) }
    arc = arc << 7 | Int(byte & 0x7F)
    if byte >= 0x80 { continue }
    // The first number stands for two.
    if text.isEmpty {
      let first = min(arc / 40, 2)
      text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: first))
      arc -= first * 40
    }
    text.append(UInt8(ascii: "."))
    text += arc.description.bytes
    arc = 0
  }
  return text
}
