import Foundation
import JSON
import OpenStack
import TestSupport
import Testing

/// The module `magnum_cluster_template` with a real Keystone and a real Magnum, and openstackclient to
/// look at what it has done.
@Suite(.serialized) struct MagnumClusterTemplateTests {
  private let needs: MagnumNeeds
  private let name = "module-" + UUID().uuidString.prefix(8).lowercased()

  init() throws { needs = try MagnumNeeds.shared() }

  // MARK: Running

  /// A run with the template that all tests begin with, and what a test says besides.
  private func run(
    _ more: JSONObject = [:], check: Bool = false, environment: [String] = []
  ) throws -> RunModule.Outcome {
    var arguments: JSONObject = [
      "name": .string(name), "image": .string(needs.image), "flavor": .string(needs.flavor),
      "master_flavor": .string(needs.flavor), "external_network": .string(needs.network),
      "labels": ["kube_tag": "v1.34.2", "auto_scaling_enabled": true, "max_node_count": 4],
      "auth": .object(needs.auth()), "region_name": "RegionOne", "_ansible_diff": true,
    ]
    arguments.merge(more)
    if check { arguments["_ansible_check_mode"] = true }
    let outcome = try RunModule(name: "magnum_cluster_template")(
      arguments, environment: environment, in: NSTemporaryDirectory())
    #expect(!outcome.text.contains(needs.lab.password))
    return outcome
  }

  private func absent(_ more: JSONObject = [:], check: Bool = false) throws -> RunModule.Outcome {
    var arguments = more
    arguments["state"] = "absent"
    return try run(arguments, check: check)
  }

  private func uuid(_ outcome: RunModule.Outcome) throws -> String {
    try #require(outcome.output["cluster_template"]?["uuid"]?.string, "\(outcome.message)")
  }

  /// This test's templates as Magnum lists them.
  private func templates() throws -> [JSONObject] {
    let session = try needs.session()
    let all = try session.request(.get, .containerInfra, "/clustertemplates")
      .body["clustertemplates"]?.array
    return try #require(all).compactMap { $0.object }
      .filter { $0["name"]?.string?.hasPrefix(name) == true }
  }

  private func removeAll() throws {
    let session = try needs.session()
    for template in try templates() {
      let uuid = try #require(template["uuid"]?.string)
      _ = try session.request(.delete, .containerInfra, "/clustertemplates/" + uuid)
    }
  }

  /// With a cluster that refers to the template of the name, for as long as the body runs.
  private func withCluster(_ template: String, _ body: (String) throws -> Void) throws {
    let cluster = name + "-cluster"
    try needs.makeCluster(cluster, template: template)
    do {
      try body(cluster)
    } catch {
      try needs.deleteCluster(cluster)
      throw error
    }
    try needs.deleteCluster(cluster)
  }

  /// What openstackclient shows of a template.
  private func shown(_ uuid: String) throws -> JSONObject {
    let program = Program(
      [
        OpenStackLab.environment.appending(path: "bin/openstack").path, "coe", "cluster",
        "template", "show", uuid, "-f", "json",
      ],
      environment: [
        "OS_CLIENT_CONFIG_FILE": needs.lab.state.appending(path: "clouds.yaml").path,
        "OS_CLOUD": "default", "PATH": "/usr/bin:/bin", "HOME": NSTemporaryDirectory(),
      ])
    return try #require(JSONValue(parsing: try program.succeed().output).object)
  }

  // MARK: The contract

  @Test func theWholeCycle() throws {
    defer { try? removeAll() }
    #expect(try absent().changed == false)

    let foreseen = try run(check: true)
    #expect(foreseen.changed == true, "\(foreseen.message)")
    #expect(try templates().isEmpty)

    let made = try run()
    #expect(made.changed == true, "\(made.message)")
    #expect(made.output["diff"] == foreseen.output["diff"])
    #expect(made.output["diff"]?["before"] == [:])
    let uuid = try uuid(made)
    #expect(
      made.output["cluster_template"]?["labels"]
        == ["kube_tag": "v1.34.2", "auto_scaling_enabled": "true", "max_node_count": "4"])

    let again = try run()
    #expect(again.changed == false && again.output["diff"] == nil)
    #expect(again.output["cluster_template"] == made.output["cluster_template"])
    #expect(try run(check: true).changed == false)

