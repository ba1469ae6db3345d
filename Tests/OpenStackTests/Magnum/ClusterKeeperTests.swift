import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Keeping clusters in a real Magnum with the Cluster API driver, through a proxy that counts and
/// makes faults. What takes Kubernetes is written into Magnum's own database.
@Suite(.serialized) struct ClusterKeeperTests {
  private let needs: MagnumNeeds
  private let proxy: FaultProxy
  private let database: MagnumDatabase
  private let name: String
  /// Of the template that all tests begin with, and of one of the next release of Kubernetes.
  private let template: String
  private let nextTemplate: String

  init() throws {
    needs = try MagnumNeeds.shared()
    proxy = try FaultProxy(needs.lab)
    database = MagnumDatabase(needs.lab)
    name = "keeper-" + UUID().uuidString.prefix(8).lowercased()
    let templates = try needs.makeTemplates(name)
    (template, nextTemplate) = (templates[0], templates[1])
  }

  // MARK: Acting

  private func session() throws(OpenStackError) -> Session {
    var limits = Limits.short
    limits.answering = 30_000
    return try needs.lab.session(
      auth: ["auth_url": .string(proxy.address)],
      [
        "identity_endpoint_override": .string(proxy.address + "/v3"),
        "container_infra_endpoint_override": .string(proxy.address + "/v1"),
      ], limits: limits)
  }

  private func keeper(
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

  private func wanted(
    _ more: JSONObject = [:], mergesLabels: Bool = true
  ) throws(OpenStackError) -> WantedCluster {
    var values: JSONObject = ["cluster_template_id": .string(name), "node_count": 1]
    values.merge(more)
    return try WantedCluster(
      values, mergesLabels: mergesLabels,
      rules: LabelRules(driverVersion: nil, allowsUnknown: false))
  }

  @discardableResult
  private func present(
    _ more: JSONObject = [:], upgrades: Bool = false, _ keeper: ClusterKeeper? = nil
  ) throws(OpenStackError) -> ClusterKeeper.Outcome {
    let wanted = try wanted(more)
    let used: ClusterKeeper
    if let keeper { used = keeper } else { used = try self.keeper() }
    return try used.present(wanted, upgrades: upgrades, batch: nil)
  }

  // MARK: Looking

  /// The clusters of this test, as they are now.
  private func clusters() throws -> [Cluster] {
    let requests = ClusterRequests(session: try needs.session())
    return try requests.list("/clusters/detail", "clusters")
      .filter { $0["name"]?.string?.contains(name) == true }.map { try requests.whole($0) }
  }

  private func only() throws -> Cluster {
    let clusters = try clusters()
    try #require(clusters.count == 1)
    return clusters[0]
  }

  /// What has come in that writes.
  private func writes() throws -> [FaultProxy.Entry] {
    try proxy.log().filter { $0.method != "GET" && $0.path.hasPrefix("/v1") }
  }

  /// How each wrote, without what is asked again until it is so: a double's deletion.
  private func methods(_ writes: [FaultProxy.Entry]) -> [String] {
    writes.reduce(into: []) { methods, entry in
      if methods.last != "DELETE" || entry.method != "DELETE" { methods.append(entry.method) }
    }
  }

  private func removeClusters() throws {
    let session = try needs.session()
    for cluster in try clusters() {
      _ = try session.request(
        .delete, .containerInfra, "/clusters/" + cluster.uuid, allowed: [404])
    }
    try wait { try clusters().isEmpty }
  }

  /// Removes the clusters and templates of the test.
  private func removeAll() throws {
    let session = try needs.session()
    try removeClusters()
    for uuid in [template, nextTemplate] {
      _ = try session.request(
        .delete, .containerInfra, "/clustertemplates/" + uuid, allowed: [404])
    }
  }

  private func wait(until isSo: () throws -> Bool) throws {
    for _ in 0..<200 {
      if try isSo() { return }
      usleep(100_000)
    }
    Issue.record("20 seconds have passed")
  }

  private func refusal(
    _ more: JSONObject = [:], upgrades: Bool = false, _ keeper: ClusterKeeper? = nil
  ) throws -> OpenStackError {
    try #require(
      failure { () throws(OpenStackError) in
        try present(more, upgrades: upgrades, keeper)
      })
  }

  // MARK: The cycle

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

  // MARK: In progress

