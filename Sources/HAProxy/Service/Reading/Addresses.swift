internal import ByteText

/// Whether it is IPv4, IPv6 or a host name.
func isAddress(_ bytes: [UInt8]) -> Bool {
  if bytes.contains(UInt8(ascii: ":")) { return isIPv6(bytes) }
  return bytes.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
    ? isIPv4(bytes[...]) : isHostName(bytes)
}

func isNetwork(_ bytes: [UInt8]) -> Bool {
  guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else {
    return isIPv4(bytes[...]) || isIPv6(bytes)
  }
  let length = decimal(bytes[(slash + 1)...], most: 3)
  let address = bytes[..<slash]
  if isIPv4(address) { return 0...32 ~= length }
  return isIPv6(Array(address)) && 0...128 ~= length
}

private func isIPv4(_ bytes: ArraySlice<UInt8>) -> Bool {
  let parts = bytes[...].parts(at: UInt8(ascii: "."))
  return parts.count == 4 && parts.allSatisfy { 0...255 ~= decimal($0, most: 3) }
}

/// At most 8 groups of at most 4 hexadecimal digits, `::` once for groups of zeros, at the end
/// perhaps an IPv4 address (RFC 4291, section 2.2).
private func isIPv6(_ bytes: [UInt8]) -> Bool {
  let colon = UInt8(ascii: ":")
  var groups = bytes[...].parts(at: colon)
  var width = 8
  if let last = groups.last, last.contains(UInt8(ascii: ".")) {
    if groups.count == 1 || !isIPv4(last) { return false }
    groups.removeLast()
    width = 6
  }
  // The ends of "::1" and "1::" are empty twice, any other gap once; a colon alone ends nothing.
  let starts = bytes.starts(with: [colon, colon])
  let ends = bytes.count >= 2 && bytes.suffix(2).elementsEqual([colon, colon])
  if bytes.first == colon && !starts || bytes.last == colon && !ends { return false }
  if starts { groups.removeFirst() }
  if ends && groups.count > 1 { groups.removeLast() }
  let gaps = groups.filter { $0.isEmpty }.count
  let isHex = groups.allSatisfy { group in
    group.count <= 4
      && group.allSatisfy { isDigit($0) || 0x41...0x46 ~= $0 || 0x61...0x66 ~= $0 }
  }
  return isHex && gaps <= 1 && (gaps == 1 ? groups.count - 1 < width : groups.count == width)
}

private func isHostName(_ bytes: [UInt8]) -> Bool {
  let labels = bytes[...].parts(at: UInt8(ascii: "."))
  return bytes.count <= 253
    && labels.allSatisfy { label in
      1...63 ~= label.count && label.first != UInt8(ascii: "-")
        && label.last != UInt8(ascii: "-")
        && label.allSatisfy {
          isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
    }
}

/// The value of at most `most` decimal digits, without a zero before others; else -1.
func decimal(_ digits: ArraySlice<UInt8>, most: Int) -> Int {
  guard 1...most ~= digits.count, digits.count == 1 || digits.first != UInt8(ascii: "0") else {
    return -1
  }
  var value = 0
  for digit in digits {
    if !isDigit(digit) { return -1 }
    value = value * 10 + Int(digit - 0x30)
  }
  return value
}
