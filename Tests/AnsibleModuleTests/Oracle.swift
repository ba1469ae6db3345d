import Foundation
import JSON
import Testing

/// ansible-core 2.19 itself, in the virtual environment that `make test` makes.
enum Oracle {
  /// The answers of a script in `Oracle/` to these questions, in order.
  static func ask(
    _ questions: [JSONValue], script name: String = "ansible_core"
  ) throws -> [JSONValue] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let python = root.appending(path: ".tools/ansible-2.19/bin/python")
    try #require(
      FileManager.default.isExecutableFile(atPath: python.path),
      "\(python.path) is missing: `make test` makes it")
    let script = try #require(
      Bundle.module.url(forResource: name, withExtension: "py", subdirectory: "Oracle"))

    let process = Process()
    process.executableURL = python
    process.arguments = [script.path]
    process.environment = [
      "HOME": ProcessInfo.processInfo.environment["HOME"] ?? "/", "LANG": "C.UTF-8",
    ]
    let input = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: input) }
    try Data(questions.map { $0.jsonText + "\n" }.joined().utf8).write(to: input)
    process.standardInput = try FileHandle(forReadingFrom: input)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let lines = output.fileHandleForReading.readDataToEndOfFile().split(separator: 0x0A)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
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