  @Test func aClusterInProgressIsLeftAloneUntilItIsOver() throws {
    defer { try? removeAll() }
    try present()
    let uuid = try only().uuid
    try database.set(uuid, "UPDATE_IN_PROGRESS", seconds: 3)
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

    let patient = try keeper()
    #expect(try present(["node_count": 2], patient).changed)
    #expect(patient.progress.first?.hasPrefix("0 s: UPDATE_IN_PROGRESS; ") == true)
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

  // MARK: What does not change

  @Test func whatMagnumNeverChangesIsNamed() throws {
    defer { try? removeAll() }
    try present()
    let before = try writes().count
    for (field, value, words) in [
      ("keypair", "other", "keypair is none and not \"other\""),
      ("flavor_id", "m1.big", "flavor_id is \"\(needs.flavor)\" and not \"m1.big\""),
      ("master_flavor_id", "m1.big", "master_flavor_id is"),
      ("fixed_network", "n", "fixed_network is none and not \"n\""),
      ("fixed_subnet", "s", "fixed_subnet is none"),
      ("docker_volume_size", 5, "docker_volume_size is none and not 5"),
      ("floating_ip_enabled", false, "floating_ip_enabled is true and not false"),
      ("master_lb_enabled", false, "master_lb_enabled is true and not false"),
      ("labels", ["audit_log_enabled": true], "label audit_log_enabled is none and not \"true\""),
      ("labels", ["kube_tag": "v1.35.0"], "label kube_tag is \"v1.34.2\" and not \"v1.35.0\""),
      ("cluster_template_id", .string(nextTemplate), "set upgrade to take the cluster to it"),
    ] as [(String, JSONValue, String)] {
      for isRehearsal in [true, false] {
        let error = try refusal([field: value], keeper(isRehearsal: isRehearsal))
        #expect(error.message.contains(words), "\(error.message)")
        // A template alone needs neither.
        #expect(
          error.message.contains("Declare what is there, or delete the cluster")
            == (field != "cluster_template_id"))
      }
    }
    #expect(try writes().count == before)
    #expect(try !present(["keypair": "", "docker_volume_size": 0, "labels": [:]]).changed)
  }

