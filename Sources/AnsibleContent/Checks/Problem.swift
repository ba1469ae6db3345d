/// A broken rule: where, what, and what to do about it.
public struct Problem: Sendable, Hashable, CustomStringConvertible {
  /// The file of the collection that would be wrong.
  public let file: String
  /// The place in that file, in words.
  public let place: String
  public let message: String
  public let remedy: String
  /// Where the Swift sources say it.
  public let location: SourceLocation?

  public init(
    file: String, place: String, _ message: String, _ remedy: String,
    at location: SourceLocation? = nil
  ) {
    self.file = file
    self.place = place
    self.message = message
    self.remedy = remedy
    self.location = location
  }

  public var description: String {
    let source = location.map { "\n  declared at \($0)" } ?? ""
    return "\(file): \(place): \(message)\n  remedy: \(remedy)\(source)"
  }
}
