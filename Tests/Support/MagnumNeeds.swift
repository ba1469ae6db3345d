import Foundation
public import JSON
public import OpenStack

/// What cluster templates refer to, in the lab's project admin; made once and kept as the lab's
/// databases are.
public struct MagnumNeeds: Sendable {
  public let lab: OpenStackLab
  public let image = "mcapi-tests-image"
  public let otherImage = "mcapi-tests-other-image"
  public let flavor = "mcapi-tests-flavor"
  public let network = "mcapi-tests-network"
  public let key = "mcapi-tests-key"

  /// Those of this run. Throws why there are none.
  public static func shared() throws -> MagnumNeeds { try made.get() }

  private static let made = Result { try MagnumNeeds(OpenStackLab.shared()) }

  private init(_ lab: OpenStackLab) throws {
    self.lab = lab
    let session = try self.session()
    for name in [image, otherImage] {
      let images = try session.request(.get, .image, "/images?name=" + name).body["images"]
      if images?.array?.isEmpty == false { continue }
      _ = try session.request(
        .post, .image, "/images",
        body: [
          "name": .string(name), "disk_format": "qcow2", "container_format": "bare",
          "os_distro": "ubuntu", "visibility": "public",
        ])
    }
    let flavors = try session.request(.get, .compute, "/flavors").body["flavors"]?.array ?? []
    if !flavors.contains(where: { $0["name"]?.string == flavor }) {
      _ = try session.request(
        .post, .compute, "/flavors",
        body: ["flavor": ["name": .string(flavor), "vcpus": 2, "ram": 4096, "disk": 40]])
    }
    if try session.request(.get, .compute, "/os-keypairs/" + key, allowed: [404]).status == 404 {
      _ = try session.request(
        .post, .compute, "/os-keypairs",
        body: ["keypair": ["name": .string(key), "public_key": .string(Self.publicKey)]])
    }
    let networks = try session.request(.get, .network, "/networks?name=" + network).body["networks"]
    if networks?.array?.isEmpty != false {
      _ = try session.request(
        .post, .network, "/networks",
        body: ["network": ["name": .string(network), "router:external": true]])
    }
  }

  private static let publicKey =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGvdRKVQ0mCv3dPj7yqJmJgMnM7lQ0lXjQm3CqkqXb5r tests"

  /// Entering as the account admin, or another one, of a project.
  public func auth(
    user: String = "admin", project: String = "admin", url: String? = nil
  ) -> JSONObject {
    [
      "auth_url": .string(url ?? lab.keystone), "username": .string(user),
      "password": .string(lab.password), "project_name": .string(project),
      "user_domain_name": "Default", "project_domain_name": "Default",
    ]
  }

  /// A session in no other surroundings.
  public func session(
    user: String = "admin", project: String = "admin"
  ) throws(OpenStackError) -> Session {
    var surroundings = Surroundings(variables: [], folder: "/nonexistent", home: "/nonexistent")
    surroundings.systemFolder = "/nonexistent"
    return try Session(
      Cloud(
        CloudRequest(settings: [
          "auth": .object(auth(user: user, project: project)), "region_name": "RegionOne",
        ]), in: surroundings))
  }

  /// All that a template of this name needs.
  public func template(_ name: String) -> JSONObject {
    [
      "name": .string(name), "image_id": .string(image), "flavor_id": .string(flavor),
      "master_flavor_id": .string(flavor), "external_network_id": .string(network),
      "coe": "kubernetes", "labels": ["kube_tag": "v1.34.2"],
    ]
  }

  /// Makes a template of this name, and NAME-next of the next release of Kubernetes; gives their UUIDs.
  public func makeTemplates(_ name: String) throws -> [String] {
    let session = try self.session()
    return try [(name, "v1.34.2"), (name + "-next", "v1.35.0")].map { name, release in
      var body = template(name)
      body["labels"] = ["kube_tag": .string(release)]
      body["master_lb_enabled"] = true
      let answer = try session.request(
        .post, .containerInfra, "/clustertemplates", body: .object(body))
      guard let uuid = answer.body["uuid"]?.string else {
        throw Program.Failure(description: "Magnum made no template \(name): \(answer.body)")
      }
      return uuid
    }
  }

  /// Makes a cluster from a template, and waits until Magnum knows it.
  public func makeCluster(_ name: String, template: String) throws {
    let session = try self.session()
    _ = try session.request(
      .post, .containerInfra, "/clusters",
      body: [
        "name": .string(name), "cluster_template_id": .string(template), "keypair": .string(key),
        "master_count": 1, "node_count": 1,
      ])
    try waitUntil("cluster \(name) is there") { try status(of: name, session) == "CREATE_COMPLETE" }
  }

  /// Deletes a cluster, and waits until it is gone.
  public func deleteCluster(_ name: String) throws {
    let session = try self.session()
    _ = try session.request(.delete, .containerInfra, "/clusters/" + name, allowed: [404])
    try waitUntil("cluster \(name) is gone") { try status(of: name, session) == nil }
  }

  /// With a cluster of a template, for as long as the body runs.
  public func withCluster(
    _ name: String, template: String, _ body: () throws -> Void
  ) throws {
    try makeCluster(name, template: template)
    do {
      try body()
    } catch {
      try deleteCluster(name)
      throw error
    }
    try deleteCluster(name)
  }

  private func status(of cluster: String, _ session: Session) throws -> String? {
    let answer = try session.request(
      .get, .containerInfra, "/clusters/" + cluster, allowed: [400, 404])
    // For milliseconds Magnum refuses to show a cluster without node groups.
    return answer.status == 400 ? "" : answer.body["status"]?.string
  }
}
