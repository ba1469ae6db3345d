internal import ByteText
internal import CPosix

/// The process that answers on HAProxy's socket, and what it serves.
public struct Worker: Sendable {
  public let processID: Int
  /// The names of its frontends, backends and listeners.
  public let proxies: [String]
}

extension RuntimeSocket {
  /// Who answers now: `show info` and `show stat`.
  public func worker() throws(RuntimeError) -> Worker {
    let information = try ProcessInformation(parsing: try ask("show info"))
    // Of every proxy its own rows, frontend and backend, without those of servers.
    var proxies: [String] = []
    for row in lines(try ask("show stat -1 3 -1")) where row.first != UInt8(ascii: "#") {
      let name = text(row.prefix { $0 != UInt8(ascii: ",") })
      if !proxies.contains(name) { proxies.append(name) }
    }
    return Worker(processID: information.processID, proxies: proxies)
  }

  /// Waits until another process than `old` answers that serves what it should.
  /// - Parameters:
  ///   - wanted: proxies it must serve.
  ///   - unwanted: proxies it must not.
  ///   - milliseconds: how long to wait.
  ///   - again: called once, when a third of that time has brought nothing.
  public func worker(
    after old: Worker?, wanted: [String], unwanted: [String], milliseconds: Int,
    again: () -> Void
  ) throws(RuntimeError) -> Worker {
    let deadline = cposix_clock() + Int64(milliseconds)
    var pause: Int64 = 5
    var isRepeated = false
    while true {
      var reason: String
      do throws(RuntimeError) {
        let now = try worker()
        let missing = wanted.filter { !now.proxies.contains($0) }
        let left = unwanted.filter { now.proxies.contains($0) }
        if now.processID != old?.processID && missing.isEmpty && left.isEmpty { return now }
        reason =
          now.processID == old?.processID
          ? "the process \(now.processID) from before still answers"
          : !missing.isEmpty
            ? "the new process \(now.processID) does not serve \(missing.listed)"
            : "the new process \(now.processID) still serves \(left.listed)"
      } catch {
        if !error.mayPass { throw error }
        reason = error.message
      }
      if cposix_clock() >= deadline {
        throw RuntimeError(
          .hung,
          "HAProxy has not taken the configuration within \(seconds(milliseconds)): \(reason)")
      }
      if !isRepeated && deadline - cposix_clock() < Int64(milliseconds) * 2 / 3 {
        isRepeated = true
        again()
      }
      cposix_sleep(pause)
      pause = min(pause * 2, 100)
    }
  }
}
