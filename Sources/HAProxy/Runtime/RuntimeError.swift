internal import ByteText
internal import CPosix

/// Why HAProxy's runtime socket did not give what it was asked for.
public struct RuntimeError: Error, Sendable, Equatable {
  public enum Kind: Sendable {
    /// Nothing is at the path.
    case missing
    /// What is there is no stream socket.
    case notASocket
    /// The socket belongs to others.
    case noPermission
    /// Nobody listens on it: HAProxy is down.
    case refused
    /// No whole reply within the time: HAProxy is there and does not answer.
    case hung
    /// The reply is longer than any that makes sense.
    case tooLarge
    /// HAProxy closed the connection before its reply had an end.
    case closed
    /// HAProxy refused the command.
    case rejected
    /// The reply is not in a form that is known here.
    case unreadable
    /// The path or the command cannot be used at all.
    case unusable
    /// No backend or server has this name.
    case unknownName
    /// The state cannot be what was asked for, by HAProxy's own rules or by the caller's.
    case notPossible
  }

  public let kind: Kind
  /// A whole sentence, with the socket and what to do; HAProxy's own words where it has some.
  public let message: String

  init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// Whether the socket may be there and answer a moment later, as while HAProxy is reloaded.
  public var mayPass: Bool {
    switch kind {
    case .missing, .refused, .hung, .closed: true
    default: false
    }
  }
}

/// The failure behind a negative errno of `cposix_ask`.
func socketError(_ result: Int32, _ socket: RuntimeSocket) -> RuntimeError {
  let path = socket.path
  switch Int(-result) {
  case CPOSIX_ENOENT, CPOSIX_ENOTDIR:
    return RuntimeError(
      .missing,
      "HAProxy's socket \(path) does not exist; HAProxy is not running, or its configuration names"
        + " another one (global section, stats socket)")
  case CPOSIX_ENOTSOCK, CPOSIX_EPROTOTYPE:
    return RuntimeError(
      .notASocket,
      "\(path) is not HAProxy's socket; its configuration names that (global section, stats socket)"
    )
  case CPOSIX_EACCES, CPOSIX_EPERM:
    return RuntimeError(
      .noPermission,
      "cannot use HAProxy's socket \(path): Permission denied; only root and the users its"
        + " configuration names (stats socket: user, group, mode) may")
  case CPOSIX_ECONNREFUSED:
    return RuntimeError(
      .refused, "HAProxy does not listen on its socket \(path); it is down, so start it")
  case CPOSIX_ETIMEDOUT:
    return RuntimeError(
      .hung,
      "HAProxy did not answer on \(path) within \(seconds(socket.timeout)); it hangs, or is too busy"
    )
  case CPOSIX_EFBIG:
    return RuntimeError(
      .tooLarge,
      "the reply on \(path) is larger than \(RuntimeSocket.largestReply) bytes; is it HAProxy's socket?"
    )
  case CPOSIX_EPIPE, CPOSIX_ECONNRESET:
    return closedEarly(path)
  case CPOSIX_ENAMETOOLONG:
    return RuntimeError(
      .unusable, "the path of HAProxy's socket is too long for one (107 bytes): \(path)")
  default:
    return RuntimeError(
      .unusable,
      "cannot use HAProxy's socket \(path): \(String(cString: cposix_error_text(-result)))")
  }
}

func closedEarly(_ path: String) -> RuntimeError {
  RuntimeError(
    .closed, "HAProxy closed its socket \(path) before it had answered; it may have been stopped")
}

/// Milliseconds for people: `5 seconds`, `0.25 seconds`.
func seconds(_ milliseconds: Int) -> String {
  let (whole, rest) = (milliseconds / 1000, milliseconds % 1000)
  if rest == 0 { return whole == 1 ? "1 second" : "\(whole) seconds" }
  return "\(whole).\(rest < 10 ? "00" : rest < 100 ? "0" : "")\(rest) seconds"
}
