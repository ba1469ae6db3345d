extension Instant {
  /// A date of a certificate as RFC 5280 wants it: to the second and in UTC. Nil for
  /// 99991231235959Z, which stands for no date at all.
  @inline(never)
  static func reading(_ reader: inout DERReader) throws(DERFault) -> Instant? {
    let element = try reader.any()
    let yearDigits: Int
    switch element.tag {
    case DERTag.utcTime: yearDigits = 2
    case DERTag.generalizedTime: yearDigits = 4
    default: throw element.fault("has no date where one belongs")
    }
    let digits = element.content.dropLast().map { Int($0) - 0x30 }
    guard digits.count == yearDigits + 10, element.content.last == UInt8(ascii: "Z"),
      digits.allSatisfy({ 0...9 ~= $0 })
    else { throw element.fault("has a date that is not to the second and in UTC") }
    let pairs = stride(from: 0, to: digits.count, by: 2).map { digits[$0] * 10 + digits[$0 + 1] }
    let (century, rest) =
      yearDigits == 4 ? (pairs[0], pairs[1...]) : (pairs[0] >= 50 ? 19 : 20, pairs[...])
    let start = rest.startIndex
    let date = Instant(
      year: century * 100 + rest[start], month: rest[start + 1], day: rest[start + 2],
      hour: rest[start + 3], minute: rest[start + 4], second: rest[start + 5])
    guard let date else { throw element.fault("has a date that is not in the calendar") }
    return date.seconds == 253_402_300_799 ? nil : date
  }
}
