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
    await Slots.all.take()
    let outcome: Result<Program.Outcome, any Error>
    do {
      let program = Program([url.path] + arguments, in: folder, environment: environment)
      outcome = .success(try await program.runAside())
    } catch {
      outcome = .failure(error)
    }
    await Slots.all.give()
    return try outcome.get()
  }
}

extension Program.Outcome {
  /// All of it, for the message of a failed expectation.
  var all: Comment { "\(description)" }
}

/// Leave to run a program: as many at a time as the machine has processors.
private actor Slots {
  static let all = Slots()
  private var free = ProcessInfo.processInfo.activeProcessorCount
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func give() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}
