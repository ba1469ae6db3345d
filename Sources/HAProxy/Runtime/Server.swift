internal import ByteText
public import JSON

/// A server of a backend, as one snapshot found it.
public struct Server: Sendable, Equatable {
  public let state: ServerState
  public private(set) var statistics: ServerStatistics

  public var backend: String { state.backend }
  public var name: String { state.name }

  /// Whether new connections go to it: ready, up and with a weight.
  public var takesConnections: Bool {
    state.administrative.mode == .ready && state.operational.isUp && state.weight > 0
  }

  /// Whether the last health check passed and the server has all the health it can have.
  ///
  /// Health matters because a server that leaves maintenance counts as up at once, with the check
  /// result from before: HAProxy gives it the health of one that may not fail once more (`UP 1/2`).
  /// Only a check that has passed since then gives it more. With `fall 1` there is no such step.
  public var isProven: Bool {
    guard state.checkResult == .passed, state.operational.isUp else { return false }
    guard let rise = statistics.checkRise, let fall = statistics.checkFall else { return true }
    return state.checkHealth >= rise + fall - 1
  }

  /// Address and port.
  public var address: String {
    statistics.address.isEmpty ? "\(state.address):\(state.port)" : statistics.address
  }

  /// The server with what its check saw before: HAProxy tells the result of the last check while the
  /// next one runs, but not its words.
  func keepingWords(of before: Server) -> Server {
    guard statistics.isCheckRunning, statistics.checkStatus == before.statistics.checkStatus else {
      return self
    }
    var server = self
    server.statistics.lastCheck = before.statistics.lastCheck
    server.statistics.checkCode = before.statistics.checkCode
    return server
  }

  /// The state in a few words, for a message: what it waits for, what its check said.
  public var summary: String {
    var words = "\(name): \(statistics.status)"
    if statistics.sessions > 0 {
      words += ", \(statistics.sessions) session\(statistics.sessions == 1 ? "" : "s") left"
    }
    if !statistics.checkStatus.isEmpty {
      words += ", last check \(statistics.checkStatus)"
      if let code = statistics.checkCode, code > 0 { words += " \(code)" }
      let seen =
        statistics.lastCheck.isEmpty ? statistics.checkDescription : statistics.lastCheck
      if !seen.isEmpty { words += " (\(seen))" }
    } else if state.isChecked {
      words += ", not checked while in maintenance"
    }
    return words
  }

  /// The server as a row of the table that is returned.
  public var fields: JSONObject {
    [
      "backend": .string(backend),
      "name": .string(name),
      "address": .string(address),
      "admin": .string(state.administrative.mode.name),
      "admin_from": .array(state.administrative.origins.map { .string($0) }),
      "operational": .string(state.operational.name),
      "status": .string(statistics.status),
      "check": state.isChecked ? .object(check) : .null,
      "sessions": .int(statistics.sessions),
      "queue": .int(statistics.queue),
      "weight": .int(state.weight),
      "backup": .bool(statistics.isBackup),
    ]
  }

  private var check: JSONObject {
    [
      "status": .string(statistics.checkStatus),
      "result": .string(state.checkResult.name),
      "code": statistics.checkCode.map { .int($0) } ?? .null,
      "description": .string(statistics.checkDescription),
      "last": .string(statistics.lastCheck),
    ]
  }
}
