internal import ByteText
internal import CPosix
public import JSON

/// Keeps a cluster as it is wanted: makes, resizes, upgrades or removes it, and waits for that.
public final class ClusterKeeper {
  /// What was done, or would be.
  public final class Outcome {
    /// Whether anything was done, or would be.
    public fileprivate(set) var changed = false
    /// The attributes before, as far as they change; the whole cluster where it comes or goes.
    public fileprivate(set) var before = JSONObject()
    /// The same attributes after it; none where the cluster goes.
    public fileprivate(set) var after = JSONObject()
    /// Null where there is none. As it would be, in a rehearsal: without `uuid` where it would be made.
    public fileprivate(set) var cluster = JSONValue.null
    /// What was done, whole sentences.
    public fileprivate(set) var remarks: [String] = []
  }

  /// How long is waited for what Magnum does.
  public struct Waiting: Sendable {
    var isOn: Bool
    /// Seconds.
    let timeout: Int
    /// Milliseconds between two looks.
    var pause: Int64

    /// - Parameters:
    ///   - timeout: seconds for all that is waited for.
    ///   - interval: seconds between two looks.
    ///
    /// Throws for no time at all.
    public init(isOn: Bool, timeout: Int, interval: Int) throws(OpenStackError) {
      if timeout < 1 || interval < 1 {
        throw OpenStackError(.configuration, "wait_timeout and wait_interval are seconds from 1 on")
      }
      self.isOn = isOn
      self.timeout = timeout
      pause = Int64(interval) * 1000
    }
  }

  private let requests: ClusterRequests
  private let name: String
  private let uuid: String
  private let waits: Bool
  /// Whether nothing is written.
  private let isRehearsal: Bool
  let watch: ClusterWatch

  /// - Parameters:
  ///   - name: within the project of the session.
  ///   - uuid: in place of the name.
  ///   - isRehearsal: whether only to say what would be done. No request writes anything then, and
  ///     nothing is waited for, but a while for a cluster that is just going.
  ///   - tell: is given a line for each change that is seen while waiting.
  ///
  /// Throws where it is not said which cluster.
  public init(
    _ session: Session, name: String?, uuid: String?, _ waiting: Waiting, isRehearsal: Bool,
    tell: @escaping (String) -> Void
  ) throws(OpenStackError) {
    self.name = name ?? ""
    self.uuid = uuid ?? ""
    if self.name.isEmpty && self.uuid.isEmpty {
      throw OpenStackError(.configuration, "no cluster is named: set name, or uuid")
    }
    if !self.uuid.isEmpty { try checkUUID(self.uuid) }
    var waiting = waiting
    if isRehearsal { waiting.isOn = false }
    requests = ClusterRequests(session: session)
    waits = waiting.isOn
    self.isRehearsal = isRehearsal
    watch = ClusterWatch(requests, waiting, tell: tell)
  }

  /// What was done so far: also where something is thrown.
  public private(set) var outcome = Outcome()

  /// What was seen while waiting, a line for each change: also where something is thrown.
  public var progress: [String] { watch.lines }

  /// The last status that was seen while waiting, or of a cluster that has failed; empty for none.
  public var status: String { watch.status }

  /// - Parameters:
  ///   - upgrades: whether a cluster that has another template is taken to the one that is named.
  ///   - batch: how many machines an upgrade replaces at once.
  ///
  /// Throws what the API refuses, a cluster that fails, and time that is over.
  public func present(
    _ wanted: WantedCluster, upgrades: Bool, batch: Int?
  ) throws(OpenStackError) -> Outcome {
    outcome = Outcome()
    try keep(wanted, upgrades, batch)
    return outcome
  }

  private func keep(
    _ wanted: WantedCluster, _ upgrades: Bool, _ batch: Int?
  ) throws(OpenStackError) {
    if let cluster = try find() {
      if !cluster.isLeaving || cluster.hasFailed {
        return try keep(cluster, wanted, upgrades, batch)
      }
      if waits {
        _ = try watch.settled(cluster, isLeaving: true)
      } else if !isRehearsal {
        throw busy(cluster)
      }
    }
    if !uuid.isEmpty {
      throw OpenStackError(
        .notFound,
        "there is no cluster \(uuid), and Magnum makes none with a UUID that is asked for")
    }
    try make(wanted, upgrades, batch)
  }

