internal import ByteText

extension RuntimeSocket {
  /// The servers of a backend, or of all: who they are, their state and their figures.
  ///
  /// Throws `.unknownName`, with the backends there are, for one that does not exist.
  public func servers(of backend: String?) throws(RuntimeError) -> [Server] {
    var (state, figures) = ("show servers state", "show stat -1 4 -1")
    if let backend {
      try checkName(backend, "backend")
      state += " \(backend)"
      figures = "show stat \(backend) 4 -1"
    }
    let states = try ask(state)
    if states.begins(with: "Can't find backend"), let backend {
      throw RuntimeError(
        .unknownName,
        "HAProxy has no backend \(backend) (\(path)); it has: \(list(try backends()))")
    }
    guard states.begins(with: "1\n") else { throw rejection(of: state, states) }
    return try join(
      ServerState.rows(parsing: states), ServerStatistics.rows(parsing: try ask(figures)))
  }

  /// The names of all backends, `listen` sections included.
  public func backends() throws(RuntimeError) -> [String] {
    let reply = try ask("show backend")
    guard reply.begins(with: "# name") else { throw rejection(of: "show backend", reply) }
    return lines(reply).dropFirst().map { text($0) }
  }

  /// What process listens here.
  public func information() throws(RuntimeError) -> ProcessInformation {
    try ProcessInformation(parsing: ask("show info"))
  }

  /// Sets the administrative state of a server.
  public func set(_ server: Server, to mode: AdministrativeState.Mode) throws(RuntimeError) {
    try checkName(server.backend, "backend")
    try checkName(server.name, "server")
    try tell("set server \(server.backend)/\(server.name) state \(mode.name)")
  }

  /// A server is in both tables, or it came or went between the two commands and is left out.
  private func join(_ states: [ServerState], _ statistics: [ServerStatistics]) -> [Server] {
    var servers: [Server] = []
    // Both tables have the same order, so that the search mostly ends at once.
    var next = 0
    for state in states {
      for step in statistics.indices {
        let place = (next + step) % statistics.count
        let row = statistics[place]
        if row.name == state.name && row.backend == state.backend {
          servers.append(Server(state: state, statistics: row))
          next = place + 1
          break
        }
      }
    }
    return servers
  }
}

/// Names have letters, digits and `-_.:`, as HAProxy itself demands of its configuration; anything
/// else could be another command.
func checkName(_ name: String, _ kind: String) throws(RuntimeError) {
  let isName = name.bytes.allSatisfy { byte in
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: byte.isOne(of: "-_.:")
    }
  }
  guard isName && !name.isEmpty else {
    throw RuntimeError(
      .unknownName,
      "\"\(name)\" is no name of a \(kind): HAProxy's names have letters, digits and -_.: alone")
  }
}

/// Names for a message; a long list is cut.
func list(_ names: [String]) -> String {
  if names.isEmpty { return "none" }
  let shown = Array(names.prefix(50)).listed
  return names.count > 50 ? "\(shown), … (\(names.count) in all)" : shown
}
