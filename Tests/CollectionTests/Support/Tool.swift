import Foundation
import TestSupport
import Testing

/// A program that a test runs.
struct Tool {
  let url: URL

  /// A program of one of the environments below `.tools`. Throws when it is not there.
  init(_ name: String, of environment: String) throws {
    url = URL(filePath: try ProjectFolder.tool(name, of: environment))
  }

  init(path: String) { url = URL(filePath: path) }

  /// Runs to the end, with nothing in the environment but what is given. Waits while as many
  /// programs run as the machine has processors.
  func run(
    _ arguments: [String], in folder: URL, environment: [String: String]
  ) async throws -> Program.Outcome {
    let program = Program([url.path] + arguments, in: folder, environment: environment)
    return try await withCheckedThrowingContinuation { done in
      Thread {
        Self.slots.wait()
        let outcome = Result { try program.run() }
        Self.slots.signal()
        done.resume(with: outcome)
      }.start()
    }
  }

  private static let slots = DispatchSemaphore(value: ProcessInfo.processInfo.activeProcessorCount)
}

extension Program.Outcome {
  /// All of it, for the message of a failed expectation.
  var all: Comment { "\(description)" }
}
