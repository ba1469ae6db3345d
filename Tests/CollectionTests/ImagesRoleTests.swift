import Foundation
import JSON
import OpenStack
import TestSupport
import Testing

/// The role against a Keystone and the lab's Glance, through openstack.cloud's modules.
@Suite("Role images", .serialized)
struct ImagesRoleTests {
  @Test(
    "Uploads an image once, keeps its properties, and replaces it when told",
    arguments: Ansible.ends)
  func cycle(version: String) async throws {
    let needs = try MagnumNeeds.shared()
    let name = "images-role-\(version)"
    let area = try Area()
    let file = try area.write("disk.qcow2", "a disk")
    let sum = "sha256:0000000000000000000000000000000000000000000000000000000000000000"
    let play = { (entries: String, arguments: [String]) in
      try await self.play(
        version, needs, "{name: \(name), os_distro: ubuntu, \(entries)}", arguments)
    }
    defer { try? remove(named: name, needs) }

    let refused = try await play("path: \(file), checksum: '\(sum)'", [])
    #expect(!refused.succeeded)
    #expect(
      refused.outcome.output.contains("Image \(name) was not uploaded: \(file) has the checksum"),
      refused.outcome.all)
    #expect(try images(named: name, needs).isEmpty)

    let checked = try await play("path: \(file)", ["--check"])
    #expect(checked.succeeded && checked.changed == 1, checked.outcome.all)
    #expect(try images(named: name, needs).isEmpty)

