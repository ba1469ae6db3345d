import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Clusters in progress, on their way out, and failed.
extension ClusterKeeperTests {
  // MARK: In progress

  @Test func aClusterInProgressIsLeftAloneUntilItIsOver() throws {
    defer { try? removeAll() }
    try present()
    let uuid = try only().uuid
    try database.set(uuid, "UPDATE_IN_PROGRESS", seconds: 600)
    let before = try writes().count
    for state in [true, false] {
      let idle = try keeper(waits: false)
      let error = try #require(
        failure { () throws(OpenStackError) in
          _ = state ? try present(["node_count": 2], idle) : try idle.absent()
        })
      #expect(
        error.message.contains("\(name) \(uuid) is UPDATE_IN_PROGRESS; default-master"),
        "\(error.message)")
      #expect(error.message.contains("nothing is done to it until that is over"))
    }
    // What needs no change is none.
    #expect(try !present([:], keeper(waits: false)).changed)
    // What would be done can be said at once.
    #expect(try present(["node_count": 2], keeper(isRehearsal: true)).changed)
    #expect(try writes().count == before)

    let update = Aside { [self] in try end(uuid) }
    let patient = try keeper()
    #expect(try present(["node_count": 2], patient).changed)
    try update.value()
    #expect(patient.progress.first?.contains(" s: UPDATE_IN_PROGRESS; ") == true)
    #expect(try only().count("node_count") == 2)

    try database.set(uuid, "UPDATE_IN_PROGRESS", seconds: 3)
    #expect(try keeper().absent().changed)
    #expect(try clusters().isEmpty)
  }

  @Test func aClusterOnItsWayOutIsOnlyWaitedFor() throws {
    defer { try? removeAll() }
    try present()
    let cluster = try only()
    var fields = cluster.fields
    fields["status"] = "DELETE_IN_PROGRESS"
    // What stands in for Kubernetes ends a deletion at once.
    func leaving(_ ident: String, _ times: Int) -> JSONValue {
      [
        "match": .string("GET /v1/clusters/" + ident), "fault": "answer", "status": 200,
        "body": .string(JSONValue.object(fields).jsonText), "times": .int(times),
      ]
    }
    let before = try writes().count
    try proxy.make([leaving(name, 1)])
    let error = try refusal([:], keeper(waits: false))
    #expect(error.message.contains("is DELETE_IN_PROGRESS"), "\(error.message)")
    try proxy.make([leaving(name, 1)])
    #expect(try !keeper(waits: false).absent().changed)
    try proxy.make([
      leaving(name, 1), leaving(cluster.uuid, 5),
      ["match": .string("GET /v1/clusters/" + cluster.uuid), "fault": "answer", "status": 404],
    ])
    let patient = try keeper()
    #expect(try !patient.absent().changed)
    #expect(
      patient.progress.map { $0.drop { $0 != ":" } } == [": DELETE_IN_PROGRESS", ": it is gone"])
    #expect(try writes().count == before)

    // To be there again it is made when the old one is gone.
    #expect(try keeper(waits: false).absent().changed)
    #expect(try present().changed)
    #expect(try only().uuid != cluster.uuid)
  }

  @Test func timeIsOver() throws {
    defer { try? removeAll() }
    try present()
    let uuid = try only().uuid
    try database.set(uuid, "UPDATE_IN_PROGRESS", reason: "Waiting for machines", seconds: 120)
    let keeper = try keeper(timeout: 2)
    let error = try refusal(["node_count": 2], keeper)
    #expect(error.kind == .failed)
    for words in [
      "after 2 seconds (wait_timeout) cluster \(name) \(uuid) is still UPDATE_IN_PROGRESS",
      "the cluster: Waiting for machines", "another run waits for it",
    ] {
      #expect(error.message.contains(words), "\(error.message)")
    }
    #expect(keeper.status == "UPDATE_IN_PROGRESS")
    #expect(keeper.progress.count == 1)
    try database.set(uuid, "UPDATE_COMPLETE")
    #expect(try present(["node_count": 2]).changed)
  }

  // MARK: Failed

  @Test func aFailureIsToldWithAllThatMagnumSays() throws {
    defer { try? removeAll() }
    let failing = "fail-" + name
    var texts: [String] = []
    for _ in 0..<2 {
      let keeper = try keeper(name: failing)
      let error = try refusal([:], keeper)
      #expect(error.kind == .failed)
      #expect(keeper.status == "CREATE_FAILED")
      texts.append(error.message)
    }
    #expect(texts[0] == texts[1])
    for words in [
      "cluster \(failing) ", " is CREATE_FAILED; default-master (1) CREATE_FAILED,",
      "the cluster: Stand-in for Kubernetes", "node group default-worker: ", "state absent",
    ] {
      #expect(texts[0].contains(words), "\(texts[0])")
    }
    #expect(try clusters().count == 1)
    #expect(try keeper(name: failing).absent().changed)
    #expect(try clusters().isEmpty)
  }

  @Test func reasonsOfNodeGroups() throws {
    defer { try? removeAll() }
    try present()
    let uuid = try only().uuid
    try database.set(uuid, "UPDATE_FAILED", reason: "quota", groupReason: "no valid host")
    let error = try refusal()
    #expect(
      error.message.contains(
        "the cluster: quota; node group default-master: no valid host; node group default-worker: no"
          + " valid host; mend the cause; a resize brings it back"), "\(error.message)")
    // Magnum takes another number of machines then, and nothing else.
    #expect(
      try refusal(["cluster_template_id": .string(nextTemplate)], upgrades: true).kind == .failed)
    let resized = try present(["node_count": 2])
    #expect(resized.changed && resized.cluster["status"] == "UPDATE_COMPLETE")

    try database.set(uuid, "DELETE_FAILED", reason: "load balancer")
    let refused = try refusal(["node_count": 2])
    #expect(refused.message.contains("load balancer; mend the cause, and delete it again"))
    #expect(try keeper().absent().changed)
    #expect(try clusters().isEmpty)
  }
}
