internal import ByteText
internal import CPosix

/// A point of time, to the second.
public struct Instant: Sendable, Comparable {
  /// Since 1970-01-01T00:00:00Z, without leap seconds.
  public let seconds: Int64

  /// From the seconds since 1970.
  public init(seconds: Int64) { self.seconds = seconds }

  /// The time by the clock of this host.
  public static var now: Instant { Instant(seconds: cposix_time()) }

  public static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }

  /// From a date of the Gregorian calendar and a time of day in UTC; nil when there is no such one.
  init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
    guard 1...9999 ~= year, 1...12 ~= month, day >= 1, 0...23 ~= hour, 0...59 ~= minute,
      0...59 ~= second,
      day <= daysBefore(month: month + 1, isLeap(year)) - daysBefore(month: month, isLeap(year))
    else { return nil }
    let days =
      daysBefore(year: year) + daysBefore(month: month, isLeap(year)) + day - 1 - daysBefore1970
    seconds = Int64(((days * 24 + hour) * 60 + minute) * 60 + second)
  }

  /// As ISO 8601 has it, `2026-01-31T23:59:59Z`. A time outside of the years 1 to 9999 is shown as
  /// the first or last of them.
  public var text: String {
    let bounded = min(max(seconds, -62_135_596_800), 253_402_300_799)
    // Counted from the first day of year 1, nothing is negative.
    let total = Int(bounded) + daysBefore1970 * 86400
    let (days, time) = (total / 86400, total % 86400)
    // A year is longer than 365 days, so that this is not too early.
    var year = days / 365 + 1
    while daysBefore(year: year) > days { year -= 1 }
    let day = days - daysBefore(year: year)
    var month = 12
    while daysBefore(month: month, isLeap(year)) > day { month -= 1 }

    var text: [UInt8] = []
    append(year, 4, "-", &text)
    append(month, 2, "-", &text)
    append(day - daysBefore(month: month, isLeap(year)) + 1, 2, "T", &text)
    append(time / 3600, 2, ":", &text)
    append(time / 60 % 60, 2, ":", &text)
    append(time % 60, 2, "Z", &text)
    return String(bytes: text)
  }
}

private let daysBefore1970 = 719_162

private func isLeap(_ year: Int) -> Bool {
  year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The days from the first of year 1 to the first of this one.
private func daysBefore(year: Int) -> Int {
  let years = year - 1
  return years * 365 + years / 4 - years / 100 + years / 400
}

/// The days from the first of January to the first of this month; 13 is the next January.
private func daysBefore(month: Int, _ isLeap: Bool) -> Int {
  // From March on a month has 30.6 days on the average, and rounding down gives each its own.
  month <= 2 ? (month - 1) * 31 : (month * 306 - 324) / 10 + (isLeap ? 1 : 0)
}

private func append(_ number: Int, _ width: Int, _ mark: Unicode.Scalar, _ text: inout [UInt8]) {
  var divisor = width == 4 ? 1000 : 10
  while divisor > 0 {
    text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
    divisor /= 10
  }
  text.append(UInt8(ascii: mark))
}