  @Test func labelsOfTheClusterAndOfItsTemplate() throws {
    defer { try? removeAll() }
    let made = try present(["labels": ["audit_log_enabled": true]])
    #expect(made.cluster["labels"] == ["kube_tag": "v1.34.2", "audit_log_enabled": "true"])
    #expect(try !present(["labels": ["audit_log_enabled": "yes"]]).changed)
    #expect(try !present().changed)
    let exact = try wanted(["labels": ["kube_tag": "v1.34.2"]], mergesLabels: false)
    let error = try #require(
      failure { () throws(OpenStackError) in
        try keeper().present(exact, upgrades: false, batch: nil)
      })
    #expect(
      error.message.contains("label audit_log_enabled is \"true\" and not none"),
      "\(error.message)")
    // The release that an upgrade brings is no difference, another one is.
    let goal = JSONValue.string(nextTemplate)
    let wrong = try refusal(
      ["cluster_template_id": goal, "labels": ["kube_tag": "v1.36.0"]], upgrades: true)
    #expect(wrong.message.contains("label kube_tag is \"v1.35.0\" and not \"v1.36.0\""))
    let right = try present(
      ["cluster_template_id": goal, "labels": ["kube_tag": "v1.35.0"]], upgrades: true)
    #expect(right.changed)

    _ = try keeper().absent()
    let own = try wanted(
      ["labels": ["kube_tag": "v1.34.9", "max_node_count": 3]], mergesLabels: false)
    let other = try keeper().present(own, upgrades: false, batch: nil)
    #expect(other.cluster["labels"] == ["kube_tag": "v1.34.9", "max_node_count": "3"])
    #expect(try !keeper().present(own, upgrades: false, batch: nil).changed)
  }

  // MARK: Names

  @Test func severalOfOneNameAreListed() throws {
    defer { try? removeAll() }
    let session = try needs.session()
    for _ in 0..<2 {
      _ = try session.request(
        .post, .containerInfra, "/clusters",
        body: [
          "name": .string(name), "cluster_template_id": .string(template),
          "master_count": 1, "node_count": 1,
        ])
    }
    try wait { try clusters().count == 2 }
    for isAbsent in [true, false] {
      let keeper = try keeper()
      let error = try #require(
        failure { () throws(OpenStackError) in
          _ = isAbsent ? try keeper.absent() : try present([:], keeper)
        })
      #expect(error.message.contains("2 clusters of this project are named \(name)"))
      for cluster in try clusters() {
        #expect(error.message.contains(cluster.uuid))
        #expect(error.message.contains(cluster.text("created_at")))
      }
    }
    let uuid = try clusters()[0].uuid
    #expect(try !present([:], keeper(uuid: uuid)).changed)
    #expect(try keeper(uuid: uuid).absent().changed)
    #expect(try !present().changed)
    let error = try refusal([:], keeper(uuid: uuid))
    #expect(error.message.contains("there is no cluster \(uuid)"), "\(error.message)")
  }

  @Test func severalTemplatesOfOneNameAreListed() throws {
    defer { try? removeAll() }
    let session = try needs.session()
    let second = try session.request(
      .post, .containerInfra, "/clustertemplates", body: .object(needs.template(name)))
    let uuid = try #require(second.body["uuid"]?.string)
    defer {
      _ = try? session.request(.delete, .containerInfra, "/clustertemplates/" + uuid)
    }
    let error = try refusal()
    #expect(error.message.contains("2 cluster templates are named \(name)"), "\(error.message)")
    #expect(error.message.contains(uuid) && error.message.contains(template))
    let missing = try refusal(["cluster_template_id": .string(name + "-none")])
    #expect(missing.message.contains("there is no cluster template \(name)-none"))
    #expect(try clusters().isEmpty)
    #expect(try refusal(["cluster_template_id": .null]).message.contains("takes cluster_template"))
  }

  /// An administrator sees the clusters of others, and leaves them alone.
  @Test func anotherProjectIsAnotherPlace() throws {
    defer { try? removeAll() }
    try present()
    let uuid = try only().uuid
    let demo = try needs.session(user: "demo", project: "demo")
    #expect(try !keeper(demo).absent().changed)
    #expect(try !keeper(demo, uuid: uuid).absent().changed)
    let error = try refusal([:], keeper(demo))
    #expect(error.message.contains("there is no cluster template \(name)"), "\(error.message)")

    let admin = try needs.session()
    _ = try admin.request(
      .patch, .containerInfra, "/clustertemplates/" + template,
      body: [["op": "replace", "path": "/public", "value": "true"]])
    #expect(try present([:], keeper(demo)).changed)
    #expect(try !present([:], keeper(demo)).changed)
    #expect(try clusters().count == 2)
    #expect(try !present().changed)

    // No more than one in the project: 403.
    let quota: JSONObject = [
      "project_id": .string(try demo.requiredProjectID()), "resource": "Cluster", "hard_limit": 1,
    ]
    _ = try admin.request(.post, .containerInfra, "/quotas", body: .object(quota))
    let denied = try refusal([:], keeper(demo, name: "second-" + name))
    _ = try admin.request(
      .delete, .containerInfra, "/quotas/\(try demo.requiredProjectID())/Cluster")
    #expect(denied.kind == .forbidden && denied.status == 403)
    #expect(denied.message.contains("maximum clusters per project"), "\(denied.message)")
    #expect(try clusters().count == 2)
    #expect(try keeper().absent().changed)
    #expect(try !keeper().absent().changed)
    #expect(try only().uuid != uuid)
  }

  // MARK: Lost answers

  @Test(
    arguments: [
      ["fault": "done-reset"], ["fault": "reset"], ["fault": "cut"],
      ["fault": "answer", "status": 500], ["fault": "done-close"],
    ] as [JSONValue])
  func aLostAnswerMakesNoSecondCluster(fault: JSONValue) throws {
    defer { try? removeAll() }
    var rule = try #require(fault.object)
    rule["match"] = "POST /v1/clusters"
    try proxy.make([.object(rule)])
    let outcome = try present(["node_count": 2])
    #expect(outcome.changed)
    #expect(try outcome.cluster["uuid"]?.string == only().uuid)
    #expect(outcome.cluster["status"] == "CREATE_COMPLETE")
    let posts = try writes()
    let isDone = posts[0].status == 202
    #expect(posts.count == (isDone ? 1 : 2))
  }

  /// The first request is carried out after all, but so late that it is sent again.
  @Test func aLateClusterIsTheOne() throws {
    defer { try? removeAll() }
    let look = JSONValue.string("GET /v1/clusters/" + name)
    try proxy.make([
      ["match": "POST /v1/clusters", "fault": "done-reset"], ["match": look, "fault": "none"],
      ["match": look, "fault": "answer", "status": 404, "times": 6],
    ])
    let outcome = try present()
    try wait { try clusters().count == 1 }
    let cluster = try only()
    #expect(outcome.cluster["uuid"]?.string == cluster.uuid)
    let writes = try writes()
    #expect(methods(writes) == ["POST", "POST", "DELETE"])
    #expect(!writes[2].path.hasSuffix(cluster.uuid))
  }

  @Test func aRequestThatNeverAnswersEndsInAnError() throws {
    defer { try? removeAll() }
    try proxy.make([["match": "POST /v1/clusters", "fault": "reset", "times": 9]])
    let error = try refusal()
    #expect(error.kind == .mayHaveSucceeded)
    #expect(error.message.contains("was asked twice to make the cluster \(name)"))
    #expect(error.message.contains("run again once its log says why: POST http"))
    #expect(try clusters().isEmpty)
  }

  @Test(arguments: ["done-reset", "reset"])
  func aLostAnswerToAChange(fault: String) throws {
    defer { try? removeAll() }
    try present()
    let posts = try writes().count
    for (action, more) in [
      ("resize", ["node_count": 2]),
      ("upgrade", ["node_count": 2, "cluster_template_id": .string(nextTemplate)]),
    ] as [(String, JSONObject)] {
      let before = try writes().count
      let uuid = try only().uuid
      try proxy.make([
        ["match": .string("POST /v1/clusters/\(uuid)/actions/\(action)"), "fault": .string(fault)]
      ])
      let outcome = try present(more, upgrades: true)
      #expect(outcome.changed && outcome.cluster["status"] == "UPDATE_COMPLETE")
      #expect(try writes().count - before == (fault == "reset" ? 2 : 1))
    }
    #expect(try writes().count > posts)

    try proxy.make([["match": "POST /v1/clusters", "fault": "reset", "times": 9]])
    let error = try refusal(["cluster_template_id": .string(nextTemplate), "node_count": 3])
    #expect(error.kind == .mayHaveSucceeded)
    #expect(error.message.contains("was asked twice to change node_count of cluster \(name)"))
  }

  @Test func aLostAnswerToADelete() throws {
    defer { try? removeAll() }
    try present()
    try proxy.make([["match": "DELETE /v1/clusters", "fault": "done-reset"]])
    #expect(try keeper().absent().changed)
    #expect(try clusters().isEmpty)
  }

  // MARK: Answers on the way

  /// What Magnum says for moments when its conductor writes or removes a cluster.
  @Test func shortLivedAnswersAreAnotherTry() throws {
    defer { try? removeAll() }
    let fault =
      "{\"errors\": [{\"status\": 400, \"detail\": \"Invalid input for field/attribute master_count."
      + " Value: '0'. Value should be greater or equal to 1\"}]}"
    let rule: JSONObject = [
      "match": "GET /v1/clusters", "fault": "answer", "status": 400, "body": .string(fault),
      "times": 3,
    ]
    try proxy.make([.object(rule)])
    #expect(try present().changed)
    try proxy.make([.object(rule)])
    #expect(try !present().changed)
    try proxy.make([.object(rule)])
    #expect(try keeper().absent().changed)
    #expect(try proxy.log().count { $0.fault == "answer" } == 9)
    // Another refusal is one.
    try proxy.make([["match": "GET /v1/clusters", "fault": "answer", "status": 400]])
    #expect(try refusal().status == 400)
  }

  @Test func aTokenThatEndsWhileWaiting() throws {
    defer { try? removeAll() }
    let session = try session()
    let keeper = try keeper(session)
    try proxy.make([
      ["match": .string("GET /v1/clusters/" + name), "fault": "none"],
      ["match": "GET /v1/clusters/", "fault": "none", "times": 2],
      ["match": "GET /v1/clusters/", "fault": "answer", "status": 401],
    ])
    #expect(try present([:], keeper).cluster["status"] == "CREATE_COMPLETE")
    #expect(session.loginCount == 2)
  }

  /// Magnum takes the request, and does nothing of it.
  @Test func whatNeverBeginsIsTold() throws {
    defer { try? removeAll() }
    try present()
    try proxy.make([
      [
        "match": "POST /v1/clusters/", "fault": "answer", "status": 202,
        "body": .string("{\"uuid\": \"x\"}"),
      ]
    ])
    let error = try refusal(["node_count": 2], keeper(timeout: 3))
    #expect(error.kind == .failed)
    #expect(error.message.contains("has taken the request and not begun"), "\(error.message)")

    try proxy.make([
      [
        "match": "POST /v1/clusters", "fault": "answer", "status": 202,
        "body": .string("{\"uuid\": \"5f1a33b2-0000-4000-8000-000000000000\"}"),
      ]
    ])
    let unseen = try refusal([:], keeper(name: name + "-unseen", timeout: 3))
    #expect(unseen.message.contains("and shows none; look whether magnum-conductor runs"))
  }

  @Test func whoeverChangesItAtTheSameTimeIsTold() throws {
    defer { try? removeAll() }
    try present()
    let uuid = try only().uuid
    // The request is lost, and somebody else's change is what is seen.
    try proxy.make([
      [
        "match": "POST /v1/clusters/", "fault": "answer", "status": 202,
        "body": .string("{\"uuid\": \"\(uuid)\"}"),
      ]
    ])
    try database.set(uuid, "CREATE_COMPLETE")
    let aside = Thread { [database] in
      usleep(1_500_000)
      try? database.set(uuid, "UPDATE_IN_PROGRESS", seconds: 2)
    }
    aside.start()
    let error = try refusal(["node_count": 2])
    #expect(error.message.contains("somebody else has changed it"), "\(error.message)")
  }

  // MARK: At the same time

  /// All have looked before the first has made it: the younger ones go.
  @Test func severalAtOnceEndWithOne() async throws {
    defer { try? removeAll() }
    let wanted = try wanted()
    try await withThrowingTaskGroup(of: String?.self) { group in
      for _ in 0..<3 {
        group.addTask { [self] in
          try await Aside.run {
            try keeper(needs.session()).present(wanted, upgrades: false, batch: nil)
              .cluster["uuid"]?.string
          }
        }
      }
      var uuids: Set<String> = []
      for try await uuid in group { uuids.insert(try #require(uuid)) }
      #expect(uuids.count == 1)
    }
    try wait { try clusters().count == 1 }
    #expect(try !present().changed)
  }

  /// Between the look and the making of ours: the look found nothing, and the other was first.
  ///
  /// - Parameter late: whether the first list after that does not show it yet, as with a database of
  ///   several nodes.
  @Test(arguments: [false, true])
  func oneMadeBySomebodyElseAfterTheLook(late: Bool) throws {
    defer { try? removeAll() }
    try present(["node_count": 2])
    let theirs = try only().uuid
    var rules: [JSONValue] = [
      ["match": .string("GET /v1/clusters/" + name), "fault": "answer", "status": 404]
    ]
    if late {
      rules.append([
        "match": "GET /v1/clusters/detail", "fault": "answer", "status": 200,
        "body": "{\"clusters\": []}",
      ])
    }
    let before = try writes().count
    try proxy.make(rules)
    let outcome = try present(["node_count": 1])
    let writes = try writes().dropFirst(before)
    #expect(methods(Array(writes)) == ["POST", "DELETE", "POST"])
    let ours = try #require(writes.dropFirst().first?.path.split(separator: "/").last)
    #expect(ours != theirs)
    // Theirs has been changed, and nothing is left of ours.
    #expect(outcome.changed)
    #expect(outcome.cluster["uuid"]?.string == theirs)
    #expect(outcome.before == ["node_count": 2] && outcome.after == ["node_count": 1])
    #expect(
      outcome.remarks == [
        "cluster \(name) \(ours) is made",
        "cluster \(name) \(ours) is deleted, since \(theirs) was made at the same time",
        "node_count 2 becomes 1",
      ])
    try wait { try clusters().count == 1 }
    #expect(try only().uuid == theirs)
  }

  @Test func whatWasDoneStandsBesideAFailure() throws {
    defer { try? removeAll() }
    try present()
    let theirs = try only().uuid
    try proxy.make([
      ["match": .string("GET /v1/clusters/" + name), "fault": "answer", "status": 404]
    ])
    let keeper = try keeper()
    let error = try refusal(["floating_ip_enabled": false], keeper)
    #expect(error.message.contains("floating_ip_enabled is true and not false"), "\(error.message)")
    let remarks = keeper.outcome.remarks
    #expect(remarks.count == 2 && remarks[0].hasSuffix(" is made"))
    #expect(remarks.last?.hasSuffix("since \(theirs) was made at the same time") == true)
    #expect(keeper.outcome.changed)
  }

  @Test func aRehearsalSaysThatItWouldBeMade() throws {
    #expect(
      try present([:], keeper(isRehearsal: true)).remarks == ["cluster \(name) is made"])
    #expect(try clusters().isEmpty)
  }
}
