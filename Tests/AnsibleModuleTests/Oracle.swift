import Foundation
import JSON
import TestSupport
import Testing

/// ansible-core 2.19 itself, in the virtual environment that `make test` makes.
enum Oracle {
  /// The answers of a script in `Oracle/` to these questions, in order.
  static func ask(
    _ questions: [JSONValue], script name: String = "ansible_core"
  ) throws -> [JSONValue] {
    let script = try #require(
      Bundle.module.url(forResource: name, withExtension: "py", subdirectory: "Oracle"))

    let asked = try Program(
      [ProjectFolder.tool("python", of: "ansible-2.19"), script.path],
      environment: [
        "HOME": ProcessInfo.processInfo.environment["HOME"] ?? "/", "LANG": "C.UTF-8",
      ], input: Data(questions.map { $0.jsonText + "\n" }.joined().utf8)
    ).succeed()
    let lines = asked.output.utf8.split(separator: 0x0A)
    try #require(lines.count == questions.count)
    return try lines.map { try JSONValue(parsing: Array($0)) }
  }
}

/// SplitMix64: the same cases on every machine and every run.
struct FixedRandom: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  mutating func pick<T>(_ values: [T]) -> T {
    values[Int.random(in: 0..<values.count, using: &self)]
  }
}
