internal import ByteText
internal import CPosix

/// What servers are waited for, by asking HAProxy again and again.
public struct Wait: Sendable {
  /// What HAProxy shall find of each server.
  public var operational: Operational?
  /// What the health check of each server shall say.
  public var check: Check?
  /// So many sessions at most on each server.
  public var sessions: Int?
  /// Milliseconds until giving up, and from one look to the next.
  public var deadline: Int
  public var interval: Int

  public enum Operational: Sendable { case up, down, stopping }
  public enum Check: Sendable {
    /// The last check passed, and the server has full health: `Server.isProven`.
    case passed
    /// `passed`, or up where the server has no check of its own.
    case passedOrNone
    case failed
  }

  public init(
    operational: Operational? = nil, check: Check? = nil, sessions: Int? = nil,
    deadline: Int, interval: Int
  ) {
    self.operational = operational
    self.check = check
    self.sessions = sessions
    self.deadline = deadline
    self.interval = interval
  }

  /// How a wait ended.
  public struct Outcome: Sendable {
    /// The servers as the last look found them.
    public let servers: [Server]
    /// Why it ended too early or too late, a whole sentence; nil when all is as it shall be.
    public let failure: String?
  }

  /// Looks until all of `servers` are as they shall be, or the deadline has passed.
  ///
  /// A HAProxy that cannot be asked for a moment, as in a reload, is asked again until the deadline;
  /// any other error is thrown at once.
  /// - Parameters:
  ///   - servers: as a look has just found them.
  ///   - mode: the state they have been set to. If one has another state later, the wait is over: a
  ///     reload forgets states, and somebody else may have set it.
  public func run(
    _ servers: [Server], of backend: String?, setTo mode: AdministrativeState.Mode?,
    through socket: RuntimeSocket
  ) throws(RuntimeError) -> Outcome {
    let end = cposix_clock() + Int64(deadline)
    var servers = servers
    var lastError: RuntimeError?
    while true {
      if lastError == nil {
        if let failure = impossible(servers, mode) {
          return Outcome(servers: servers, failure: failure)
        }
        if servers.allSatisfy({ isMet(by: $0) }) { return Outcome(servers: servers, failure: nil) }
      }
      let left = end - cposix_clock()
      if left <= 0 { return late(servers, lastError) }
      cposix_sleep(min(Int64(interval), left))
      do throws(RuntimeError) {
        servers = try look(again: servers, of: backend, through: socket)
        lastError = nil
      } catch {
        if !error.mayPass { throw error }
        lastError = error
      }
    }
  }

  private func look(
    again servers: [Server], of backend: String?, through socket: RuntimeSocket
  ) throws(RuntimeError) -> [Server] {
    let found = try socket.servers(of: backend)
    var again: [Server] = []
    for server in servers {
      guard let place = found.firstIndex(where: { $0.isSame(as: server) }) else {
        throw RuntimeError(
          .unknownName,
          "server \(server.backend)/\(server.name) is gone; HAProxy was given another configuration"
        )
      }
      again.append(found[place].keepingWords(of: server))
    }
    return again
  }

  private func isMet(by server: Server) -> Bool {
    if let sessions, server.statistics.sessions > sessions { return false }
    switch operational {
    case .up where !server.state.operational.isUp: return false
    case .down where server.state.operational != .down: return false
    case .stopping where server.state.operational != .stopping: return false
    default: break
    }
    switch check {
    case .passed: return server.isProven
    case .passedOrNone:
      return server.state.isChecked ? server.isProven : server.state.operational.isUp
    case .failed: return server.state.checkResult == .failed
    case nil: return true
    }
  }

  /// What no waiting will change.
  private func impossible(_ servers: [Server], _ mode: AdministrativeState.Mode?) -> String? {
    for server in servers {
      let name = "server \(server.backend)/\(server.name)"
      let state = server.state.administrative
      if let mode, state.own != mode {
        return "\(name) was set to \(mode.name) and is in \(state.own.name) now: HAProxy was"
          + " reloaded, which forgets states, or somebody else has changed it"
      }
      if check != nil && check != .passedOrNone && !server.state.isChecked {
        return server.statistics.tracked.isEmpty
          ? "\(name) has no health check that could be waited for"
          : "\(name) has no health check of its own; it tracks \(server.statistics.tracked)"
      }
    }
    return nil
  }

  private func late(_ servers: [Server], _ error: RuntimeError?) -> Outcome {
    if let error {
      return Outcome(
        servers: servers, failure: "\(error.message) (waited for \(seconds(deadline)))")
    }
    let missing = servers.filter { !isMet(by: $0) }
    return Outcome(
      servers: servers,
      failure: "\(missing.count) of \(servers.count) servers not \(aim) within"
        + " \(seconds(deadline)): \(missing.map { $0.summary }.joined(separator: "; "))")
  }

  /// What is waited for, as the middle of a sentence.
  private var aim: String {
    var aims: [String] = []
    switch operational {
    case .up: aims.append("up")
    case .down: aims.append("down")
    case .stopping: aims.append("stopping")
    case nil: break
    }
    switch check {
    case .passed, .passedOrNone: aims.append("with a passed health check")
    case .failed: aims.append("with a failed health check")
    case nil: break
    }
    if let sessions {
      aims.append(sessions == 0 ? "without sessions" : "down to \(sessions) sessions")
    }
    return aims.joined(separator: " and ")
  }
}

extension Server {
  fileprivate func isSame(as other: Server) -> Bool {
    name == other.name && backend == other.backend
  }
}
