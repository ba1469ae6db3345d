import Foundation

/// Looks ten times a second until it is so. Throws after a minute.
public func waitUntil(_ what: String, _ isSo: () throws -> Bool) throws {
  for _ in 0..<600 {
    if try isSo() { return }
    usleep(100_000)
  }
  throw Program.Failure(description: "a minute has passed, and not \(what)")
}
