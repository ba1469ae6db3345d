import Foundation

/// Programs that the command runs.
enum Tool {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The program's path, from PATH; throws with the package to install when it is not there.
  static func find(_ program: String, package: String) throws -> String {
    if program.contains("/") {
      guard FileManager.default.isExecutableFile(atPath: program) else {
        throw Failure(description: "\(program) is no program. \(package)")
      }
      return program
    }
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    guard
      let found = folders.map({ "\($0)/\(program)" }).first(
        where: FileManager.default.isExecutableFile(atPath:))
    else {
      throw Failure(description: "\(program) is not installed. \(package)")
    }
    return found
  }

  /// Runs a program with its output on ours. Throws when it does not end with 0.
  static func run(
    _ program: String, _ arguments: [String], in folder: URL, environment: [String: String] = [:]
  ) throws {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(
        description:
          "\(program) ended with \(process.terminationStatus); the command was: \(program) \(arguments.joined(separator: " "))"
      )
    }
  }

  /// A unified diff from a file to bytes, both under the name `path`; empty when they are the same.
  static func diff(from present: String, to wanted: [UInt8], path: String) throws -> String {
    let process = Process()
    let input = Pipe()
    let output = Pipe()
    process.executableURL = URL(
      filePath: try find("diff", package: "Install the package diffutils."))
    process.arguments = [
      "-u", "--label", "galaxy/\(path)", "--label", "models/\(path)", present, "-",
    ]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    // From another thread, since both pipes may fill.
    let writer = Thread {
      try? input.fileHandleForWriting.write(contentsOf: wanted)
      try? input.fileHandleForWriting.close()
    }
    writer.start()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }
}
