internal import ByteText
internal import CPosix
internal import JSON

/// Looks at a cluster again and again, until what was begun is over.
final class ClusterWatch {
  private let requests: ClusterRequests
  private let waiting: ClusterKeeper.Waiting
  private let begin = cposix_clock()
  private let tell: (String) -> Void
  /// A line for each change that was seen.
  private(set) var lines: [String] = []
  private var lastSummary = ""
  /// The last status that was seen.
  private(set) var status = ""
  /// Milliseconds in which what may have been begun has to be seen.
  var patience: Int64 = 10_000

  /// - Parameters:
  ///   - waiting: how long from now on.
  ///   - tell: is given each line.
  init(
    _ requests: ClusterRequests, _ waiting: ClusterKeeper.Waiting, tell: @escaping (String) -> Void
  ) {
    self.requests = requests
    self.waiting = waiting
    self.tell = tell
  }

  /// The cluster as soon as Magnum shows it; nil if it does not in time.
  func sight(_ uuid: String) throws(OpenStackError) -> Cluster? {
    let end = waiting.isOn ? self.end : cposix_clock() + patience
    var pause: Int64 = 200
    while true {
      if let cluster = try requests.find(uuid: uuid) { return cluster }
      if cposix_clock() >= end { return nil }
      cposix_sleep(min(pause, waiting.pause))
      pause *= 2
    }
  }

  /// Whether what was asked for is seen to begin, in a while. Nil asks for its removal.
  @inline(never)
  func begins(
    _ before: Cluster, _ change: ClusterChange?
  ) throws(OpenStackError) -> Bool {
    let end = cposix_clock() + patience
    repeat {
      guard let now = try requests.find(uuid: before.uuid) else { return true }
      if let change {
        if now.isUnderWay || now.isNewer(than: before) || change.isDone(in: now) { return true }
      } else if now.isLeaving || (now.hasFailed && now.isNewer(than: before)) {
        // Magnum may have looked at it just now for another reason.
        return true
      }
      cposix_sleep(300)
    } while cposix_clock() < end
    return false
  }

  /// Throws where what was asked for does not begin in a while.
  func sees(_ before: Cluster, _ change: ClusterChange?) throws(OpenStackError) {
    if try begins(before, change) { return }
    throw OpenStackError(.failed, before.title + ": " + Self.notBegun)
  }

  static var notBegun: String {
    "Magnum has taken the request and not begun; look whether magnum-conductor runs, and at its log"
  }

  /// Waits until nothing is being done to a cluster, and what was asked for is done: Magnum takes its
  /// time to begin. Nil if the cluster is gone by then.
  ///
  /// - Parameters:
  ///   - before: the cluster before it was asked for.
  ///   - change: what was asked for; nil for nothing.
  ///   - isLeaving: whether it is to go.
  ///
  /// Throws where it ends otherwise.
  @inline(never)
  func settled(
    _ before: Cluster, _ change: ClusterChange? = nil, isLeaving: Bool = false
  ) throws(OpenStackError) -> Cluster? {
    var hasBegun = false
    while true {
      guard let now = try requests.find(uuid: before.uuid) else {
        write("it is gone")
        return nil
      }
      note(now)
      if now.isUnderWay {
        hasBegun = true
      } else if change == nil && !isLeaving {
        return now
      } else if let change, !now.hasFailed, change.isDone(in: now) {
        return now
      } else if hasBegun || now.isNewer(than: before) {
        // It may have failed before.
        if isLeaving ? now.status == "DELETE_FAILED" : now.hasFailed { throw failure(now) }
        if let change, hasBegun {
          throw OpenStackError(
            .conflict,
            now.title + " is " + now.summary + ", and " + change.name + " is not "
              + change.new.jsonText + ": somebody else has changed it at the same time; run again")
        }
      }
      try rest(now)
    }
  }

  /// The same for a cluster that is to stay. Throws where it is gone.
  @inline(never)
  func standing(
    _ before: Cluster, _ change: ClusterChange? = nil
  ) throws(OpenStackError) -> Cluster {
    if let now = try settled(before, change) { return now }
    throw OpenStackError(.conflict, "\(before.title) was deleted while it was waited for")
  }

  /// A cluster that has failed, in whole sentences.
  @inline(never)
  func failure(_ cluster: Cluster) -> OpenStackError {
    status = cluster.status
    var remedy = "delete it with state absent, and make it again once the cause is mended"
    if status == "DELETE_FAILED" { remedy = "mend the cause, and delete it again" }
    if status == "UPDATE_FAILED" {
      remedy =
        "mend the cause; a resize brings it back, to another node_count, or with openstack coe"
        + " cluster resize to the number that it has"
    }
    return OpenStackError(.failed, cluster.title + " is " + account(of: cluster) + "; " + remedy)
  }

  private var end: Int64 { begin + Int64(waiting.timeout) * 1000 }

  /// Waits until the next look. Throws where time is over.
  @inline(never)
  private func rest(_ cluster: Cluster) throws(OpenStackError) {
    let left = end - cposix_clock()
    if left <= 0 {
      let fate =
        cluster.isUnderWay
        ? "it goes on, and another run waits for it; raise wait_timeout if it needs longer, and look"
          + " at the log of magnum-conductor and at the Cluster API objects if it does not move"
        : Self.notBegun
      throw OpenStackError(
        .failed,
        "after " + waiting.timeout.description + " seconds (wait_timeout) " + cluster.title
          + " is still " + account(of: cluster) + "; " + fate)
    }
    cposix_sleep(min(left, waiting.pause))
  }

  /// The status with all that Magnum says of it.
  @inline(never)
  private func account(of cluster: Cluster) -> String {
    var words = cluster.summary
    let reason = cluster.text("status_reason")
    if !reason.isEmpty { words += "; the cluster: " + reason }
    var groups: [JSONValue] = []
    do throws(OpenStackError) {
      groups = try requests.whole(.object(cluster.fields), explains: true).groups
    } catch {}
    for group in groups {
      let own = memberText(group, "status_reason")
      if own.isEmpty { continue }
      words += "; node group " + memberText(group, "name")
      words += own == reason ? ": the same" : ": " + own
    }
    return words
  }

  private func note(_ cluster: Cluster) {
    status = cluster.status
    let summary = cluster.summary
    if summary == lastSummary { return }
    lastSummary = summary
    write(summary)
  }

  @inline(never)
  private func write(_ words: String) {
    let line = ((cposix_clock() - begin) / 1000).description + " s: " + words
    lines.append(line)
    tell(line)
  }
}
