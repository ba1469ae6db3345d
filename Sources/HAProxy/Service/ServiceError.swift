/// Why a service or one of the role's variables cannot be taken, for the person who wrote it.
///
/// Names the key and, where it is no free line of configuration, its value.
public struct ServiceError: Error, Sendable {
  public let message: String

  init(_ message: String) { self.message = message }
}
