public import Foundation

/// A program that a test runs to its end, with what it is given and no shell in between.
public struct Program: Sendable {
  /// A path, or a name to look for in PATH, and its arguments.
  public var command: [String]
  /// Where it starts; nil is where the tests run.
  public var folder: URL?
  /// All of its environment; nil is that of the tests.
  public var environment: [String: String]?
  /// What it reads from its standard input; nil is nothing.
  public var input: Data?
  /// Whether what it says on standard error is kept among its output, in the order it is said.
  public var mergesErrors = false

  public init(
    _ command: [String], in folder: URL? = nil, environment: [String: String]? = nil,
    input: Data? = nil
  ) {
    self.command = command
    self.folder = folder
    self.environment = environment
    self.input = input
  }

  /// How a program ended, and what it said.
  public struct Outcome: Sendable, CustomStringConvertible {
    /// The exit code, or the signal that ended it.
    public let status: Int32
    public let isKilled: Bool
    public let output: String
    public let errors: String

    /// All of it.
    public var description: String {
      "\(isKilled ? "signal" : "status") \(status)\n\(output)\n\(errors)"
    }
  }

  public struct Failure: Error, CustomStringConvertible {
    public let description: String

    public init(description: String) { self.description = description }
  }

  /// Runs it, and blocks the thread.
  public func run() throws -> Outcome {
    let run = try Run(self)
    try unblockingSignals(run.process.run)
    run.process.waitUntilExit()
    return try run.outcome()
  }

  /// Runs what must succeed. Throws with all that it said otherwise.
  public func succeed() throws -> Outcome {
    let outcome = try run()
    guard outcome.status == 0 && !outcome.isKilled else {
      throw Failure(description: "\(command.joined(separator: " ")): \(outcome)")
    }
    return outcome
  }
}

/// One run, with files for what goes in and out: a pipe that nobody reads fills up.
private final class Run {
  let process = Process()
  private let area = FileManager.default.temporaryDirectory.appending(
    path: "program-\(UUID().uuidString)")

  init(_ program: Program) throws {
    try FileManager.default.createDirectory(at: area, withIntermediateDirectories: true)
    let name = program.command.first ?? ""
    process.executableURL = URL(filePath: name.contains("/") ? name : "/usr/bin/env")
    process.arguments = name.contains("/") ? Array(program.command.dropFirst()) : program.command
    process.currentDirectoryURL = program.folder
    process.environment = program.environment
    process.standardInput = FileHandle.nullDevice
    if let input = program.input {
      try input.write(to: area.appending(path: "input"))
      process.standardInput = try FileHandle(forReadingFrom: area.appending(path: "input"))
    }
    let output = try file("output")
    let errors = try file("errors")
    process.standardOutput = output
    process.standardError = program.mergesErrors ? output : errors
  }

  deinit { try? FileManager.default.removeItem(at: area) }

  private func file(_ name: String) throws -> FileHandle {
    try Data().write(to: area.appending(path: name))
    return try FileHandle(forWritingTo: area.appending(path: name))
  }

  func outcome() throws -> Program.Outcome {
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: area.appending(path: name)), as: UTF8.self)
    }
    return Program.Outcome(
      status: process.terminationStatus, isKilled: process.terminationReason == .uncaughtSignal,
      output: try text("output"), errors: try text("errors"))
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
