import Foundation
import JSON
import OpenStack
import TestSupport
import Testing

/// The module `magnum_cluster` with a real Keystone and a real Magnum, and openstackclient to look at
/// what it has done.
@Suite(.serialized, .blocking) struct MagnumClusterTests {
  private let needs: MagnumNeeds
  private let name = "module-" + UUID().uuidString.prefix(8).lowercased()
  /// The UUIDs of templates NAME and NAME-next.
  private let templates: [String]

  init() throws {
    needs = try MagnumNeeds.shared()
    templates = try needs.makeTemplates(name)
  }

  // MARK: Running

  /// A run with the cluster that all tests begin with, and what a test says besides.
  private func run(_ more: JSONObject = [:], check: Bool = false) throws -> RunModule.Outcome {
    var arguments: JSONObject = [
      "name": .string(name), "cluster_template": .string(name), "keypair": .string(needs.key),
      "node_count": 2, "auth": .object(needs.auth()), "region_name": "RegionOne",
      "wait_interval": 1, "wait_timeout": 60, "_ansible_diff": true,
    ]
    arguments.merge(more)
    if check { arguments["_ansible_check_mode"] = true }
    let outcome = try RunModule(name: "magnum_cluster")(arguments, in: NSTemporaryDirectory())
    #expect(!outcome.text.contains(needs.lab.password))
    return outcome
  }

  private func absent(_ more: JSONObject = [:], check: Bool = false) throws -> RunModule.Outcome {
    var arguments = more
    arguments["state"] = "absent"
    return try run(arguments, check: check)
  }

  /// This test's clusters as Magnum lists them.
  private func clusters() throws -> [JSONValue] {
    let answer = try needs.session().request(.get, .containerInfra, "/clusters")
    return try #require(answer.body["clusters"]?.array)
      .filter { $0["name"]?.string?.contains(name) == true }
  }

  private func removeAll() throws {
    let session = try needs.session()
    for cluster in try clusters() {
      try needs.deleteCluster(try #require(cluster["uuid"]?.string))
    }
    for uuid in templates {
      _ = try session.request(.delete, .containerInfra, "/clustertemplates/" + uuid)
    }
  }

  /// What openstackclient shows, from `cluster show` or another command.
  private func shown(_ command: [String]) throws -> JSONValue {
    let program = Program(
      [OpenStackLab.environment.appending(path: "bin/openstack").path, "coe"]
        + command + ["-f", "json"],
      environment: [
        "OS_CLIENT_CONFIG_FILE": needs.lab.state.appending(path: "clouds.yaml").path,
        "OS_CLOUD": "default", "PATH": "/usr/bin:/bin", "HOME": NSTemporaryDirectory(),
      ])
    return try JSONValue(parsing: try program.succeed().output)
  }

  // MARK: The contract

  @Test func theWholeCycle() throws {
    defer { try? removeAll() }
    #expect(try absent().changed == false)

    let foreseen = try run(check: true)
    #expect(foreseen.changed == true, "\(foreseen.message)")
    #expect(foreseen.output["progress"] == [])
    #expect(try clusters().isEmpty)

    let made = try run()
    #expect(made.changed == true, "\(made.message)")
    #expect(made.output["diff"] == foreseen.output["diff"])
    #expect(made.output["diff"]?["before"] == [:])
    #expect(made.output["cluster"]?["status"] == "CREATE_COMPLETE")
    #expect(made.output["cluster"]?["node_groups"]?.array?.count == 2)
    let progress = try #require(made.output["progress"]?.array)
    #expect(progress.last?.string?.contains("CREATE_COMPLETE; default-master (1)") == true)
    let uuid = try #require(made.output["cluster"]?["uuid"]?.string)
    #expect(made.output["actions"] == [.string("cluster \(name) \(uuid) is made")])

    let again = try run()
    #expect(again.changed == false && again.output["diff"] == nil)
    #expect(again.output["cluster"] == made.output["cluster"])
    #expect(again.output["actions"] == [] && again.output["progress"] == [])
    #expect(try run(check: true).changed == false)

    let goal: JSONObject = ["node_count": 3]
    let resizeForeseen = try run(goal, check: true)
    let resized = try run(goal)
    #expect(resized.changed == true, "\(resized.message)")
    #expect(resized.output["diff"] == resizeForeseen.output["diff"])
    #expect(resized.output["diff"]?["before"] == ["node_count": 2])
    #expect(resized.output["diff"]?["after"] == ["node_count": 3])
    #expect(try run(goal).changed == false)

    let next: JSONObject = ["node_count": 3, "cluster_template": .string(name + "-next")]
    let refused = try run(next)
    #expect(refused.failed && refused.message.contains("set upgrade to take the cluster to it"))
    var upgrade = next
    upgrade["upgrade"] = true
    #expect(try run(upgrade, check: true).changed == true)
    let upgraded = try run(upgrade)
    #expect(upgraded.changed == true, "\(upgraded.message)")
    #expect(upgraded.output["cluster"]?["cluster_template_id"]?.string == templates[1])
    #expect(
      upgraded.output["diff"]?["after"] == ["cluster_template_id": .string(templates[1])])
    #expect(try run(upgrade).changed == false)
    #expect(try run(next).changed == false)

    #expect(try absent(check: true).changed == true)
    #expect(try clusters().count == 1)
    let gone = try absent()
    #expect(gone.changed == true)
    #expect(gone.output["cluster"] == .null)
    #expect(try clusters().isEmpty)
    #expect(try absent().changed == false)
  }

