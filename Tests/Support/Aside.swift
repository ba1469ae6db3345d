import Foundation
import Synchronization

/// Work that blocks its thread, on one of its own: those of the tests may all be blocked by others.
public final class Aside<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let isDone = DispatchSemaphore(value: 0)

  /// Begins at once.
  public init(_ body: @escaping @Sendable () throws -> Value) {
    Thread { [self] in
      let result = Result(catching: body)
      self.result.withLock { $0 = result }
      isDone.signal()
    }.start()
  }

  /// What came of it, once it has ended. Throws what it threw.
  public func value() throws -> Value {
    isDone.wait()
    // For whoever asks next.
    isDone.signal()
    return try result.withLock { $0! }.get()
  }
}
