import Foundation
import JSON
import Testing

/// kubectl, which says what a kubeconfig means. It takes 50 ms a call, so calls are made in bulk.
struct Kubectl {
  /// A call of `kubectl config`.
  struct Call {
    /// The files of the variable KUBECONFIG.
    let files: [String]
    var arguments = ["view", "--raw", "-o", "json"]
  }

  struct Answer {
    let isSuccess: Bool
    /// What was printed; null when it is no JSON.
    let json: JSONValue
    let error: String
  }

  /// Makes the calls, two at a time, and returns the answers in their order.
  static func run(_ calls: [Call]) throws -> [Answer] {
    let folder = NSTemporaryDirectory() + "kubectl-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let lines = calls.enumerated().map { number, call in
      let arguments = call.arguments.map(quoted).joined(separator: " ")
      return "KUBECONFIG=\(quoted(call.files.joined(separator: ":"))) kubectl config \(arguments)"
        + " >\(folder)/\(number).out 2>\(folder)/\(number).error; echo $? >\(folder)/\(number).code"
    }
    try Data(lines.joined(separator: "\0").utf8).write(to: URL(filePath: folder + "/calls"))
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c", "cd / && exec xargs -0 -n 1 -P 2 sh -c <\(quoted(folder + "/calls"))",
    ]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "kubectl was not run")
    return try calls.indices.map { number in
      let text = try String(contentsOfFile: "\(folder)/\(number).out", encoding: .utf8)
      return Answer(
        isSuccess: try String(contentsOfFile: "\(folder)/\(number).code", encoding: .utf8) == "0\n",
        json: (try? JSONValue(parsing: text)) ?? .null,
        error: try String(contentsOfFile: "\(folder)/\(number).error", encoding: .utf8))
    }
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}