  /// Throws where Magnum cannot delete it, and time that is over.
  public func absent() throws(OpenStackError) -> Outcome {
    outcome = Outcome()
    guard var cluster = try find() else { return outcome }
    let isStuck = cluster.isDeleted
    if waits, !cluster.isLeaving, cluster.isUnderWay {
      guard let settled = try watch.settled(cluster) else { return outcome }
      cluster = settled
    }
    outcome.cluster = .object(cluster.fields)
    if !cluster.isLeaving || isStuck {
      if cluster.isUnderWay && !isRehearsal { throw busy(cluster) }
      if !isRehearsal { try requests.delete(cluster.uuid) }
      outcome.changed = true
      outcome.before = cluster.fields
    }
    if waits {
      _ = try watch.settled(cluster, isLeaving: true)
      outcome.cluster = .null
    } else if isRehearsal {
      outcome.cluster = .null
    } else if outcome.changed {
      try watch.sees(cluster, nil)
    }
    if outcome.changed { outcome.remarks.append(cluster.title + " is deleted") }
    return outcome
  }

  private func find() throws(OpenStackError) -> Cluster? {
    let end = cposix_clock() + watch.patience
    while true {
      let found = uuid.isEmpty ? try requests.find(name: name) : try requests.find(uuid: uuid)
      guard let found, found.isDeleted, cposix_clock() < end else { return found }
      cposix_sleep(500)
    }
  }

  @inline(never)
  private func busy(_ cluster: Cluster) -> OpenStackError {
    OpenStackError(
      .conflict,
      cluster.title + " is " + cluster.summary
        + ": nothing is done to it until that is over; run again then, or with wait")
  }

  // MARK: A new one

  private func make(
    _ wanted: WantedCluster, _ upgrades: Bool, _ batch: Int?
  ) throws(OpenStackError) {
    guard let ident = wanted.template else {
      throw OpenStackError(
        .configuration, "there is no cluster \(name), and making it takes cluster_template")
    }
    let body = try wanted.body(name, try requests.template(ident))
    outcome.cluster = .object(body)
    if isRehearsal { outcome.remarks.append("cluster " + name + " is made") }
    let cluster = isRehearsal ? nil : try posted(body)
    outcome.changed = true
    outcome.after = body
    guard let cluster else { return }
    let hasMade = !outcome.remarks.isEmpty
    if let other = hasMade ? try elder(cluster) : cluster {
      // It may be somebody else's, and need not be as it is wanted: what is changed in it is new.
      outcome.after = JSONObject()
      try keep(other, wanted, upgrades, batch)
      if !hasMade && outcome.before.isEmpty { outcome.after = body }
      return
    }
    outcome.cluster = .object(cluster.fields)
    if !waits { return }
    let complete = try watch.standing(cluster)
    if complete.hasFailed { throw watch.failure(complete) }
    outcome.cluster = .object(complete.fields)
  }

  /// The cluster that is made, with a remark if it certainly is by this; nil where it is not seen yet
  /// and not waited for.
  private func posted(_ body: JSONObject) throws(OpenStackError) -> Cluster? {
    var words = ""
    for _ in 0..<2 {
      do throws(OpenStackError) {
        let uuid = try requests.post(body)
        outcome.remarks.append("cluster " + name + " " + uuid + " is made")
        if let cluster = try watch.sight(uuid) { return cluster }
        if !waits { return nil }
        throw OpenStackError(
          .failed, "cluster " + name + " " + uuid + " is not there: " + ClusterWatch.notBegun)
      } catch {
        if error.kind != .mayHaveSucceeded { throw error }
        words = error.message
      }
      if let cluster = try appeared() { return cluster }
    }
    throw OpenStackError(
      .mayHaveSucceeded,
      "Magnum was asked twice to make the cluster " + name
        + ", gave no good answer, and shows none; run again once its log says why: " + words)
  }

  /// The cluster of the name that a request without an answer has made after all.
  private func appeared() throws(OpenStackError) -> Cluster? {
    let end = cposix_clock() + watch.patience
    while true {
      if let cluster = try find() { return cluster }
      if cposix_clock() >= end { return nil }
      cposix_sleep(500)
    }
  }

