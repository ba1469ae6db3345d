import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Templates that hold ids where names are wanted, and names where ids are.
@Suite(.serialized, .blocking) struct NamesAndIDsTests {
  let needs: MagnumNeeds
  let name = "things-" + UUID().uuidString.prefix(8).lowercased()

  init() throws { needs = try MagnumNeeds.shared() }

  private func wanted(_ more: JSONObject = [:]) throws(OpenStackError) -> WantedTemplate {
    var values = needs.template(name)
    values.merge(more)
    return try WantedTemplate(
      values, mergesLabels: false, rules: LabelRules(driverVersion: nil, allowsUnknown: false))
  }

  private func present(
    _ more: JSONObject = [:], _ immutable: TemplateKeeper.Immutable = .fail,
    _ session: Session? = nil
  ) throws -> TemplateKeeper.Outcome {
    try TemplateKeeper(
      session ?? needs.session(), name: name, uuid: nil, immutable: immutable, isRehearsal: false
    ).present(wanted(more))
  }

  private func id(_ service: Service, _ things: String, _ name: String) throws -> JSONValue {
    let found = try needs.session().request(.get, service, "/" + things).body[things]?.array ?? []
    return try #require(found.first { $0["name"]?.string == name }?["id"])
  }

  /// The ids of all that `MagnumNeeds.template` names.
  private func ids() throws -> JSONObject {
    let flavor = try id(.compute, "flavors", needs.flavor)
    return [
      "image_id": try id(.image, "images", needs.image), "flavor_id": flavor,
      "master_flavor_id": flavor,
      "external_network_id": try id(.network, "networks", needs.network),
    ]
  }

  private func removeAll() throws {
    let requests = TemplateRequests(session: try needs.session())
    for template in try requests.own() where template.name.hasPrefix(name) {
      _ = try requests.delete(template)
    }
  }

  /// A request for images, one for flavors and one for networks, besides the two that any run takes.
  @Test func namesForIDsChangeNothing() throws {
    defer { try? removeAll() }
    let ids = try ids()
    #expect(try present(ids).template?["image_id"] == ids["image_id"])
    for immutable in [TemplateKeeper.Immutable.fail, .replace, .version] {
      let session = try needs.session()
      let outcome = try present([:], immutable, session)
      #expect(!outcome.changed && outcome.template?["flavor_id"] == ids["flavor_id"])
      #expect(session.requestCount == 5)
    }
  }

  @Test func idsForNamesChangeNothing() throws {
    defer { try? removeAll() }
    #expect(try present().changed)
    let outcome = try present(ids())
    #expect(!outcome.changed && outcome.template?["image_id"] == .string(needs.image))
  }

  /// What may change then does, and what stands for the same is no reason to refuse it.
  @Test func namesForIDsInUse() throws {
    defer { try? removeAll() }
    let made = try present(ids())
    let uuid = try #require(made.template?["uuid"]?.string)
    try needs.withCluster(name + "-cluster", template: uuid) {
      #expect(try !present().changed)
      for immutable in [TemplateKeeper.Immutable.fail, .replace, .version] {
        let tags = "\(immutable)"
        let outcome = try present(["tags": .string(tags)], immutable)
        #expect(outcome.changed && outcome.template?["uuid"]?.string == uuid)
        #expect(outcome.after == ["tags": .string(tags)])
      }
      // A new template is made in the words of the task.
      let other = try present(["image_id": .string(needs.otherImage)], .version)
      #expect(other.after["image_id"]?.string == needs.otherImage)
      #expect(other.after["flavor_id"]?.string == needs.flavor)
      #expect(other.before["flavor_id"] == made.template?["flavor_id"])
      #expect(other.template?["uuid"]?.string != uuid)
    }
  }

  @Test func anotherThingIsAChange() throws {
    defer { try? removeAll() }
    let other = try id(.image, "images", needs.otherImage)
    #expect(try present(["image_id": other]).changed)
    let outcome = try present()
    #expect(outcome.before == ["image_id": other])
    #expect(outcome.after == ["image_id": .string(needs.image)])
    #expect(try present(["image_id": other]).after == ["image_id": other])
  }

