extension Instant {
  /// A date of a certificate as RFC 5280 wants it: to the second and in UTC. Nil for
  /// 99991231235959Z, which stands for no date at all.
  @inline(never)
  static func reading(_ reader: inout DERReader) throws(DERFault) -> Instant? {
    let element = try reader.any()
    var rest = reader[element]
    let hasCentury = element.tag == DERTag.generalizedTime
    if !hasCentury, element.tag != DERTag.utcTime { throw element.fault(.noDate) }
    guard rest.count == (hasCentury ? 15 : 13), rest.popLast() == UInt8(ascii: "Z"),
      rest.allSatisfy({ 0x30...0x39 ~= $0 })
    else { throw element.fault(.date) }
    /// The next two digits.
    func pair() -> Int {
      let start = rest.startIndex
      let number = Int(rest[start] - 0x30) * 10 + Int(rest[start + 1] - 0x30)
      rest = rest.dropFirst(2)
      return number
    }
    var year = pair()
    year = hasCentury ? year * 100 + pair() : year + (year >= 50 ? 1900 : 2000)
    let date = Instant(
      year: year, month: pair(), day: pair(), hour: pair(), minute: pair(), second: pair())
    guard let date else { throw element.fault(.calendar) }
    return date.seconds == 253_402_300_799 ? nil : date
  }
}