    let first = try await play("path: \(file)", [])
    #expect(first.succeeded && first.changed == 1, first.outcome.all)
    let old = try #require(try images(named: name, needs).first)
    #expect(old["os_distro"] == "ubuntu" && old["visibility"] == "public")
    for changed in [1, 0] {
      let property = try await play(
        """
        path: \(file), tags: [b, a], properties: {hw_rng_model: virtio, own: 1, hw_cpu_cores: 2,
          os_secure_boot: required, hw_boot_menu: false}
        """, [])
      #expect(property.succeeded && property.changed == changed, property.outcome.all)
      #expect(
        property.result("Keep the properties of the image")?.skipped ?? false == (changed == 0))
    }
    let described = try images(named: name, needs).first
    #expect(described?["own"] == "1" && described?["os_secure_boot"] == "required")
    #expect(described?["hw_boot_menu"] == "false" && described?["hw_cpu_cores"] == "2")
    for (entries, announced) in [
      ("tags: [a, b]", 0), ("properties: {hw_boot_menu: true}", 1), ("tags: [c]", 1),
    ] {
      let checked = try await play("path: \(file), \(entries)", ["--check"])
      #expect(checked.succeeded && checked.changed == announced, checked.outcome.all)
    }

    try area.write("disk.qcow2", "another disk")
    let other = try await play("path: \(file)", [])
    #expect(!other.succeeded)
    #expect(other.outcome.output.contains("say on_change: replace"), other.outcome.all)
    let replaced = try await play("path: \(file), on_change: replace", [])
    #expect(replaced.succeeded, replaced.outcome.all)
    let now = try #require(try images(named: name, needs).first)
    #expect(now["id"] != old["id"])
    let id = try #require(old["id"])
    #expect(
      try images(named: "\(name)-\(id.split(separator: "-")[0])", needs).map { $0["id"] } == [id])

    let absent = try await play("state: absent", [])
    #expect(absent.succeeded && absent.changed == 1, absent.outcome.all)
    #expect(try images(named: name, needs).isEmpty)
  }

  @Test("Shows no password of an address, and keeps none", arguments: Ansible.ends)
  func password(version: String) async throws {
    let needs = try MagnumNeeds.shared()
    let name = "images-role-password-\(version)"
    defer { try? remove(named: name, needs) }
    let site = "127.0.0.1:\(needs.lab.port + 2)/images/\(name).qcow2"
    let whole = try await play(
      version, needs, "{name: \(name), os_distro: ubuntu, url: 'http://me:geheim@\(site)'}",
      ["-vvv"])
    #expect(whole.succeeded && whole.changed == 1, whole.outcome.all)
    #expect(!whole.outcome.output.contains("geheim") && !whole.outcome.errors.contains("geheim"))
    let image = try #require(try images(named: name, needs).first)
    #expect(image["mcapi_source"] == "http://\(site)")

    let list = "sha256:http://me:geh@eim@127.0.0.1:\(needs.lab.port + 2)/none/SUMS?token=geheim"
    let missing = try await play(
      version, needs,
      "{name: \(name)-2, os_distro: ubuntu, url: 'http://\(site)', checksum: '\(list)'}", ["-vvv"])
    #expect(!missing.succeeded)
    #expect(
      missing.outcome.output.contains("Image \(name)-2 was not uploaded: "), missing.outcome.all)
    #expect(!missing.outcome.output.contains("eim") && !missing.outcome.errors.contains("eim"))
  }

  @Test("Says what is declared wrongly, and undoes what was half done", arguments: Ansible.ends)
  func faults(version: String) async throws {
    let needs = try MagnumNeeds.shared()
    let nothing = try await play(version, needs, variables: "{mcapi_magnum_images: []}", [])
    #expect(nothing.succeeded && nothing.changed == 0, nothing.outcome.all)
    #expect(
      nothing.outcome.output.contains("Nothing to do: no image is declared in"),
      nothing.outcome.all)
    for (variables, words) in [
      (
        "kubernetes_versions: [v1.33.6, v1.35.0-rc.1, 1.34.2]",
        "has 1.34.2: it is a list of versions"
      ),
      ("kubernetes_versions: v1.33.6", "has v1.33.6: it is a list of versions"),
      ("images: [{name: a, os_distro: ubuntu}]", "Image a needs either url or path"),
      (
        "images: [{name: a, url: 'http://127.0.0.1:1/'}]",
        "Image a needs os_distro (ubuntu, flatcar"
      ),
      (
        "images: [{name: a, os_distro: ubuntu, url: 'http://127.0.0.1:1/', checksum: 0123abcd}]",
        "Image a has the checksum 0123abcd, which is none"
      ),
    ] {
      let wrong = try await play(version, needs, variables: "{mcapi_magnum_\(variables)}", [])
      #expect(!wrong.succeeded && wrong.changed == 0, wrong.outcome.all)
      #expect(wrong.outcome.output.contains(words), wrong.outcome.all)
    }

    let name = "images-role-faults-\(version)"
    defer { try? remove(named: name, needs) }
    let area = try Area()
    let file = try area.write("disk.qcow2", "a disk")
    // Of `a disk`.
    let sum = "D614D695EB483126AF8A5376433956A60F472EA41B5147893A461E1823006387"
    let bare = try await play(
      version, needs, "{name: \(name), os_distro: ubuntu, path: \(file), checksum: \(sum)}", [])
    #expect(bare.succeeded && bare.changed == 1, bare.outcome.all)
    let old = try images(named: name, needs).map { $0["id"] }

    try area.write("disk.qcow2", "another disk")
    let half = try await play(
      version, needs,
      "{name: \(name), os_distro: ubuntu, path: \(file), on_change: replace, owner: nobody-there}",
      [])
    #expect(!half.succeeded)
    #expect(half.outcome.output.contains("Image \(name) was not uploaded: "), half.outcome.all)
    #expect(half.outcome.output.contains("nobody-there"), half.outcome.all)
    #expect(try images(named: name, needs).map { $0["id"] } == old)
  }

  /// The stand-in serves every image below /images/.
  @Test(
    "Makes an address of a base without its slash, and keeps what is there",
    arguments: Ansible.ends)
  func base(version: String) async throws {
    let needs = try MagnumNeeds.shared()
    let name = "images-role-base-\(version)-"
    defer { try? remove(named: name, needs) }
    let base = "http://127.0.0.1:\(needs.lab.port + 2)/images"
    let made = try await play(
      version, needs,
      variables: """
        {mcapi_magnum_kubernetes_versions: [v1.34.2], mcapi_magnum_image_prefix: \(name),
          mcapi_magnum_image_url_base: '\(base)'}
        """, [])
    #expect(made.succeeded && made.changed == 1, made.outcome.all)
    let image = try #require(try images(named: name + "v1.34.2", needs).first)
    #expect(image["mcapi_source"] == "\(base)/\(name)v1.34.2.qcow2")

    // A later release of the publisher, which may not have it.
    for (attributes, words) in [
      ("", "Image \(name)v1.34.2 stays, which was made of \(base)/"),
      (", on_change: fail", "Image \(name)v1.34.2 is there and was made of \(base)/"),
    ] {
      let elsewhere = try await play(
        version, needs,
        variables: """
          {mcapi_magnum_kubernetes_versions: [v1.34.2], mcapi_magnum_image_prefix: \(name),
            mcapi_magnum_image_attributes: {os_distro: ubuntu\(attributes)},
            mcapi_magnum_image_url_base: 'http://127.0.0.1:1/none'}
          """, [])
      #expect(elsewhere.succeeded == attributes.isEmpty, elsewhere.outcome.all)
      #expect(elsewhere.changed == 0)
      #expect(elsewhere.outcome.output.contains(words), elsewhere.outcome.all)
    }
  }

  /// An administrator sees everybody's images.
  @Test("Leaves the images of other projects alone", arguments: Ansible.ends)
  func foreign(version: String) async throws {
    let needs = try MagnumNeeds.shared()
    let name = "images-role-foreign-\(version)"
    defer { try? remove(named: name, needs) }
    let demo = try needs.session(user: "demo", project: "demo")
    _ = try demo.request(
      .post, .image, "/images",
      body: [
        "name": .string(name), "disk_format": "qcow2", "container_format": "bare",
        "visibility": "private",
      ])
    let theirs = try images(named: name, needs)
    for entries in ["url: 'http://127.0.0.1:1/'", "state: absent"] {
      let refused = try await play(
        version, needs, "{name: \(name), os_distro: ubuntu, \(entries)}", [])
      #expect(!refused.succeeded && refused.changed == 0, refused.outcome.all)
      #expect(
        refused.outcome.output.contains("belongs to project \(try demo.requiredProjectID())"),
        refused.outcome.all)
    }
    #expect(try images(named: name, needs) == theirs)
  }

  /// The role with one image, given as YAML.
  private func play(
    _ version: String, _ needs: MagnumNeeds, _ image: String, _ arguments: [String]
  ) async throws -> PlayReport {
    try await play(version, needs, variables: "{mcapi_magnum_images: [\(image)]}", arguments)
  }

  private func play(
    _ version: String, _ needs: MagnumNeeds, variables: String, _ arguments: [String]
  ) async throws -> PlayReport {
    var ansible = try Ansible(version)
    ansible.environment["OS_CLIENT_CONFIG_FILE"] =
      needs.lab.state.appending(path: "clouds.yaml").path
    ansible.environment["no_proxy"] = "127.0.0.1"
    try ansible.install("magnum_info")
    try ansible.area.write("variables.yml", variables)
    let playbook = try ansible.area.write(
      "images.yml",
      """
      - hosts: localhost
        gather_facts: false
        vars_files: [variables.yml]
        vars:
          ansible_python_interpreter: \(OpenStackLab.environment.appending(path: "bin/python").path)
          mcapi_magnum_interface: public
        roles: [osa_ops.mcapi_vexxhost.images]

      """)
    return try await ansible.play(playbook, arguments)
  }

  private func images(
    named name: String, _ needs: MagnumNeeds
  ) throws -> [[String: String]] {
    let answer = try needs.session().request(.get, .image, "/images?name=\(name)").body["images"]
    return (answer?.array ?? []).map { image in
      let fields = image.object ?? [:]
      return Dictionary(
        uniqueKeysWithValues: fields.keys.compactMap { key in
          fields[key]?.string.map { (key, $0) }
        })
    }
  }

  private func remove(named name: String, _ needs: MagnumNeeds) throws {
    let answer = try needs.session().request(.get, .image, "/images").body["images"]
    for image in answer?.array ?? [] {
      guard image["name"]?.string?.hasPrefix(name) == true, let id = image["id"]?.string else {
        continue
      }
      _ = try needs.session().request(.delete, .image, "/images/\(id)", allowed: [404])
    }
  }
}