    let update: JSONObject = [
      "image": .string(needs.otherImage), "keypair": .string(needs.key), "docker_volume_size": 10,
      "dns_nameserver": ["8.8.8.8", "1.1.1.1"], "tags": ["a", "b"], "public": true,
      "master_lb_enabled": true, "no_proxy": "10.0.0.1",
    ]
    let updateForeseen = try run(update, check: true)
    #expect(try run(check: true).changed == false)
    let updated = try run(update)
    #expect(updated.changed == true, "\(updated.message)")
    #expect(updated.output["diff"] == updateForeseen.output["diff"])
    #expect(updated.output["diff"]?["before"]?["dns_nameserver"] == .null)
    #expect(
      updated.output["diff"]?["after"] == [
        "image_id": .string(needs.otherImage), "keypair_id": .string(needs.key),
        "dns_nameserver": "8.8.8.8,1.1.1.1", "docker_volume_size": 10, "no_proxy": "10.0.0.1",
        "master_lb_enabled": true, "tags": "a,b", "public": true,
      ])
    #expect(try self.uuid(updated) == uuid)
    #expect(try run(update).changed == false)

    let emptied = try run([
      "image": .string(needs.otherImage), "keypair": "", "docker_volume_size": 0, "tags": [],
      "no_proxy": "", "public": false,
    ])
    #expect(emptied.changed == true, "\(emptied.message)")
    for field in ["keypair_id", "docker_volume_size", "no_proxy"] {
      #expect(emptied.output["cluster_template"]?[field] == .null)
    }

    #expect(try absent(check: true).changed == true)
    #expect(try templates().count == 1)
    let gone = try absent()
    #expect(gone.changed == true)
    #expect(gone.output["cluster_template"] == .null)
    #expect(try templates().isEmpty)
    #expect(try absent().changed == false)
  }

  @Test func openstackclientShowsTheSame() throws {
    defer { try? removeAll() }
    let ours = try #require(try run(["tags": ["a"]]).output["cluster_template"]?.object)
    let theirs = try shown(try #require(ours["uuid"]?.string))
    var compared = 0
    for (name, value) in theirs {
      // The client has columns of its own beside the API's.
      guard let mine = ours[name] else { continue }
      compared += 1
      // It writes a missing text as "-".
      #expect(value == mine || (value == "-" && mine.isNull), "\(name)")
    }
    #expect(compared >= 25)
  }

  @Test func byUUIDAndWithANewName() throws {
    defer { try? removeAll() }
    let uuid = try uuid(try run())
    let renamed = try run(["uuid": .string(uuid), "name": .string(name + "-new")])
    #expect(renamed.changed == true)
    #expect(try templates().map { $0["name"]?.string } == [name + "-new"])
    let missing = try run(["uuid": "5f1a33b2-0000-4000-8000-000000000000"])
    #expect(missing.message.contains("there is no cluster template 5f1a33b2"))
    #expect(try absent(["uuid": .string(uuid), "name": .null]).changed == true)
  }

  @Test func labelsMergeWithThoseThatAreThere() throws {
    defer { try? removeAll() }
    _ = try run()
    let merged = try run([
      "labels_mode": "merge", "labels": ["audit_log_enabled": "yes", "max_node_count": .null],
    ])
    #expect(
      merged.output["cluster_template"]?["labels"]
        == ["kube_tag": "v1.34.2", "auto_scaling_enabled": "true", "audit_log_enabled": "true"])
    #expect(try run(["labels_mode": "merge", "labels": ["kube_tag": "v1.34.2"]]).changed == false)
    #expect(try run(["labels": .null]).changed == false)
    let exact = try run(["labels": ["kube_tag": "v1.35.0"]])
    #expect(exact.output["cluster_template"]?["labels"] == ["kube_tag": "v1.35.0"])
  }

  /// As several hosts of a play run it: one template is left, and all were given that one.
  @Test func runsAtOnceMakeOne() async throws {
    defer { try? removeAll() }
    let file = NSTemporaryDirectory() + "arguments-" + UUID().uuidString
    let arguments: JSONObject = [
      "name": .string(name), "image": .string(needs.image), "labels": ["kube_tag": "v1.34.2"],
      "external_network": .string(needs.network), "auth": .object(needs.auth()),
    ]
    try Data(JSONValue.object(arguments).jsonBytes).write(to: URL(filePath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    let program = Program(try RunModule(name: "magnum_cluster_template").command([file]))
    var (runs, second) = (0, 0)
    for _ in 0..<4 {
      let outputs = try await withThrowingTaskGroup(of: Program.Outcome.self) { group in
        for _ in 0..<4 { group.addTask { try await program.runAside() } }
        return try await group.reduce(into: [JSONValue]()) { outputs, outcome in
          #expect(outcome.status == 0, "\(outcome)")
          outputs.append(try JSONValue(parsing: outcome.output))
        }
      }
      let left = try templates()
      #expect(left.count == 1)
      for output in outputs {
        runs += 1
        if output["actions"]?.array?.isEmpty == false { second += 1 }
        #expect(output["cluster_template"]?["uuid"] == left.first?["uuid"])
      }
      #expect(try absent().changed == true)
    }
    print("at once: \(runs) runs, \(second) of them after one that was made at the same time")
  }

  // MARK: In use

  @Test func aTemplateInUseTakesWhatMayChange() throws {
    defer { try? removeAll() }
    let uuid = try uuid(try run())
    try withCluster(uuid) { _ in
      let changed = try run(["tags": ["x"], "hidden": true, "public": true])
      #expect(changed.changed == true, "\(changed.message)")
      #expect(changed.output["cluster_template"]?["tags"] == "x")
      #expect(changed.output["cluster_template"]?["hidden"] == true)
      #expect(changed.output["cluster_template"]?["public"] == true)
      #expect(try run(["tags": []]).output["cluster_template"]?["tags"] == "")
      let renamed = try run(["uuid": .string(uuid), "name": .string(name + "-b")])
      #expect(renamed.changed == true, "\(renamed.message)")
      #expect(try run(["uuid": .string(uuid)]).changed == true)
    }
  }

  /// Each attribute that may not change while a cluster refers to the template.
  @Test func aTemplateInUseRefusesTheRest() throws {
    defer { try? removeAll() }
    let uuid = try uuid(try run())
    try withCluster(uuid) { cluster in
      let before = try templates()
      for (option, value, field) in [
        ("image", .string(needs.otherImage), "image_id"), ("keypair", .string(needs.key), nil),
        ("docker_volume_size", 3, nil), ("labels", ["kube_tag": "v1.35.0"], nil),
        ("master_lb_enabled", true, nil), ("dns_nameserver", "9.9.9.9", nil),
        ("http_proxy", "http://proxy:3128", nil), ("floating_ip_enabled", false, nil),
      ] as [(String, JSONValue, String?)] {
        for check in [true, false] {
          let refused = try run([option: value, "tags": "not-alone"], check: check)
          #expect(refused.failed)
          #expect(
            refused.message.contains(field ?? option) && refused.message.contains("is in use")
              && refused.message.contains(cluster) && refused.message.contains("on_immutable"),
            "\(refused.message)")
        }
      }
      #expect(try templates() == before)
      for check in [true, false] {
        let refused = try absent(check: check)
        #expect(refused.failed && refused.message.contains("cannot be deleted"))
        #expect(refused.message.contains(cluster))
      }
    }
    #expect(try absent().changed == true)
  }

  /// Magnum keeps what is public so while clusters refer to it.
  @Test func aPublicTemplateInUseStaysPublic() throws {
    defer { try? removeAll() }
    let old = try uuid(try run(["public": true]))
    let back: JSONObject = ["public": false, "tags": ["x"]]
    func mode(_ mode: String, _ more: JSONObject) -> JSONObject {
      var all = more
      all["on_immutable"] = .string(mode)
      return all
    }
    try withCluster(old) { cluster in
      let before = try templates()
      for check in [true, false] {
        let refused = try run(back, check: check)
        #expect(
          refused.failed && refused.message.contains("is in use, and public may not change then"),
          "\(refused.message)")
        #expect(refused.message.contains(cluster))
        #expect(try templates() == before)
      }

      // A version of its own, which is settled.
      let made = try run(mode("version", back))
      let version = try uuid(made)
      #expect(version != old && made.output["cluster_template"]?["public"] == false)
      #expect(try run(mode("version", back)).changed == false)
      #expect(try templates().map { $0["hidden"] } == [true, false])

      // Where nothing refers to it, it is changed where it is, and back.
      for isPublic in [true, false] {
        let changed = try run(mode("version", ["public": .bool(isPublic), "tags": ["x"]]))
        #expect(changed.changed == true, "\(changed.message)")
        #expect(try uuid(changed) == version)
      }
      #expect(try run(mode("version", ["public": true, "tags": ["x"]])).changed == true)
      let second = name + "-second"
      try needs.makeCluster(second, template: version)
      defer { try? needs.deleteCluster(second) }
      for check in [true, false] {
        let refused = try run(mode("version", back), check: check)
        #expect(
          refused.failed
            && refused.message.contains("is there already, and may not change its public in use"),
          "\(refused.message)")
      }
      #expect(try templates().count == 2)
    }
  }

  @Test func aReplacementMayBePrivate() throws {
    defer { try? removeAll() }
    let old = try uuid(try run(["public": true]))
    let back: JSONObject = ["on_immutable": "replace", "public": false]
    try withCluster(old) { _ in
      let made = try run(back)
      #expect(try uuid(made) != old)
      #expect(made.output["cluster_template"]?["public"] == false)
      #expect(try run(back).changed == false)
    }
  }

  /// One of the family is needed: none is deleted.
  @Test func aFamilyIsDeletedAsAWhole() throws {
    defer { try? removeAll() }
    let version: JSONObject = ["on_immutable": "version", "docker_volume_size": 3]
    let old = try uuid(try run())
    var new = ""
    try withCluster(old) { _ in new = try uuid(try run(version)) }
    try withCluster(new) { cluster in
      for check in [true, false] {
        let refused = try absent(["on_immutable": "version"], check: check)
        #expect(refused.failed && refused.message.contains("cannot be deleted"))
        #expect(refused.message.contains(cluster))
      }
      #expect(try templates().count == 2)
    }
    #expect(try absent(["on_immutable": "version"]).changed == true)
    #expect(try templates().isEmpty)
  }

  @Test func aVersionTakesThePlace() throws {
    defer { try? removeAll() }
    let change: JSONObject = ["on_immutable": "version", "docker_volume_size": 3]
    let old = try uuid(try run(["on_immutable": "version"]))
    var new = ""
    try withCluster(old) { _ in
      let foreseen = try run(change, check: true)
      #expect(foreseen.changed == true, "\(foreseen.message)")
      #expect(try templates().count == 1)
      let made = try run(change)
      new = try uuid(made)
      #expect(new != old)
      #expect(made.output["diff"] == foreseen.output["diff"])
      let version = try #require(made.output["cluster_template"]?["name"]?.string)
      #expect(foreseen.output["cluster_template"]?["name"]?.string == version)
      #expect(version.hasPrefix(name + "-") && version.utf8.count == name.utf8.count + 11)
      #expect(made.output["cluster_template"]?["docker_volume_size"] == 3)
      let listed = try templates()
      #expect(listed.map { $0["name"]?.string } == [name, version])
      #expect(listed.map { $0["hidden"] } == [true, false])
      #expect(try run(change).changed == false)
      #expect(try self.uuid(try run(change)) == new)

      // Back to what was: the old one is there, and is shown again.
      let back = try run(["on_immutable": "version", "docker_volume_size": 0])
      #expect(try self.uuid(back) == old)
      #expect(try templates().map { $0["hidden"] } == [false])
      new = try self.uuid(try run(change))
    }
    let cleaned = try run(change)
    #expect(cleaned.changed == true)
    #expect(cleaned.output["actions"]?.array?.first?.string?.contains("is deleted") == true)
    #expect(try templates().map { $0["uuid"]?.string } == [new])
    #expect(try run(change).changed == false)
    #expect(try absent(["on_immutable": "version"]).changed == true)
    #expect(try templates().isEmpty)
  }

  @Test func aReplacementHasTheName() throws {
    defer { try? removeAll() }
    let change: JSONObject = ["on_immutable": "replace", "keypair": .string(needs.key)]
    let old = try uuid(try run())
    try withCluster(old) { _ in
      // What Magnum refuses leaves all as it was.
      let refused = try run(["on_immutable": "replace", "image": "no-such-image"])
      #expect(refused.failed && refused.message.contains("no-such-image"), "\(refused.message)")
      #expect(try templates().map { $0["name"]?.string } == [name])
      #expect(try templates().map { $0["hidden"] } == [false])

      let made = try run(change)
      #expect(made.changed == true, "\(made.message)")
      #expect(made.output["cluster_template"]?["name"]?.string == name)
      #expect(try uuid(made) != old)
      let listed = try templates()
      #expect(listed.count == 2)
      #expect(listed[0]["name"]?.string?.hasPrefix(name + "-") == true)
      #expect(listed[0]["hidden"] == true && listed[1]["hidden"] == false)
      #expect(try run(change).changed == false)
    }
    #expect(try run(change).changed == true)
    #expect(try templates().map { $0["name"]?.string } == [name])
  }

  /// Without clusters nothing stands in the way.
  @Test func withoutClustersATemplateIsChangedWhereItIs() throws {
    defer { try? removeAll() }
    let old = try uuid(try run())
    for mode in ["version", "replace"] {
      let changed = try run(["on_immutable": .string(mode), "keypair": .string(needs.key)])
      #expect(try uuid(changed) == old)
      #expect(try run(["on_immutable": .string(mode), "keypair": ""]).changed == true)
    }
    #expect(try templates().count == 1)
  }

  // MARK: Bad input

  @Test(
    arguments: [
      (["labels": ["kube_tag": "v1.34.2", "auto_scale": "1"]], "auto_scale is unknown"),
      (["labels": ["max_node_count": 3]], "label kube_tag is missing"),
      (
        ["driver_version": "0.20.0", "labels": ["kube_tag": "v1.30.0", "csi_resizer_tag": "v1"]],
        "label csi_resizer_tag is read from driver v0.30.0 on"
      ),
      (["image": ""], "image_id is empty"),
      (["name": .null], "no cluster template is named: set name, or uuid"),
      (["name": .null, "uuid": ""], "no cluster template is named: set name, or uuid"),
      (["name": .null, "uuid": "u", "on_immutable": "version"], "name the template"),
      (["auth": .null, "cloud": "nowhere"], "there is no cloud \"nowhere\""),
      (["cloud": 5], "cloud must be the name of a cloud"),
      (["flavor": "no-such-flavor"], "no-such-flavor"),
      (["coe": "swarm"], "value of coe must be one of: kubernetes, got: swarm"),
      (["region_name": "Nowhere"], "RegionOne"),
    ] as [(JSONObject, String)])
  func whatCannotBeIsTold(arguments: JSONObject, words: String) throws {
    let refused = try run(arguments)
    #expect(refused.failed)
    #expect(refused.message.contains(words), "\(refused.message)")
    #expect(try templates().isEmpty)
  }

  @Test func aTemplateThatIsNotThereNeedsAnImage() throws {
    #expect(try run(["image": .null]).message.contains("making it takes image"))
  }

  @Test func aMemberMayNotPublish() throws {
    let demo = try run([
      "auth": .object(needs.auth(user: "demo", project: "demo")), "public": true,
    ])
    #expect(demo.failed && demo.output["status"] == 403)
    #expect(demo.output["request_id"]?.string?.hasPrefix("req-") == true)
    #expect(demo.message.contains("Not authorized to set public or hidden"), "\(demo.message)")
  }

  /// What is wrong with attributes is nothing to a template that goes.
  @Test func labelsDoNotKeepATemplate() throws {
    defer { try? removeAll() }
    _ = try run()
    let gone = try absent(["labels": ["no_such_label": 1], "driver_version": "newest", "image": ""])
    #expect(gone.changed == true, "\(gone.message)")
  }

  // MARK: Secrets

  /// Members may be written in other ways, and the faults of a task be found before they are read.
  @Test(arguments: [
    "password", "os_password", "os-password", "OS_Password", "auth_token", "auth-token",
    "os_token", "application-credential-secret",
  ])
  func secretsInAllSpellings(member: String) throws {
    for option in ["auth", "cloud"] {
      for isText in [true, false] {
        let value: JSONValue = [member: "wr0ng-pa55word", "nested": [["deep": "x"]]]
        let refused = try run([
          "auth": .null, option: isText ? .string(value.jsonText) : value,
          "state": "wr0ng-pa55word",
        ])
        #expect(refused.failed && refused.message.contains("value of state must be"))
        #expect(!refused.text.contains("wr0ng-pa55word"), "\(option)")
      }
    }
  }

  @Test(arguments: [true, false])
  func noSecretIsShown(isValid: Bool) throws {
    defer { try? removeAll() }
    var auth = needs.auth()
    let shown = try run([
      "auth": .null,
      "cloud": ["auth": .object(auth), "region_name": "RegionOne"],
      "http_proxy": "http://user:s3cr3t-proxy@proxy:3128",
      "state": isValid ? "present" : "wrong",
    ])
    #expect(shown.failed == !isValid)
    #expect(!shown.text.contains("s3cr3t-proxy"))
    // What is no secret stays: hiding the user's name would hide it in all of Magnum's words.
    #expect(shown.text.contains(needs.lab.keystone))
    if isValid {
      // Nor what a template has that the task does not name.
      for more in [["https_proxy": .null], ["tags": ["a"]], ["http_proxy": ""]] as [JSONObject] {
        #expect(try !run(more).text.contains("s3cr3t-proxy"))
      }
    }
    auth["password"] = "wr0ng-pa55word"
    let refused = try run(["auth": .string(JSONValue.object(auth).jsonText)])
    #expect(refused.failed && refused.message.contains("refused the credentials"))
    #expect(!refused.text.contains("wr0ng-pa55word"))
  }
}
