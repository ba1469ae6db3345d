import Foundation

/// The built command, as a shell would run it.
struct Command {
  let status: Int32
  let output: String
  let errors: String

  /// - Parameters:
  ///   - arguments: What follows `mcapi`.
  ///   - folder: The current folder, inside the checkout.
  ///   - path: PATH; that of the tests when left out.
  static func mcapi(
    _ arguments: String..., in checkout: Checkout, folder: String = "", path: String? = nil
  ) throws -> Command {
    try mcapi(arguments, in: checkout, folder: folder, path: path)
  }

  static func mcapi(
    _ arguments: [String], in checkout: Checkout, folder: String = "", path: String? = nil
  ) throws -> Command {
    // The test bundle is a program in the same build folder.
    let bundle = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let process = Process()
    process.executableURL = bundle.deletingLastPathComponent().appending(path: "mcapi")
    process.arguments = arguments
    process.currentDirectoryURL = checkout.url(folder)
    if let path {
      process.environment = ProcessInfo.processInfo.environment.merging(["PATH": path]) { $1 }
    }
    let files = ["out", "err"].map {
      FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).\($0)")
    }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { try String(contentsOf: $0, encoding: .utf8) }
    return Command(status: process.terminationStatus, output: texts[0], errors: texts[1])
  }
}
