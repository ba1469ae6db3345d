import JSON
import TestSupport
import Testing

@testable import OpenStack

/// From absent to absent, and what a run asks and does on the way.
extension ClusterKeeperTests {
  @Test func theWholeCycle() throws {
    defer { try? removeAll() }
    #expect(try !keeper().absent().changed)
    let foreseen = try present(["node_count": 2], keeper(isRehearsal: true))
    #expect(foreseen.changed)
    #expect(try clusters().isEmpty)

    var told: [String] = []
    let first = try keeper { told.append($0) }
    let made = try present(["node_count": 2, "create_timeout": 30], first)
    #expect(made.changed)
    #expect(
      foreseen.after == [
        "name": .string(name), "cluster_template_id": .string(template), "node_count": 2,
      ])
    #expect(made.cluster["status"] == "CREATE_COMPLETE")
    #expect(made.cluster["create_timeout"] == 30)
    #expect(made.cluster["node_groups"]?.array?.count == 2)
    #expect(first.progress == told)
    #expect(told.count >= 2)
    #expect(told.last?.contains(" s: CREATE_COMPLETE; default-master (1) CREATE_COMPLETE") == true)
    let uuid = try only().uuid

    let again = try keeper()
    #expect(try !present(["node_count": 2, "create_timeout": 99], again).changed)
    #expect(again.progress.isEmpty)

    for count in [3, 1, 0, 1] {
      let before = try only().count("node_count")
      let foreseen = try present(["node_count": .int(count)], keeper(isRehearsal: true))
      #expect(try only().count("node_count") == before)
      let resized = try present(["node_count": .int(count)])
      #expect(resized.changed)
      #expect(resized.before == ["node_count": .int(before ?? -1)])
      #expect(resized.after == ["node_count": .int(count)])
      #expect(resized.after == foreseen.after)
      #expect(try only().count("node_count") == count)
      #expect(try !present(["node_count": .int(count)]).changed)
    }

