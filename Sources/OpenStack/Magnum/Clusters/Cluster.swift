internal import ByteText
internal import JSON

/// A cluster as Magnum has it, with its node groups.
final class Cluster {
  /// As the API gives it, without its links, and with `node_groups`.
  let fields: JSONObject
  let groups: [JSONValue]

  /// Throws where the API's answer is no cluster.
  @inline(never)
  init(_ body: JSONValue, _ groups: [JSONValue]) throws(OpenStackError) {
    guard var fields = body.object, fields["uuid"]?.string != nil else {
      throw OpenStackError(.unreadable, "Magnum answered with something else than a cluster")
    }
    fields["links"] = nil
    fields["node_groups"] = .array(groups)
    self.fields = fields
    self.groups = groups
  }

  @inline(never)
  func text(_ key: String) -> String { fields[key]?.string ?? "" }

  var uuid: String {
    @inline(never)
    get { text("uuid") }
  }
  var status: String {
    @inline(never)
    get { text("status") }
  }
  /// `cluster NAME UUID`
  var title: String {
    @inline(never)
    get { "cluster " + text("name") + " " + uuid }
  }

  /// Also where it is deleted and there all the same, which takes another deletion.
  var hasFailed: Bool {
    @inline(never)
    get { status.bytes[...].ends(with: "_FAILED") || isDeleted }
  }
  /// Magnum shows it so for a moment, until it takes it from its database.
  var isDeleted: Bool {
    @inline(never)
    get { status == "DELETE_COMPLETE" }
  }
  var isLeaving: Bool {
    @inline(never)
    get { status == "DELETE_IN_PROGRESS" || isDeleted }
  }

  /// Whether its driver has begun with it, or given up.
  var isNamed: Bool { !text("stack_id").isEmpty || !isUnderWay }

  /// Whether something is being done to it. Magnum marks a node group before its cluster; where a
  /// cluster has failed, groups may stay marked for good.
  var isUnderWay: Bool {
    @inline(never)
    get {
      if isInProgress(status) { return true }
      if hasFailed { return false }
      for group in groups where isInProgress(memberText(group, "status")) { return true }
      return false
    }
  }

  /// The default node group of the control plane, or of the workers.
  @inline(never)
  func defaultGroup(isMaster: Bool) -> JSONValue {
    for group in groups where group["is_default"] == true {
      if (memberText(group, "role") == "master") == isMaster { return group }
    }
    return .null
  }

  /// How many machines the default groups have; nil where the cluster has no such groups yet.
  @inline(never)
  func count(_ name: String) -> Int? {
    defaultGroup(isMaster: name == "master_count")["node_count"]?.int
  }

  /// The status of the cluster and of its node groups.
  var summary: String {
    @inline(never)
    get {
      var words = status
      var separator = "; "
      for group in groups {
        words += separator
        words += memberText(group, "name")
        words += " ("
        words += (group["node_count"]?.int ?? 0).description
        words += ") "
        words += memberText(group, "status")
        separator = ", "
      }
      return words
    }
  }

  /// Whether Magnum has written something else of it since.
  @inline(never)
  func isNewer(than other: Cluster) -> Bool {
    for key in ["status", "status_reason", "updated_at"] where text(key) != other.text(key) {
      return true
    }
    return false
  }
}

@inline(never)
private func isInProgress(_ status: String) -> Bool {
  status.bytes[...].ends(with: "_IN_PROGRESS")
}

/// A member of an object of the API; empty where there is none.
@inline(never)
func memberText(_ object: JSONValue, _ key: String) -> String { object[key]?.string ?? "" }
