import Foundation
import JSON
import OpenStack
import TestSupport
import Testing

/// Templates that clusters refer to, and each way of on_immutable.
extension MagnumClusterTemplateTests {
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

  /// As Horizon makes templates: the name of the image that it holds the id of is no change.
  @Test func aTemplateInUseMayHoldIDs() throws {
    defer { try? removeAll() }
    let images = try needs.session().request(.get, .image, "/images?name=" + needs.image)
    let id = try #require(images.body["images"]?.array?.first?["id"])
    let uuid = try uuid(try run(["image": id]))
    try withCluster(uuid) { _ in
      for check in [true, false] {
        let unchanged = try run(check: check)
        #expect(unchanged.changed == false, "\(unchanged.message)")
        #expect(unchanged.output["cluster_template"]?["image_id"] == id)
      }
    }
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
}
