internal import ByteText
internal import CPosix

extension [Server] {
  /// The servers that are named, or fit one of the patterns of a shell (`*`, `?`, `[...]`); all
  /// without names. In HAProxy's order, each once.
  ///
  /// Throws `.unknownName`, with the servers there are, for a name or pattern that fits none.
  public func named(_ patterns: [String]) throws(RuntimeError) -> [Server] {
    if patterns.isEmpty { return self }
    var isTaken = [Bool](repeating: false, count: count)
    for pattern in patterns {
      var fits = false
      for (place, server) in enumerated() where server.fits(pattern) {
        fits = true
        isTaken[place] = true
      }
      if !fits { throw nothingFits(pattern) }
    }
    var servers: [Server] = []
    for (place, server) in enumerated() where isTaken[place] { servers.append(server) }
    return servers
  }

  private func nothingFits(_ pattern: String) -> RuntimeError {
    let isPattern = pattern.bytes.contains { $0.isOne(of: "*?[") }
    return RuntimeError(
      .unknownName,
      "\(isPattern ? "no server fits the pattern" : "there is no server") \"\(pattern)\";"
        + " there are: \(list(map { "\($0.backend)/\($0.name)" }))")
  }
}

extension Server {
  /// C strings end at the first NUL: such a pattern would be another one.
  fileprivate func fits(_ pattern: String) -> Bool {
    !pattern.bytes.contains(0) && cposix_matches(pattern, name) != 0
  }
}