  @Test func openstackclientShowsTheSame() throws {
    defer { try? removeAll() }
    let ours = try #require(
      try run(["labels": ["audit_log_enabled": true]]).output["cluster"]?.object)
    let uuid = try #require(ours["uuid"]?.string)
    let theirs = try #require(try shown(["cluster", "show", uuid]).object)
    var compared = 0
    for (name, value) in theirs {
      // The client has columns of its own beside the API's.
      guard let mine = ours[name] else { continue }
      compared += 1
      // It writes a missing text as "-".
      #expect(value == mine || (value == "-" && mine.isNull), "\(name)")
    }
    #expect(compared >= 25)
    let groups = try #require(try shown(["nodegroup", "list", uuid]).array)
    let mine = try #require(ours["node_groups"]?.array)
    #expect(groups.count == mine.count)
    for group in groups {
      let same = mine.first { $0["uuid"] == group["uuid"] }
      for name in ["name", "flavor_id", "image_id", "node_count", "status", "role"] {
        #expect(group[name] == same?[name], "\(name)")
      }
    }
  }

  @Test func withoutWaiting() throws {
    defer { try? removeAll() }
    let made = try run(["wait": false])
    #expect(made.changed == true, "\(made.message)")
    #expect(made.output["progress"] == [])
    #expect(try run().output["cluster"]?["status"] == "CREATE_COMPLETE")
    #expect(try absent(["wait": false]).changed == true)
    #expect(try absent().changed == false)
    #expect(try clusters().isEmpty)
  }

  // MARK: Failures

  @Test func aFailureSaysWhyAndWhatWasSeen() throws {
    defer { try? removeAll() }
    let failing: JSONObject = ["name": .string("fail-" + name)]
    let failed = try run(failing)
    #expect(failed.failed)
    for words in ["is CREATE_FAILED", "Stand-in for Kubernetes", "node group default-worker"] {
      #expect(failed.message.contains(words), "\(failed.message)")
    }
    #expect(failed.output["cluster_status"] == "CREATE_FAILED")
    #expect((failed.output["progress"]?.array ?? []).count >= 1)
    #expect(failed.output["actions"]?.array?.first?.string?.hasSuffix(" is made") == true)
    #expect(try run(failing).message == failed.message)
    #expect(try absent(failing).changed == true)
    #expect(try clusters().isEmpty)
  }

  @Test func timeIsOver() throws {
    defer { try? removeAll() }
    let uuid = try #require(try run().output["cluster"]?["uuid"]?.string)
    try MagnumDatabase(needs.lab).set(uuid, "UPDATE_IN_PROGRESS", seconds: 60)
    let over = try run(["node_count": 3, "wait_timeout": 1])
    #expect(over.failed && over.message.contains("after 1 seconds (wait_timeout)"))
    #expect(over.output["cluster_status"] == "UPDATE_IN_PROGRESS")
    #expect(
      over.output["progress"]?.array?.first?.string?.contains(" s: UPDATE_IN_PROGRESS") == true)
    try MagnumDatabase(needs.lab).set(uuid, "UPDATE_COMPLETE")
  }

  @Test(
    arguments: [
      (["name": .null], "no cluster is named: set name, or uuid"),
      (["cluster_template": .null], "making it takes cluster_template"),
      (["cluster_template": "no-such-template"], "there is no cluster template no-such-template"),
      (["master_count": 2], "master_count is 2"),
      (["wait_interval": 0], "wait_timeout and wait_interval are seconds from 1 on"),
      (["labels": ["auto_scale": true]], "label auto_scale is unknown to the driver"),
      (
        ["labels": ["max_node_count": 3], "labels_mode": "exact"], "label kube_tag is missing"
      ),
      (
        ["driver_version": "0.20.0", "labels": ["csi_resizer_tag": "v1"]],
        "label csi_resizer_tag is read from driver v0.30.0 on"
      ),
      (["flavor": "no-such-flavor"], "no-such-flavor"),
      (["keypair_id": "no-such-key", "keypair": .null], "no-such-key"),
      (["name": "1-digit-first"], "attribute name"),
      (["auth": .null, "cloud": "nowhere"], "there is no cloud \"nowhere\""),
      (["uuid": "5f1a33b2-0000-4000-8000-000000000000"], "there is no cluster 5f1a33b2"),
    ] as [(JSONObject, String)])
  func whatCannotBeIsTold(arguments: JSONObject, words: String) throws {
    defer { try? removeAll() }
    let refused = try run(arguments)
    #expect(refused.failed)
    #expect(refused.message.contains(words), "\(refused.message)")
    #expect(try clusters().isEmpty)
  }

  /// Of two clusters in a project that may have one, by Magnum's quota.
  @Test func aRefusalHasItsStatus() throws {
    defer { try? removeAll() }
    let admin = try needs.session()
    _ = try admin.request(
      .patch, .containerInfra, "/clustertemplates/" + templates[0],
      body: [["op": "replace", "path": "/public", "value": "true"]])
    let project = try needs.session(user: "demo", project: "demo").requiredProjectID()
    _ = try admin.request(
      .post, .containerInfra, "/quotas",
      body: ["project_id": .string(project), "resource": "Cluster", "hard_limit": 1])
    defer {
      _ = try? admin.request(.delete, .containerInfra, "/quotas/\(project)/Cluster")
    }
    let demo: JSONObject = [
      "auth": .object(needs.auth(user: "demo", project: "demo")), "keypair": .null,
    ]
    #expect(try run(demo).changed == true)
    var second = demo
    second["name"] = .string("second-" + name)
    let refused = try run(second)
    #expect(refused.failed && refused.output["status"] == 403, "\(refused.message)")
    #expect(refused.output["request_id"]?.string?.hasPrefix("req-") == true)
    #expect(refused.output["progress"] == [])
    #expect(try absent(demo).changed == true)
  }

  /// What is wrong with attributes is nothing to a cluster that goes.
  @Test func attributesDoNotKeepACluster() throws {
    defer { try? removeAll() }
    _ = try run()
    let gone = try absent(["labels": ["no_such_label": 1], "master_count": 2])
    #expect(gone.changed == true, "\(gone.message)")
  }

  // MARK: Log

  /// What a task writes to the syslog while it waits, from a listener that takes the place of /dev/log
  /// in a mount namespace of its own.
  @Test func progressIsInTheSyslog() throws {
    defer { try? removeAll() }
    for (more, isSilent) in [([:], false), (["_ansible_no_log": true], true)]
      as [(JSONObject, Bool)]
    {
      var arguments: JSONObject = [
        "name": .string(name), "cluster_template": .string(name), "node_count": isSilent ? 1 : 2,
        "auth": .object(needs.auth()), "region_name": "RegionOne", "wait_interval": 1,
        "_ansible_syslog_facility": "LOG_LOCAL3",
        "_ansible_module_name": "osa_ops.mcapi_vexxhost.magnum_cluster",
      ]
      arguments.merge(more)
      let file = NSTemporaryDirectory() + "/arguments-" + UUID().uuidString
      try Data(JSONValue.object(arguments).jsonBytes).write(to: URL(filePath: file))
      defer { try? FileManager.default.removeItem(atPath: file) }
      let outcome = try RunModule(name: "magnum_cluster").run(
        [file],
        under: [
          "unshare", "--mount", "/usr/bin/python3",
          ProjectFolder.root.appending(path: "Tests/ModulesTests/Magnum/with_syslog.py").path,
          file + ".log",
        ])
      defer {
        for ending in [".log", ".log.dev"] {
          try? FileManager.default.removeItem(atPath: file + ending)
        }
      }
      #expect(!outcome.failed, "\(outcome.message)")
      let log = try String(contentsOfFile: file + ".log", encoding: .utf8)
      let progress = try #require(outcome.output["progress"]?.array?.compactMap { $0.string })
      #expect(progress.count >= 2)
      if isSilent {
        #expect(log.isEmpty)
        continue
      }
      let lines = log.split(separator: "\n")
      #expect(lines.count == progress.count)
      for (line, words) in zip(lines, progress) {
        // 19 is local3, 6 information: 19 * 8 + 6.
        #expect(line.hasPrefix("<158>"))
        #expect(line.hasSuffix("ansible-osa_ops.mcapi_vexxhost.magnum_cluster: \(words)"))
      }
    }
  }
}
