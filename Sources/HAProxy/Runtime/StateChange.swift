internal import ByteText

/// A change of the administrative state of servers, worked out before the first command: which of
/// them need one, and that it may be done.
public struct StateChange: Sendable {
  public let mode: AdministrativeState.Mode
  /// The servers that are not in that state yet.
  public let servers: [Server]
  /// What holds although the state is set: a server in drain is in maintenance all the same while
  /// its name has no address.
  public let remarks: [String]

  /// - Parameters:
  ///   - chosen: the servers that are to be in that state.
  ///   - all: every server of their backend.
  ///   - minimumReady: so many other servers, no backups, must take connections before one that is
  ///     ready is taken out.
  ///
  /// Throws `.notPossible` for a server that cannot be made ready here, and where too few others
  /// are left.
  public init(
    to mode: AdministrativeState.Mode, of chosen: [Server], among all: [Server],
    minimumReady: Int
  ) throws(RuntimeError) {
    if chosen.isEmpty { throw RuntimeError(.notPossible, "the backend has no servers") }
    var servers: [Server] = []
    var remarks: [String] = []
    for server in chosen {
      let state = server.state.administrative
      if state.own != mode { servers.append(server) }
      guard let reason = server.reasonElsewhere, mode != state.mode || mode == .ready else {
        continue
      }
      if mode == .ready {
        throw RuntimeError(
          .notPossible, "server \(server.backend)/\(server.name) cannot be made ready: \(reason)")
      }
      remarks.append(
        "server \(server.backend)/\(server.name) is in \(state.mode.name) all the same: \(reason)")
    }
    self.mode = mode
    self.servers = servers
    self.remarks = remarks
    if mode != .ready { try checkMinimum(minimumReady, chosen, all) }
  }

  /// Gives HAProxy the commands; throws its words if it refuses one.
  public func apply(through socket: RuntimeSocket) throws(RuntimeError) {
    for server in servers { try socket.set(server, to: mode) }
  }

  private func checkMinimum(
    _ minimum: Int, _ chosen: [Server], _ all: [Server]
  ) throws(RuntimeError) {
    let leaving = servers.filter { $0.state.administrative.mode == .ready }
    guard leaving.contains(where: { !$0.statistics.isBackup }) else { return }
    let others = all.filter { server in !chosen.contains { $0.name == server.name } }
    let ready = others.filter { $0.takesConnections && !$0.statistics.isBackup }
    if ready.count >= minimum { return }
    var message =
      "too few servers would be left in backend \(leaving[0].backend) without"
      + " \(list(leaving.map { $0.name })): \(ready.count) ready and up, at least \(minimum) asked for"
    let missing = others.filter { !$0.takesConnections && !$0.statistics.isBackup }
    if !missing.isEmpty {
      message += " (\(missing.map { $0.summary }.joined(separator: "; ")))"
    }
    let backups = others.filter { $0.takesConnections && $0.statistics.isBackup }.count
    if backups > 0 { message += "; backup servers, which are not counted: \(backups)" }
    throw RuntimeError(.notPossible, message)
  }
}

extension Server {
  /// Why the server is not ready whatever is set on the socket; nil if nothing stands against it.
  fileprivate var reasonElsewhere: String? {
    let state = state.administrative
    if state.isUnresolved {
      return "its name \(self.state.hostName ?? "") has no address, and HAProxy keeps it in"
        + " maintenance until that resolves"
    }
    if state.isInherited {
      return "it tracks server \(statistics.tracked), which is in \(state.mode.name);"
        + " change that one"
    }
    return nil
  }
}
