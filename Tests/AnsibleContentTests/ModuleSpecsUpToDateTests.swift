import Foundation
import Testing

/// The generated specs of foreign modules say what `ansible-doc` says today.
@Suite struct ModuleSpecsUpToDateTests {
  /// The checkout: three folders up from this file.
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func path(_ relative: String) throws -> String {
    let path = root.appending(path: relative).path
    try #require(
      FileManager.default.fileExists(atPath: path),
      "\(relative) is missing: `make test` installs it before it runs the tests")
    return path
  }

  @Test func generatedSpecsAreWhatAnsibleDocSays() throws {
    let script = "Sources/AnsibleContent/Modules/regenerate.py"
    let process = Process()
    process.executableURL = URL(filePath: try Self.path(".tools/ansible-2.19/bin/python3"))
    process.arguments = [
      "-B", try Self.path(script), "--check",
      "--oldest", try Self.path(".tools/ansible-2.15"),
      "--newest", try Self.path(".tools/ansible-2.19"),
      "--collections", try Self.path(".tools/collections"),
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(
      process.terminationStatus == 0,
      "\(String(decoding: said, as: UTF8.self))\nTo regenerate, run \(script) without --check.")
  }
}
