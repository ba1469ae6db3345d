/// The values of `body` for 0, 1, …, each in a thread of its own. Returns when all have ended; throws
/// what one of them threw.
public func concurrently<Value: Sendable>(
  _ count: Int, _ body: @escaping @Sendable (Int) throws -> Value
) throws -> [Value] {
  let runs = (0..<count).map { index in Aside { try body(index) } }
  let results = runs.map { run in Result { try run.value() } }
  return try results.map { try $0.get() }
}