  /// An administrator may give a flavor any id: also one that is another one's name.
  @Test func flavorsHaveIDsOfTheirOwn() throws {
    defer { try? removeAll() }
    let session = try needs.session()
    let (id, flavor) = (name + ".2", name + ".large")
    func make(_ id: String, _ flavor: String) throws {
      _ = try session.request(
        .post, .compute, "/flavors",
        body: [
          "flavor": [
            "id": .string(id), "name": .string(flavor), "vcpus": 2, "ram": 4096, "disk": 40,
          ]
        ])
    }
    func remove(_ id: String) {
      _ = try? session.request(.delete, .compute, "/flavors/" + id, allowed: [404])
    }
    defer {
      remove(id)
      remove(id + "b")
    }
    try make(id, flavor)
    #expect(try present(["flavor_id": .string(id)]).changed)
    #expect(try !present(["flavor_id": .string(flavor)]).changed)
    #expect(try present(["flavor_id": .string(needs.flavor)]).changed)
    #expect(try present(["flavor_id": .string(id)]).changed)
    try make(id + "b", id)
    #expect(try present(["flavor_id": .string(flavor)]).changed)
  }

  private func makeImage(_ more: JSONObject = [:]) throws -> JSONValue {
    var body: JSONObject = [
      "name": .string(name), "disk_format": "qcow2", "container_format": "bare",
      "os_distro": "ubuntu", "visibility": "public",
    ]
    body.merge(more)
    return try #require(
      needs.session().request(.post, .image, "/images", body: .object(body)).body["id"])
  }

  private func removeImages() {
    guard let session = try? needs.session() else { return }
    for query in ["?name=" + name, "?os_hidden=true&name=" + name] {
      let found = try? session.request(.get, .image, "/images" + query).body["images"]?.array
      for image in (found ?? []) ?? [] {
        _ = try? session.request(.delete, .image, "/images/" + (image["id"]?.string ?? ""))
      }
    }
  }

  /// Magnum takes no name that two images have, and asks for the id.
  @Test func aNameOfTwoIsNoneOfThem() throws {
    defer {
      try? removeAll()
      removeImages()
    }
    let id = try makeImage()
    #expect(try present(["image_id": .string(name)]).changed)
    #expect(try !present(["image_id": id]).changed)
    _ = try makeImage()
    #expect(try present(["image_id": id]).after == ["image_id": id])
    #expect(throws: OpenStackError.self) { try present(["image_id": .string(name)]) }
  }

  /// A name goes on to the image that is seen, where one that was built before is hidden.
  @Test func aHiddenImageHasNoName() throws {
    defer {
      try? removeAll()
      removeImages()
    }
    let old = try makeImage()
    #expect(try present(["image_id": old]).changed)
    _ = try needs.session().request(
      .patch, .image, "/images/" + (old.string ?? ""),
      body: [["op": "replace", "path": "/os_hidden", "value": true]],
      type: "application/openstack-images-v2.1-json-patch")
    _ = try makeImage()
    #expect(try present(["image_id": .string(name)]).after == ["image_id": .string(name)])
  }

  /// Magnum has a template of an image that is gone.
  @Test func anImageThatIsGoneIsAChange() throws {
    defer { try? removeAll() }
    let id = try makeImage()
    #expect(try present(["image_id": id]).changed)
    #expect(try !present(["image_id": .string(name)]).changed)
    removeImages()
    #expect(try present().after == ["image_id": .string(needs.image)])
  }

  /// Without an answer nobody knows, and nothing is changed.
  @Test func withoutGlanceItFails() throws {
    defer { try? removeAll() }
    let ids = try ids()
    let made = try present(ids)
    let session = try needs.lab.session(
      ["image_endpoint_override": "http://127.0.0.1:9/v2"], limits: .patient)
    let error = try #require(throws: OpenStackError.self) { try present([:], .fail, session) }
    #expect(error.message.contains("127.0.0.1:9/v2/images?name="), "\(error.message)")
    #expect(try !present(ids).changed)
    #expect(try present(ids).template?["updated_at"] == made.template?["updated_at"])
  }
}
