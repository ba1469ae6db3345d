public import JSON

/// What a service answered.
public struct Response: Sendable {
  /// Below 400, or one that was allowed.
  public let status: Int
  /// Null where there is none.
  public let body: JSONValue
  /// What the server calls the request in its log; empty where it does not say.
  public let requestID: String
  /// How often the request was sent. Behind more than one an earlier one may have been carried out:
  /// a DELETE then ends in 404.
  public let attempts: Int
}
