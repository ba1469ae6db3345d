/// The name of who holds or has issued a certificate.
public struct DistinguishedName: Sendable, Equatable {
  /// Its DER. Names are compared by it, as Kubernetes does.
  let bytes: ArraySlice<UInt8>
  /// As RFC 2253 writes it, `CN=kubernetes-admin,O=system:masters`, in printable ASCII: other bytes
  /// are `\C3\A9`, and a value of a kind that is not known is `#` and its DER in hexadecimal.
  public let text: String

  init(_ reader: inout DERReader) throws(DERFault) {
    let name = try reader.next(DERTag.sequence)
    bytes = name.whole
    // The last attribute of the DER is the first of the text; behind each stands what joins it.
    var parts: [(attribute: [UInt8], mark: UInt8)] = []
    var sets = DERReader(in: name)
    while !sets.isAtEnd {
      var set = DERReader(in: try sets.next(DERTag.set))
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
    self.text = String(decoding: text.dropLast(), as: UTF8.self)
  }

  public static func == (left: DistinguishedName, right: DistinguishedName) -> Bool {
    left.bytes.elementsEqual(right.bytes)
  }
}

/// An attribute, as in `CN=kubernetes-admin`.
private func attribute(_ set: inout DERReader) throws(DERFault) -> [UInt8] {
  try set.sequence { pair throws(DERFault) in
    let type = try pair.next(DERTag.oid)
    let value = try pair.any()
    if let name = shortName(type.content) {
      return Array(name.utf8) + [UInt8(ascii: "=")] + valueText(value)
    }
    return try dotted(type) + [UInt8(ascii: "=")] + hexadecimal(value)
  }
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

private func valueText(_ value: DERElement) -> [UInt8] {
  // UTF8, Numeric, Printable, Teletex, IA5 and Visible strings.
  guard [0x0C, 0x12, 0x13, 0x14, 0x16, 0x1A].contains(value.tag) else { return hexadecimal(value) }
  let content = value.content
  var text: [UInt8] = []
  for (place, byte) in zip(content.indices, content) {
    let isAtEdge = place == content.startIndex || place == content.endIndex - 1
    switch byte {
    case 0x00..<0x20, 0x7F...0xFF:
      text += [UInt8(ascii: "\\")] + digits(byte)
      continue
    case UInt8(ascii: " "): if isAtEdge { text.append(UInt8(ascii: "\\")) }
    case UInt8(ascii: "#"):
      if place == content.startIndex { text.append(UInt8(ascii: "\\")) }
    default: if ",+\"\\<>;".utf8.contains(byte) { text.append(UInt8(ascii: "\\")) }
    }
    text.append(byte)
  }
  return text
}

private func hexadecimal(_ value: DERElement) -> [UInt8] {
  var text = [UInt8(ascii: "#")]
  for byte in value.whole { text += digits(byte) }
  return text
}

/// Two digits and capital letters.
private func digits(_ byte: UInt8) -> [UInt8] {
  [byte >> 4, byte & 0x0F].map { $0 + ($0 < 10 ? UInt8(ascii: "0") : UInt8(ascii: "A") - 10) }
}

/// An object identifier as in `2.5.4.17`.
private func dotted(_ type: DERElement) throws(DERFault) -> [UInt8] {
  var arcs: [Int] = []
  var arc = 0
  for byte in type.content {
    if arc >> 50 > 0 { throw type.fault("has an object identifier with a number too great") }
    arc = arc << 7 | Int(byte & 0x7F)
    if byte >= 0x80 { continue }
    // The first number stands for two.
    if arcs.isEmpty {
      let first = min(arc / 40, 2)
      arcs.append(first)
      arc -= first * 40
    }
    arcs.append(arc)
    arc = 0
  }
  guard let last = type.content.last, last < 0x80 else {
    throw type.fault("has an object identifier that is none")
  }
  var text: [UInt8] = []
  for arc in arcs {
    if !text.isEmpty { text.append(UInt8(ascii: ".")) }
    text += Array(String(arc).utf8)
  }
  return text
}
