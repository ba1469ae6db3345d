import Foundation

/// The values of `body` for 0, 1, …, each in a thread of its own.
func concurrently<Value: Sendable>(
  _ count: Int, _ body: @escaping @Sendable (Int) throws -> Value
) throws -> [Value] {
  let results = Results<Value>()
  let group = DispatchGroup()
  for index in 0..<count {
    group.enter()
    Thread {
      results.add(Result { try body(index) })
      group.leave()
    }.start()
  }
  group.wait()
  return try results.all.map { try $0.get() }
}

private final class Results<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var values: [Result<Value, any Error>] = []

  func add(_ value: Result<Value, any Error>) { lock.withLock { values.append(value) } }
  var all: [Result<Value, any Error>] { lock.withLock { values } }
}
