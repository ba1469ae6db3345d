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
    let info = lines(try ask("show info"))
    let mark = "Pid: "
    guard let line = info.first(where: { $0.utf8.starts(with: mark.utf8) }),
      let processID = Int(String(decoding: line.utf8.dropFirst(mark.utf8.count), as: UTF8.self))
    else {
      throw RuntimeError(.unreadable, "HAProxy's reply to \"show info\" on \(path) has no Pid")
    }
    // Of every proxy its own rows, frontend and backend, without those of servers.
    let table = lines(try ask("show stat -1 3 -1"))
    var proxies: [String] = []
    for row in table where row.utf8.first != UInt8(ascii: "#") {
      let name = String(decoding: row.utf8.prefix { $0 != UInt8(ascii: ",") }, as: UTF8.self)
      if !name.isEmpty && !proxies.contains(name) { proxies.append(name) }
    }
    return Worker(processID: processID, proxies: proxies)
  }

  /// Waits until another process than `old` answers that serves what it should.
  /// - Parameters:
  ///   - wanted: proxies it must serve.
  ///   - unwanted: proxies it must not.
  ///   - milliseconds: how long to wait.
  public func worker(
    after old: Worker?, wanted: [String], unwanted: [String], milliseconds: Int
  ) throws(RuntimeError) -> Worker {
    let deadline = cposix_clock() + Int64(milliseconds)
    var pause: Int64 = 5
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
            ? "the new process \(now.processID) does not serve \(missing.joined(separator: ", "))"
            : "the new process \(now.processID) still serves \(left.joined(separator: ", "))"
      } catch {
        if !error.mayPass { throw error }
        reason = error.message
      }
      if cposix_clock() >= deadline {
        throw RuntimeError(
          .hung,
          "HAProxy has not taken the configuration within \(seconds(milliseconds)): \(reason)")
      }
      cposix_sleep(pause)
      pause = min(pause * 2, 100)
    }
  }
}

private func lines(_ reply: [UInt8]) -> [String] {
  reply.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
}
