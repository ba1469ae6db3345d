import Foundation
import TestSupport

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
    let program = bundle.deletingLastPathComponent().appending(path: "mcapi").path
    let environment = ProcessInfo.processInfo.environment
    let outcome = try Program(
      [program] + arguments, in: checkout.url(folder),
      environment: environment.merging(path.map { ["PATH": $0] } ?? [:]) { $1 }
    ).run()
    return Command(status: outcome.status, output: outcome.output, errors: outcome.errors)
  }
}
