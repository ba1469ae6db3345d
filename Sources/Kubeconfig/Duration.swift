internal import ByteText

/// Seconds in a text such as `30d`, `12h`, `90m`, `600s`, `1d12h`, or a number of seconds; nil for any
/// other text.
public func parseDuration(_ text: String) -> Int? {
  var seconds = 0
  var number: Int?
  var hasUnit = false
  for byte in text.bytes {
    let unit: Int
    switch byte {
    case 0x30...0x39:
      let (product, overflow) = (number ?? 0).multipliedReportingOverflow(by: 10)
      if overflow || product > longest { return nil }
      number = product + Int(byte - 0x30)
      continue
    case UInt8(ascii: "d"): unit = 86400
    case UInt8(ascii: "h"): unit = 3600
    case UInt8(ascii: "m"): unit = 60
    case UInt8(ascii: "s"): unit = 1
    default: return nil
    }
    guard let count = number else { return nil }
    seconds += count * unit
    if seconds > longest { return nil }
    number = nil
    hasUnit = true
  }
  guard let number else { return hasUnit ? seconds : nil }
  return hasUnit || number > longest ? nil : number
}

/// A thousand years are more than anybody means, and can be added to a date without care.
private let longest = 1000 * 366 * 86400
