import Foundation
import Testing

/// A program that a test runs.
struct Tool {
  let url: URL

  /// A program of one of the environments below `.tools`. Throws when it is not there.
  init(_ name: String, of environment: String) throws {
    url = Checkout.root.appending(path: ".tools/\(environment)/bin/\(name)")
    try #require(
      FileManager.default.isExecutableFile(atPath: url.path),
      "\(url.path) is missing. Run `make test`, or lab/setup.sh test, which installs it.")
  }

  init(path: String) { url = URL(filePath: path) }

  /// How a program ended, and what it said.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String

    /// All of it, for the message of a failed expectation.
    var all: Comment { "status \(status)\n\(output)\n\(errors)" }
  }

  /// Runs to the end, with nothing in the environment but what is given. Waits while as many
  /// programs run as the machine has processors.
  func run(
    _ arguments: [String], in folder: URL, environment: [String: String]
  ) async throws -> Outcome {
    await Slots.all.take()
    let outcome: Result<Outcome, any Error>
    do {
      outcome = .success(try await runNow(arguments, in: folder, environment: environment))
    } catch {
      outcome = .failure(error)
    }
    await Slots.all.give()
    return try outcome.get()
  }

  private func runNow(
    _ arguments: [String], in folder: URL, environment: [String: String]
  ) async throws -> Outcome {
    // Files, because a pipe that nobody reads fills up.
    let area = try Area()
    let output = try FileHandle(forWritingTo: URL(filePath: area.write("output", "")))
    let errors = try FileHandle(forWritingTo: URL(filePath: area.write("errors", "")))
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in done.resume() }
      do { try unblockingSignals(process.run) } catch { done.resume(throwing: error) }
    }
    try output.close()
    try errors.close()
    return Outcome(
      status: process.terminationStatus, output: try area.text("output"),
      errors: try area.text("errors"))
  }
}

/// A program inherits the signals that the thread which starts it blocks, and Dispatch's threads
/// block most.
private func unblockingSignals(_ start: () throws -> Void) rethrows {
  var none = sigset_t()
  var blocked = sigset_t()
  sigemptyset(&none)
  pthread_sigmask(SIG_SETMASK, &none, &blocked)
  defer { pthread_sigmask(SIG_SETMASK, &blocked, nil) }
  try start()
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
