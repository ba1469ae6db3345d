import Foundation

/// Work that blocks its thread, away from those that must not be blocked.
enum Aside {
  static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws
    -> Value
  {
    try await withCheckedThrowingContinuation { done in
      Thread { done.resume(with: Result(catching: body)) }.start()
    }
  }
}
