import Foundation

/// Magnum's own database, to make states that take Kubernetes and time to come about.
public struct MagnumDatabase: Sendable {
  private let path: String

  public init(_ lab: OpenStackLab) { path = lab.state.appending(path: "magnum/magnum.db").path }

  /// Gives a cluster and its node groups a status. One of `_IN_PROGRESS` ends by itself, as what
  /// stands in for Kubernetes ends all of them, but not before so many seconds.
  public func set(
    _ uuid: String, _ status: String, reason: String? = nil, groupReason: String? = nil,
    seconds: Int = 0
  ) throws {
    let script = """
      import json, sqlite3, sys
      path, arguments = sys.argv[1], json.loads(sys.argv[2])
      database = sqlite3.connect(path, timeout=30)
      with database:
          database.execute("BEGIN IMMEDIATE")
          done = database.execute(
              "UPDATE cluster SET status = :status, status_reason = :reason,"
              " updated_at = datetime('now', :seconds || ' seconds') WHERE uuid = :uuid", arguments)
          database.execute(
              "UPDATE nodegroup SET status = :status, status_reason = :group"
              " WHERE cluster_id = :uuid", arguments)
      sys.exit(done.rowcount != 1)
      """
    func text(_ value: String?) -> String { value.map { "\"\($0)\"" } ?? "null" }
    let arguments =
      "{\"uuid\": \(text(uuid)), \"status\": \(text(status)), \"reason\": \(text(reason)),"
      + " \"group\": \(text(groupReason)), \"seconds\": \(seconds)}"
    _ = try Program(["/usr/bin/python3", "-c", script, path, arguments]).succeed()
  }
}