  /// The cluster of the name that stays in place of the one that was just made, which then is deleted;
  /// nil if there is none.
  private func elder(_ cluster: Cluster) throws(OpenStackError) -> Cluster? {
    var found: [Cluster] = []
    let first = try OpenStack.elder(than: cluster.uuid, pause: requests.session.limits.pause) {
      () throws(OpenStackError) in
      found = try requests.own(named: name)
      return found.map { $0.uuid }
    }
    guard let first else { return nil }
    // Drivers delete nothing of a cluster that they have not named yet, and Magnum may forget that one
    // goes which it was just making: it is asked until the cluster is gone, or for a while.
    let end = cposix_clock() + watch.patience * 6
    var isOver = false
    while !isOver, let now = try requests.find(uuid: cluster.uuid) {
      cposix_sleep(500)
      isOver = cposix_clock() >= end
      if !now.isLeaving && (now.isNamed || isOver) { try requests.delete(cluster.uuid) }
    }
    outcome.remarks.append(
      cluster.title + " is deleted, since " + first + " was made at the same time")
    return try requests.whole(.object(found[0].fields))
  }

  // MARK: One that is there

  private func keep(
    _ cluster: Cluster, _ wanted: WantedCluster, _ upgrades: Bool, _ batch: Int?
  ) throws(OpenStackError) {
    var cluster = cluster
    if waits, cluster.isUnderWay { cluster = try watch.standing(cluster) }
    outcome.cluster = .object(cluster.fields)
    while true {
      if cluster.hasFailed && cluster.status != "UPDATE_FAILED" { throw watch.failure(cluster) }
      let changes = try wanted.changes(
        to: cluster, try template(of: cluster, wanted), upgrades: upgrades)
      if cluster.hasFailed, changes.isEmpty || changes[0].new.int == nil {
        throw watch.failure(cluster)
      }
      if changes.isEmpty { return }
      if isRehearsal {
        for change in changes { note(change) }
        return
      }
      if cluster.isUnderWay { throw busy(cluster) }
      if !waits && changes.count > 1 {
        throw OpenStackError(
          .configuration,
          cluster.title
            + " has to be changed in more than one way, one after the other, which takes wait: "
            + changes[0].name + ", " + changes[1].name)
      }
      try begin(changes[0], cluster, batch)
      note(changes[0])
      if !waits {
        return try watch.sees(cluster, changes[0])
      }
      cluster = try watch.standing(cluster, changes[0])
      outcome.cluster = .object(cluster.fields)
    }
  }

  /// The template that is named, where the cluster has another one; or the cluster's own, where its
  /// label `kube_tag` is not the one that is named: Magnum shows the old one after an upgrade.
  private func template(
    of cluster: Cluster, _ wanted: WantedCluster
  ) throws(OpenStackError) -> ClusterTemplate? {
    let own = cluster.text("cluster_template_id")
    if let ident = wanted.template, ident != own { return try requests.template(ident) }
    return wanted.hasOtherRelease(than: cluster) ? try requests.template(own) : nil
  }

  /// Notes a change, and what the cluster is with it.
  private func note(_ change: ClusterChange) {
    outcome.changed = true
    outcome.before[change.name] = change.old
    outcome.after[change.name] = change.new
    var fields = outcome.cluster.object ?? JSONObject()
    fields[change.name] = change.new
    outcome.cluster = .object(fields)
    outcome.remarks.append(
      change.name + " " + change.old.jsonText + " becomes " + change.new.jsonText)
  }

  /// Begins a change, once for certain.
  private func begin(
    _ change: ClusterChange, _ cluster: Cluster, _ batch: Int?
  ) throws(OpenStackError) {
    var words = ""
    for _ in 0..<2 {
      do throws(OpenStackError) {
        try requests.begin(change, of: cluster, batch: batch)
        return
      } catch {
        if error.kind != .mayHaveSucceeded { throw error }
        words = error.message
      }
      if try watch.begins(cluster, change) { return }
    }
    throw OpenStackError(
      .mayHaveSucceeded,
      "Magnum was asked twice to change " + change.name + " of " + cluster.title
        + ", gave no good answer, and has not begun: " + words)
  }
}
