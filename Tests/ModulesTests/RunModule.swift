import Foundation
import JSON
import TestSupport
import Testing

/// Runs a module as Ansible does: a process, a file with the arguments, the result on its output.
///
/// MCAPI_MODULES names the folder with the release binaries, which `make test` tests, and
/// MCAPI_MODULE_RUNNER a command to run them under, such as `qemu-aarch64-static`. Without the first it
/// is the hosted build, for a quick look while a module is written.
struct RunModule {
  let name: String

  struct Outcome {
    let exitCode: Int32
    let output: JSONValue
    /// Everything that was printed.
    let text: String

    var failed: Bool { output["failed"] == true }
    var changed: Bool? { output["changed"]?.bool }
    var message: String { output["msg"]?.string ?? "" }
  }

  func callAsFunction(
    _ arguments: JSONObject, asUser user: String? = nil, environment: [String] = [],
    in folder: String
  ) throws -> Outcome {
    let file = folder + "/arguments-" + UUID().uuidString
    try Data(JSONValue.object(arguments).jsonBytes).write(to: URL(filePath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    return try run([file], asUser: user, environment: environment)
  }

  func run(
    _ arguments: [String], input: Data? = nil, asUser user: String? = nil,
    environment: [String] = [], under wrapper: [String] = []
  ) throws -> Outcome {
    var command = try environment + wrapper + self.command(arguments)
    if let user { command = ["/usr/sbin/runuser", "-u", user, "--"] + command }
    let process = try Program(["/usr/bin/env"] + command, input: input).run()
    let text = process.output
    #expect(text.first == "\n")
    #expect(text.last == "\n")
    let output = try JSONValue(parsing: text)
    #expect((output["failed"] == true) == (process.status != 0))
    return Outcome(exitCode: process.status, output: output, text: text)
  }

  /// What starts the module, for those who need to start it in a way of their own.
  func command(_ arguments: [String]) throws -> [String] { try runner + [path] + arguments }

  private var runner: [String] {
    (ProcessInfo.processInfo.environment["MCAPI_MODULE_RUNNER"] ?? "").split(separator: " ")
      .map(String.init)
  }

  private var path: String {
    get throws {
      let folder =
        ProcessInfo.processInfo.environment["MCAPI_MODULES"]
        ?? Bundle.main.executableURL?.deletingLastPathComponent().path ?? "."
      let path = folder + "/" + name
      try #require(FileManager.default.isExecutableFile(atPath: path), "\(path) is not built")
      return path
    }
  }
}

extension JSONObject {
  func merging(_ other: JSONObject) -> JSONObject {
    var merged = self
    merged.merge(other)
    return merged
  }
}