    let goal: JSONObject = [
      "cluster_template_id": .string(nextTemplate), "node_count": 3, "master_count": 3,
    ]
    let upgradeForeseen = try present(goal, upgrades: true, keeper(isRehearsal: true))
    let upgraded = try present(goal, upgrades: true)
    #expect(
      upgraded.after == [
        "cluster_template_id": .string(nextTemplate), "node_count": 3, "master_count": 3,
      ])
    #expect(upgraded.after == upgradeForeseen.after)
    #expect(upgraded.remarks.count == 3)
    #expect(upgraded.cluster["cluster_template_id"]?.string == nextTemplate)
    #expect(try !present(goal, upgrades: true).changed)
    #expect(try !present(goal).changed)

    #expect(try keeper(isRehearsal: true).absent().changed)
    #expect(try only().uuid == uuid)
    let last = try keeper()
    let gone = try last.absent()
    #expect(gone.changed && gone.cluster.isNull)
    #expect(gone.before["uuid"]?.string == uuid)
    #expect(last.progress.last?.hasSuffix("it is gone") == true)
    #expect(try clusters().isEmpty)
    #expect(try !keeper().absent().changed)
  }

  @Test func anUnchangedRunAsksThreeTimes() throws {
    defer { try? removeAll() }
    try present()
    for (ident, requests) in [(template, 3), (name, 4)] {
      let session = try session()
      let outcome = try present(["cluster_template_id": .string(ident)], keeper(session))
      #expect(!outcome.changed)
      // The token, the cluster, its node groups; and a template's UUID where its name is given.
      #expect(session.requestCount == requests)
    }
  }

  /// Fewer machines before an upgrade, which has fewer to replace then; more after it.
  @Test func shrinksBeforeAnUpgradeAndGrowsAfterIt() throws {
    defer { try? removeAll() }
    try present(["node_count": 2])
    for (ident, count, order) in [
      (nextTemplate, 1, ["resize", "upgrade"]), (template, 2, ["upgrade", "resize"]),
    ] {
      let before = try writes().count
      try present(
        ["cluster_template_id": .string(ident), "node_count": .int(count)], upgrades: true)
      let actions = try writes().dropFirst(before).map { $0.path.split(separator: "/").last }
      #expect(actions.map { String($0 ?? "") } == order)
    }
  }

  /// Magnum shows a cluster that is deleted for a moment, before it takes it from its database.
  @Test func whatIsAboutToGoIsNotDeletedAgain() throws {
    defer { try? removeAll() }
    let made = try present(["node_count": 1])
    let uuid = try #require(made.cluster["uuid"]?.string)
    let before = try proxy.log()
    try database.set(uuid, "DELETE_COMPLETE")
    let deletion = Aside { [database, proxy] in
      try proxy.wait(after: before) { $0.path.hasPrefix("/v1/clusters") }
      // What stands in for the driver takes away what is in progress.
      try database.set(uuid, "DELETE_IN_PROGRESS")
    }
    let absent = try keeper()
    absent.watch.patience = 30_000
    #expect(try !absent.absent().changed)
    try deletion.value()
    #expect(try clusters().isEmpty)
    #expect(
      try proxy.log().dropFirst(before.count).allSatisfy {
        $0.method == "GET" || !$0.path.hasPrefix("/v1")
      })
  }

  /// As a conductor leaves it that stops in between: nothing but another deletion takes it away.
  @Test func whatIsDeletedAndStaysIsDeletedAgain() throws {
    defer { try? removeAll() }
    let made = try present(["node_count": 1])
    try database.set(try #require(made.cluster["uuid"]?.string), "DELETE_COMPLETE")
    let present = try keeper()
    present.watch.patience = 1000
    let error = try refusal(["node_count": 1], present)
    #expect(error.message.contains("DELETE_COMPLETE"), "\(error.message)")
    #expect(error.message.contains("state absent"), "\(error.message)")
    let absent = try keeper()
    absent.watch.patience = 1000
    #expect(try absent.absent().changed)
    #expect(try clusters().isEmpty)
  }

  @Test func whatIsDeletedStandsInNobodysWay() throws {
    defer { try? removeAll() }
    let old = try #require(present(["node_count": 1]).cluster["uuid"]?.string)
    try database.set(old, "DELETE_COMPLETE")
    let requests = ClusterRequests(session: try needs.session())
    let new = try requests.post([
      "name": .string(name), "cluster_template_id": .string(template), "node_count": 1,
      "keypair": .string(needs.key),
    ])
    let found = try present(["node_count": 1])
    #expect(found.cluster["uuid"]?.string == new && !found.changed)
    #expect(try keeper().absent().changed)
    #expect(try requests.find(uuid: new) == nil)
    #expect(try requests.find(uuid: old)?.isDeleted == true)
  }

  @Test func withoutWaiting() throws {
    defer { try? removeAll() }
    let made = try present(["node_count": 2], keeper(waits: false))
    #expect(made.changed)
    let uuid = try #require(made.cluster["uuid"]?.string)
    // Whatever is being done to it, it is as it is wanted.
    #expect(try !present(["node_count": 2], keeper(waits: false)).changed)
    #expect(try present(["node_count": 2]).cluster["status"] == "CREATE_COMPLETE")
    #expect(try only().uuid == uuid)

    let resized = try present(["node_count": 1], keeper(waits: false))
    #expect(resized.changed)
    _ = try present(["node_count": 1])
    let both: JSONObject = ["cluster_template_id": .string(nextTemplate), "node_count": 3]
    let before = try writes().count
    let error = try refusal(both, upgrades: true, keeper(waits: false))
    #expect(error.message.contains("cluster_template_id, node_count"), "\(error.message)")
    #expect(try writes().count == before)
    #expect(try keeper(waits: false).absent().changed)
    #expect(try !keeper().absent().changed)
    #expect(try clusters().isEmpty)
  }
}
