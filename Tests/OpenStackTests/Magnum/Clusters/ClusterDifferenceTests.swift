import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// What of a cluster does not change, and which cluster a name means.
extension ClusterKeeperTests {
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
    #expect(
      error.message.contains("2 cluster templates of this project are named \(name)"),
      "\(error.message)")
    #expect(error.message.contains(uuid) && error.message.contains(template))
    let missing = try refusal(["cluster_template_id": .string(name + "-none")])
    #expect(missing.message.contains("there is no cluster template \(name)-none"))
    #expect(try clusters().isEmpty)
    #expect(try refusal(["cluster_template_id": .null]).message.contains("takes cluster_template"))
  }

  /// An administrator sees the templates of others, which have no part in what a name means.
  @Test func aTemplateOfAnotherProjectIsAnotherOne() throws {
    defer { try? removeAll() }
    let demo = try needs.session(user: "demo", project: "demo")
    let image = try needs.session().request(.get, .image, "/images?name=" + needs.image)
      .body["images"]?.array?.first?["id"]?.string
    var body = needs.template(name)
    body["image_id"] = .string(try #require(image))
    body["keypair_id"] = nil
    let theirs = try #require(
      try demo.request(.post, .containerInfra, "/clustertemplates", body: .object(body))
        .body["uuid"]?.string)
    defer { _ = try? demo.request(.delete, .containerInfra, "/clustertemplates/" + theirs) }
    #expect(try present().cluster["cluster_template_id"]?.string == template)
    #expect(try !present().changed)
    try removeClusters()
    _ = try needs.session().request(.delete, .containerInfra, "/clustertemplates/" + template)
    let error = try refusal()
    #expect(error.message.contains("there is no cluster template \(name)"), "\(error.message)")
    #expect(try clusters().isEmpty)
  }

  /// Places of Magnum's own in the address of a cluster.
  @Test(arguments: ["actions", "nodegroups", "detail"]) func namesThatArePlaces(name: String) throws
  {
    defer { try? removeAll() }
    for changed in [true, false] {
      #expect(try present([:], keeper(name: name)).changed == changed)
    }
    for changed in [true, false] {
      #expect(try keeper(name: name).absent().changed == changed)
    }
  }

  @Test func aNameInPlaceOfAUUID() throws {
    let error = try #require(
      failure { () throws(OpenStackError) in try keeper(uuid: name).absent() })
    #expect(error.message.contains("uuid is no UUID"), "\(error.message)")
    #expect(try proxy.log().isEmpty)
    try removeAll()
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
}
