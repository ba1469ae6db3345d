import Foundation
import TestSupport
import Testing

/// The generated specs of foreign modules say what `ansible-doc` says today.
@Suite(.blocking) struct ModuleSpecsUpToDateTests {
  private static func path(_ relative: String) throws -> String {
    let path = ProjectFolder.root.appending(path: relative).path
    try #require(
      FileManager.default.fileExists(atPath: path),
      "\(relative) is missing: `make test` installs it before it runs the tests")
    return path
  }

  @Test func generatedSpecsAreWhatAnsibleDocSays() throws {
    let script = "Sources/AnsibleContent/Modules/regenerate.py"
    var program = Program([
      try Self.path(".tools/ansible-2.19/bin/python3"), "-B", try Self.path(script), "--check",
      "--oldest", try Self.path(".tools/ansible-2.15"),
      "--newest", try Self.path(".tools/ansible-2.19"),
      "--collections", try Self.path(".tools/collections"),
    ])
    program.mergesErrors = true
    let outcome = try program.run()
    #expect(
      outcome.status == 0, "\(outcome.output)\nTo regenerate, run \(script) without --check.")
  }
}
