/// Why the API did not give what it was asked for, or could not be asked.
public struct OpenStackError: Error, Sendable {
  /// What went wrong, for whoever reacts to it.
  public enum Kind: Sendable {
    /// What was read to find and enter the cloud cannot be used.
    case configuration
    /// No cloud of this name, or none is chosen.
    case unknownCloud
    /// The host has no libcurl.
    case noLibcurl
    /// No answer: refused, reset, name not found, time over. Nothing says the server is at fault.
    case unreachable
    /// TLS: the certificate, its name, its time, or who has signed it.
    case certificate
    /// Keystone refuses the credentials, or a service the token, 401.
    case rejectedCredentials
    /// Keystone wants a second factor, which no module can give.
    case secondFactor
    /// The catalog has no such service, region or interface.
    case notInCatalog
    /// The server sends the client to another address.
    case redirected
    /// 403
    case forbidden
    /// 404
    case notFound
    /// 409
    case conflict
    /// 429
    case tooManyRequests
    /// Another refusal of the server, 4xx.
    case refused
    /// The server failed, 5xx.
    case unavailable
    /// The answer is not JSON, cut short, or beyond all measure.
    case unreadable
    /// A POST or PATCH that may have been carried out although no good answer came: look before it
    /// is sent again.
    case mayHaveSucceeded
    /// What the API had taken on has failed, or is not done in time.
    case failed
  }

  /// One reference, so that an error is cheap to pass on, in code.
  private final class Storage: Sendable {
    let kind: Kind
    let message: String
    let status: Int
    let requestID: String

    init(_ kind: Kind, _ message: String, _ status: Int, _ requestID: String) {
      self.kind = kind
      self.message = message
      self.status = status
      self.requestID = requestID
    }
  }

  private let storage: Storage

  /// What went wrong.
  public var kind: Kind { storage.kind }

  /// A whole sentence: what, where, and what to do; the server's own words where it has some. Never
  /// a password, secret or token.
  public var message: String { storage.message }

  /// The status of the answer; 0 where none came.
  public var status: Int { storage.status }

  /// What the server calls the request in its log, `req-...`; empty where it does not say.
  public var requestID: String { storage.requestID }

  @inline(never)
  init(_ kind: Kind, _ message: String, status: Int = 0, requestID: String = "") {
    storage = Storage(kind, message, status, requestID)
  }
}

extension OpenStackError: CustomStringConvertible {
  public var description: String { message }
}
