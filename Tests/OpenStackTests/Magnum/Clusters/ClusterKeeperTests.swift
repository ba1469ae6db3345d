import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Keeping clusters in a real Magnum with the Cluster API driver, through a proxy that counts and
/// makes faults. What takes Kubernetes is written into Magnum's own database.
@Suite(.serialized, .blocking) struct ClusterKeeperTests {
  let needs: MagnumNeeds
  let proxy: FaultProxy
  let database: MagnumDatabase
  let name: String
  /// Of the template that all tests begin with, and of one of the next release of Kubernetes.
  let template: String
  let nextTemplate: String

  init() throws {
    needs = try MagnumNeeds.shared()
    proxy = try FaultProxy(needs.lab)
    database = MagnumDatabase(needs.lab)
    name = "keeper-" + UUID().uuidString.prefix(8).lowercased()
    let templates = try needs.makeTemplates(name)
    (template, nextTemplate) = (templates[0], templates[1])
  }

  // MARK: Acting

  func session() throws(OpenStackError) -> Session {
    var limits = Limits.short
    limits.answering = 30_000
    return try needs.lab.session(
      auth: ["auth_url": .string(proxy.address)],
      [
        "identity_endpoint_override": .string(proxy.address + "/v3"),
        "container_infra_endpoint_override": .string(proxy.address + "/v1"),
      ], limits: limits)
  }

  func keeper(
    _ session: Session? = nil, name: String? = nil, uuid: String? = nil, waits: Bool = true,
    timeout: Int = 60, isRehearsal: Bool = false, tell: @escaping (String) -> Void = { _ in }
  ) throws(OpenStackError) -> ClusterKeeper {
    let asked: Session
    if let session { asked = session } else { asked = try self.session() }
    var waiting = try ClusterKeeper.Waiting(isOn: waits, timeout: timeout, interval: 1)
    waiting.pause = 200
    let keeper = try ClusterKeeper(
      asked, name: uuid == nil ? name ?? self.name : nil, uuid: uuid, waiting,
      isRehearsal: isRehearsal, tell: tell)
    keeper.watch.patience = 2000
    return keeper
  }

  func wanted(
    _ more: JSONObject = [:], mergesLabels: Bool = true
  ) throws(OpenStackError) -> WantedCluster {
    var values: JSONObject = ["cluster_template_id": .string(name), "node_count": 1]
    values.merge(more)
    return try WantedCluster(
      values, mergesLabels: mergesLabels,
      rules: LabelRules(driverVersion: nil, allowsUnknown: false))
  }

  @discardableResult
  func present(
    _ more: JSONObject = [:], upgrades: Bool = false, _ keeper: ClusterKeeper? = nil
  ) throws(OpenStackError) -> ClusterKeeper.Outcome {
    let wanted = try wanted(more)
    let used: ClusterKeeper
    if let keeper { used = keeper } else { used = try self.keeper() }
    return try used.present(wanted, upgrades: upgrades, batch: nil)
  }

  // MARK: Looking

  /// The clusters of this test, as they are now.
  func clusters() throws -> [Cluster] {
    let requests = ClusterRequests(session: try needs.session())
    return try requests.list("/clusters/detail", "clusters")
      .filter { $0["name"]?.string?.contains(name) == true }.map { try requests.whole($0) }
  }

  func only() throws -> Cluster {
    let clusters = try clusters()
    try #require(clusters.count == 1)
    return clusters[0]
  }

  /// What has come in that writes.
  func writes() throws -> [FaultProxy.Entry] {
    try proxy.log().filter { $0.method != "GET" && $0.path.hasPrefix("/v1") }
  }

  /// How each wrote, without what is asked again until it is so: a double's deletion.
  func methods(_ writes: [FaultProxy.Entry]) -> [String] {
    writes.reduce(into: []) { methods, entry in
      if methods.last != "DELETE" || entry.method != "DELETE" { methods.append(entry.method) }
    }
  }

  /// Ends what is in progress with a cluster, once a run has seen that it is.
  func end(_ uuid: String) throws {
    // The first answer may have been on its way.
    try proxy.wait(for: 2, after: proxy.log()) { $0.path == "/v1/clusters/" + uuid }
    try database.set(uuid, "UPDATE_COMPLETE")
  }

  func removeClusters() throws {
    let session = try needs.session()
    for cluster in try clusters() {
      _ = try session.request(
        .delete, .containerInfra, "/clusters/" + cluster.uuid, allowed: [404])
    }
    try wait { try clusters().isEmpty }
  }

  /// Removes the clusters and templates of the test.
  func removeAll() throws {
    let session = try needs.session()
    try removeClusters()
    for uuid in [template, nextTemplate] {
      _ = try session.request(
        .delete, .containerInfra, "/clustertemplates/" + uuid, allowed: [404])
    }
  }

  func wait(until isSo: () throws -> Bool) throws {
    for _ in 0..<200 {
      if try isSo() { return }
      usleep(100_000)
    }
    Issue.record("20 seconds have passed")
  }

  func refusal(
    _ more: JSONObject = [:], upgrades: Bool = false, _ keeper: ClusterKeeper? = nil
  ) throws -> OpenStackError {
    try #require(
      failure { () throws(OpenStackError) in
        try present(more, upgrades: upgrades, keeper)
      })
  }
}
