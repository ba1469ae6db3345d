import Kubeconfig
import Testing

@Suite struct DurationTests {
  @Test(arguments: [
    ("0", 0), ("600", 600), ("600s", 600), ("90m", 5400), ("12h", 43200), ("30d", 2_592_000),
    ("1d12h", 129_600), ("3650d", 315_360_000),
  ])
  func durations(text: String, seconds: Int) {
    #expect(parseDuration(text) == seconds)
  }

  @Test(arguments: [
    "", "d", "-1", "1.5h", "1w", "30 d", "1d1", "h1", "99999999999999999999",
    "9999999999999d", "99999999999999",
  ])
  func whatIsNone(text: String) {
    #expect(parseDuration(text) == nil)
  }
}
