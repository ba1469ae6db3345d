import Foundation
import TestSupport
import Testing

/// The dictionaries of the functional test, in the form of OpenStack-Ansible's role
/// `openstack_resources`, become those of our own roles. Files stand in for the roles here, and write
/// what they are given.
@Suite("The functional test")
struct FunctionalTestTests {
  @Test("Hands its own dictionaries to the roles", arguments: Ansible.ends)
  func defaults(version: String) async throws {
    let given = try await given(version, "{}")
    #expect(
      given["images-1"] == [
        .object([
          "name": "ubuntu-22.04-v1.34.2", "disk_format": "qcow2", "visibility": "public",
          "url":
            "https://github.com/vexxhost/capo-image-elements/releases/download/2025.11-4/ubuntu-22.04-v1.34.2.qcow2",
          "properties": .object(["os_distro": "ubuntu"]),
        ])
      ])
    #expect(
      given["cluster_templates-1"] == [
        .object([
          "state": "present", "name": "functional-test-k8s-v1.34.2", "coe": "kubernetes",
          "image_id": "ubuntu-22.04-v1.34.2", "external_network_id": "public",
          "dns_nameserver": "8.8.8.8", "flavor_id": "m1.medium", "master_flavor_id": "m1.medium",
          "master_lb_enabled": .bool(true), "network_driver": "calico",
          "docker_volume_size": .int(10), "labels": .object(["kube_tag": "v1.34.2"]),
        ])
      ])
    #expect(
      given["workload_cluster-1"] == [
        .object([
          "name": "functional-test-cluster", "keypair": "magnum_test_key",
          "cluster_template": "functional-test-k8s-v1.34.2", "master_count": .int(1),
          "node_count": .int(1), "wait_timeout": .int(600), "wait_interval": .int(5),
          "kubeconfig": "/root/kubeconfig-functional-test-cluster/config",
        ])
      ])
    #expect(given.count == 3)
  }

  @Test("Hands those of the operator to them, too", arguments: Ansible.ends)
  func operators(version: String) async throws {
    let given = try await given(
      version,
      """
      functional_test_cluster_name: two
      functional_test_create_compute_image: false
      # What is kept otherwise, and is no part of the test.
      mcapi_magnum_cluster_templates: [{name: kept, image: i}]
      mcapi_magnum_clusters: [{name: kept, cluster_template: kept}]
      mcapi_magnum_cloud: elsewhere
      functional_test_resources_coe:
        templates:
          - {name: first, image_id: i, clusters: [{name: one, wait_timeout: 7}, {name: two}]}
          - {name: alone, image_id: i}
        clusters:
          - {name: other, template_uuid: t, node_count: 2}
      """)
    #expect(
      Set(given.keys) == [
        "cluster_templates-1", "cluster_templates-2", "workload_cluster-1", "workload_cluster-2",
        "workload_cluster-3",
      ])
    #expect(given["cluster_templates-1"] == [.object(["name": "first", "image_id": "i"])])
    #expect(given["cluster_templates-2"] == [.object(["name": "alone", "image_id": "i"])])
    #expect(
      given["workload_cluster-1"] == [
        .object([
          "name": "one", "cluster_template": "first", "wait_timeout": .int(7),
          "wait_interval": .int(5),
        ])
      ])
    #expect(
      given["workload_cluster-2"] == [
        .object([
          "name": "two", "cluster_template": "first", "wait_timeout": .int(600),
          "wait_interval": .int(5), "kubeconfig": "/root/kubeconfig-two/config",
        ])
      ])
    #expect(
      given["workload_cluster-3"] == [
        .object([
          "name": "other", "cluster_template": "t", "node_count": .int(2),
          "wait_timeout": .int(600),
          "wait_interval": .int(5),
        ])
      ])
  }

  @Test("Tells what it does not read of an image", arguments: Ansible.ends)
  func foreign(version: String) async throws {
    let given = try await given(
      version,
      """
      functional_test_resources_coe: {}
      functional_test_resources_image:
        images:
          - {name: i, url: u, keep_copies: 3, hide_method: community, checksum: c}
          - {name: j, path: p}
      """, saying: "functional_test_resources_image: hide_method, keep_copies of ")
    #expect(
      given == [
        "images-1": [
          .object(["name": "i", "url": "u", "checksum": "c"]),
          .object(["name": "j", "path": "p"]),
        ]
      ])
  }

  /// What each role was given, by the role's name and the number of the call.
  private func given(
    _ version: String, _ variables: String, saying message: String = ""
  ) async throws -> [String: [Given]] {
    let ansible = try Ansible(version)
    let folder = try ansible.area.folder("given")
    for (role, variable) in [
      ("images", "images"), ("cluster_templates", "cluster_templates"),
      ("workload_cluster", "clusters"),
    ] {
      try ansible.area.write(
        "\(Ansible.collection)/roles/\(role)/tasks/main.yml",
        """
        - name: Count the calls
          ansible.builtin.find: {paths: \(folder), patterns: "\(role)-*"}
          register: calls
        - name: Look at the cloud
          ansible.builtin.assert: {that: _mcapi_handed_cloud == "default", quiet: true}
        - name: Write what was given
          ansible.builtin.copy:
            content: "{{ _mcapi_handed_\(variable) | to_json }}"
            dest: "\(folder)/\(role)-{{ calls.matched + 1 }}"
            mode: "0600"

        """)
    }
    try ansible.standInForOpenStackAnsible()
    try ansible.area.write("\(Ansible.collection)/roles/sonobuoy/tasks/main.yml", "[]\n")
    let outcome = try await ansible.run(
      "ansible-playbook",
      [
        "osa_ops.mcapi_vexxhost.functional_test", "-e", "ansible_connection=local", "-e",
        "install_method=source", "-e", "functional_test_cleanup=false", "-e",
        "@\(try ansible.area.write("variables.yml", variables + "\n"))",
      ])
    try #require(outcome.status == 0, outcome.all)
    #expect(message.isEmpty || outcome.output.contains(message), outcome.all)
    return try Dictionary(
      uniqueKeysWithValues: ansible.area.files(below: "given").map {
        (
          $0,
          try JSONDecoder().decode([Given].self, from: Data(ansible.area.text("given/\($0)").utf8))
        )
      })
  }
}

/// What a variable holds.
private enum Given: Decodable, Equatable, ExpressibleByStringLiteral {
  case text(String)
  case int(Int)
  case bool(Bool)
  case object([String: Given])

  init(stringLiteral value: String) { self = .text(value) }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .int(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else {
      self = .object(try container.decode([String: Given].self))
    }
  }
}
