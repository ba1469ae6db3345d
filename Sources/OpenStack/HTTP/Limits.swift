/// How long is waited, and how often is tried. All times are milliseconds.
public struct Limits: Sendable {
  /// For a connection, the handshake of TLS included.
  public var connecting = 10_000
  /// For one request, from connecting to the end of its answer.
  public var answering = 60_000
  /// Bytes of an answer's body.
  public var bytes = 32 << 20
  /// How often a request is sent at most that may be sent again.
  public var attempts = 4
  /// The pause before the second attempt; each further one is twice as long.
  public var pause = 500
  /// The longest pause. A server that asks for more (`Retry-After`) gets this much.
  public var longestPause = 15_000
  /// After so long no request is sent again.
  public var total = 120_000

  /// The usual ones.
  public init() {}
}
