public import Foundation

/// A program that runs beside a test and talks with it in lines; it ends with its standard input,
/// which is closed when the value goes.
public final class Companion: @unchecked Sendable {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let lock = NSLock()
  private var buffer = Data()

  /// Starts it, with the environment of the tests.
  public init(_ command: [String]) throws {
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.terminate()
    process.waitUntilExit()
  }

  /// The next line it prints, without its end; empty when it has ended.
  public func readLine() -> String { lock.withLock { nextLine() } }

  /// Says a line and gives the one it answers.
  public func ask(_ line: String) throws -> String {
    try lock.withLock {
      try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
      return nextLine()
    }
  }

  private func nextLine() -> String {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        let line = String(decoding: buffer[..<end], as: UTF8.self)
        buffer.removeSubrange(...end)
        return line
      }
      let part = output.fileHandleForReading.availableData
      if part.isEmpty { return "" }
      buffer.append(part)
    }
  }
}
