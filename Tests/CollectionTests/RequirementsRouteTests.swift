import AnsibleContent
import Collection
import Foundation
import TestSupport
import Testing

/// How OpenStack-Ansible installs collections: its scripts/get-ansible-collection-requirements.yml
/// hands the entries of user-collection-requirements.yml that have a `source` to
/// `ansible-galaxy collection install --force -r FILE -p /etc/ansible`. What the collection depends on
/// is there by then: openstack.cloud is among OpenStack-Ansible's own, kubernetes.core is a dependency
/// of vexxhost.kubernetes. Galaxy's address is one where nobody answers.
@Suite("OpenStack-Ansible's route for collections")
struct RequirementsRouteTests {
  struct Requirements: Codable {
    struct Entry: Codable {
      let name: String
      var source: String
      var type: String
      var version: String?
    }
    var collections: [Entry]
  }
  private static let name = "osa_ops.mcapi_vexxhost"

  private func shipped() async throws -> Requirements {
    try await PyYAML.decode(
      Checkout.configuration.appending(path: "user-collection-requirements.yml"))
  }

  @Test("Every shipped entry has what OpenStack-Ansible hands on, and ours is the tarball")
  func entries() async throws {
    let entries = try await shipped().collections
    // 2024.1 and 2024.2 also take source.split('/')[2:] of each.
    for entry in entries { #expect(!entry.source.isEmpty && !entry.type.isEmpty, "\(entry.name)") }
    #expect(entries.map(\.name) == ["vexxhost.kubernetes", Self.name])
    #expect(entries.last?.source == "/etc/openstack_deploy/\(McapiCollection.metadata.tarball)")
    #expect(entries.last?.type == "file")
  }

  @Test("The tarball is installed from a file, again and again", arguments: Ansible.ends)
  func file(version: String) async throws {
    let ansible = try await ansibleWithTarball(version)
    let requirements = try await write(ansible, source: ansible.area.path(tarball), type: "file")
    for _ in 1...2 {
      let outcome = try await ansible.run("ansible-galaxy", Self.install(requirements))
      #expect(outcome.status == 0, outcome.all)
      try await expectInstalled(ansible)
      try FileManager.default.removeItem(atPath: ansible.area.path("\(installed)/README.md"))
    }
  }

  @Test("The tarball is installed from a web server", arguments: Ansible.ends)
  func url(version: String) async throws {
    let ansible = try await ansibleWithTarball(version)
    let requirements = try await write(
      ansible, source: "http://127.0.0.1:PORT/\(McapiCollection.metadata.tarball)", type: "url")
    let galaxy = try Tool("ansible-galaxy", of: "ansible-\(version)").url.path
    let outcome = try await ansible.run(
      "python",
      ["-c", Self.server, ansible.area.path("galaxy"), requirements, galaxy]
        + Self.install(requirements))
    #expect(outcome.status == 0, outcome.all)
    try await expectInstalled(ansible)
  }

  // MARK: Steps

  private let tarball = "galaxy/\(McapiCollection.metadata.tarball)"
  private let target = "etc"
  private let installed = "etc/ansible_collections/\(Checkout.inCollections)"

  private static func install(_ requirements: String) -> [String] {
    ["collection", "install", "--force", "-r", requirements, "-p", "etc"]
  }

  /// Builds the tarball, and has the two dependencies where the collection goes.
  private func ansibleWithTarball(_ version: String) async throws -> Ansible {
    var ansible = try Ansible(version)
    let outcome = try await ansible.run(
      "ansible-galaxy",
      ["collection", "build", "--output-path", "galaxy", ansible.area.path(Ansible.collection)])
    try #require(outcome.status == 0, outcome.all)
    for dependency in ["kubernetes/core", "openstack/cloud"] {
      try ansible.area.copy(
        Checkout.collections.appending(path: "ansible_collections/\(dependency)"),
        to: "\(target)/ansible_collections/\(dependency)")
    }
    ansible.environment["ANSIBLE_COLLECTIONS_PATH"] = ansible.area.path(target)
    ansible.environment["ANSIBLE_GALAXY_SERVER"] = "http://127.0.0.1:9/"
    return ansible
  }

  /// The shipped file, with our entry alone and the source that a deployment has.
  private func write(_ ansible: Ansible, source: String, type: String) async throws -> String {
    var requirements = try await shipped()
    requirements.collections.removeAll { $0.name != Self.name }
    requirements.collections[0].source = source
    requirements.collections[0].type = type
    let text = String(decoding: try JSONEncoder().encode(requirements), as: UTF8.self)
    return try ansible.area.write("requirements.yml", text.replacing("\\/", with: "/"))
  }

  /// What is installed is what was built, and what belongs into a tarball.
  private func expectInstalled(_ ansible: Ansible) async throws {
    let hidden = [".ansible-lint", ".gitignore", ".yamllint", "galaxy.yml"]
    let built = try ansible.area.files(below: Ansible.collection).filter {
      !hidden.contains($0) && !$0.hasPrefix("tests/")
    }
    let files = try ansible.area.files(below: installed)
    #expect(files == (built + ["FILES.json", "MANIFEST.json"]).sorted())
    let outcome = try await ansible.run(
      "ansible-galaxy", ["collection", "verify", "--offline", "-p", target, Self.name])
    #expect(outcome.status == 0, outcome.all)
    #expect(
      outcome.output.contains("\(Self.name):\(McapiCollection.metadata.version)"), outcome.all)
  }

  /// Serves a folder on the loopback interface, puts the port into the requirements and runs a command.
  private static let server = """
    import functools, http.server, pathlib, subprocess, sys, threading
    folder, requirements, *command = sys.argv[1:]
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    file = pathlib.Path(requirements)
    file.write_text(file.read_text().replace("PORT", str(server.server_port)))
    sys.exit(subprocess.call(command))
    """
}
