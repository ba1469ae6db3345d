import Foundation
import Testing

@testable import Certificates

@Suite struct InstantTests {
  /// GNU date knows the Gregorian calendar from year 1 on.
  @Test func asDateSaysIt() throws {
    let openssl = OpenSSL()
    var generator = SeededGenerator(seed: 1)
    var seconds: [Int64] = [
      -62_135_596_800, -1, 0, 951_782_399, 951_782_400, 4_107_542_399, 253_402_300_799,
    ]
    for _ in 0..<3000 {
      seconds.append(.random(in: -62_135_596_800...253_402_300_799, using: &generator))
    }
    // Each day of years of each kind.
    for year: Int64 in [-2_208_988_800, 946_684_800, 1_735_689_600, 1_830_297_600] {
      for day: Int64 in 0..<366 { seconds.append(year + day * 86400) }
    }
    openssl.write(seconds.map { "@\($0)\n" }.joined(), to: "times")
    let texts = openssl.shell("date --utc --file times +%Y-%m-%dT%H:%M:%SZ")
      .split(separator: "\n").map(String.init)
    #expect(seconds.map { Instant(seconds: $0).text } == texts)
    for (second, text) in zip(seconds, texts) {
      let parts = text.split { "-T:Z".contains($0) }.compactMap { Int($0) }
      let read = Instant(
        year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4],
        second: parts[5])
      #expect(read?.seconds == second)
    }
  }

  @Test(arguments: [
    (2025, 2, 29, 0), (1900, 2, 29, 0), (2026, 4, 31, 0), (2026, 0, 1, 0), (2026, 13, 1, 0),
    (2026, 1, 0, 0), (2026, 1, 32, 0), (2026, 1, 1, 24), (0, 1, 1, 0), (10000, 1, 1, 0),
  ])
  func notInTheCalendar(year: Int, month: Int, day: Int, hour: Int) {
    #expect(
      Instant(year: year, month: month, day: day, hour: hour, minute: 0, second: 0) == nil)
  }

  @Test func beyondTheYears() {
    #expect(Instant(seconds: .max).text == "9999-12-31T23:59:59Z")
    #expect(Instant(seconds: .min).text == "0001-01-01T00:00:00Z")
  }

  @Test func now() {
    let difference = Double(Instant.now.seconds) - Date.now.timeIntervalSince1970
    #expect(abs(difference) < 5)
  }
}
