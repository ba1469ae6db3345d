import Foundation
import JSON
import OpenStack
import TestSupport
import Testing

/// The module `magnum_cluster_template` with a real Keystone and a real Magnum, and openstackclient to
/// look at what it has done.
@Suite(.serialized, .blocking) struct MagnumClusterTemplateTests {
  let needs: MagnumNeeds
  let name = "module-" + UUID().uuidString.prefix(8).lowercased()

  init() throws { needs = try MagnumNeeds.shared() }

  // MARK: Running

  /// A run with the template that all tests begin with, and what a test says besides.
  func run(
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

  func absent(_ more: JSONObject = [:], check: Bool = false) throws -> RunModule.Outcome {
    var arguments = more
    arguments["state"] = "absent"
    return try run(arguments, check: check)
  }

  func uuid(_ outcome: RunModule.Outcome) throws -> String {
    try #require(outcome.output["cluster_template"]?["uuid"]?.string, "\(outcome.message)")
  }

  /// This test's templates as Magnum lists them.
  func templates() throws -> [JSONObject] {
    let session = try needs.session()
    let all = try session.request(.get, .containerInfra, "/clustertemplates")
      .body["clustertemplates"]?.array
    return try #require(all).compactMap { $0.object }
      .filter { $0["name"]?.string?.hasPrefix(name) == true }
  }

  func removeAll() throws {
    let session = try needs.session()
    for template in try templates() {
      let uuid = try #require(template["uuid"]?.string)
      _ = try session.request(.delete, .containerInfra, "/clustertemplates/" + uuid)
    }
  }

  /// With a cluster that refers to the template of the name, for as long as the body runs.
  func withCluster(_ template: String, _ body: (String) throws -> Void) throws {
    let cluster = name + "-cluster"
    try needs.withCluster(cluster, template: template) { try body(cluster) }
  }

  /// What openstackclient shows of a template.
  func shown(_ uuid: String) throws -> JSONObject {
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
  @Test func runsAtOnceMakeOne() throws {
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
      let outputs = try concurrently(4) { _ in
        let outcome = try program.run()
        #expect(outcome.status == 0, "\(outcome)")
        return try JSONValue(parsing: outcome.output)
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
}
