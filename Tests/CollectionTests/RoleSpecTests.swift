import AnsibleContent
import TestSupport
import Testing

@testable import Collection

/// Ansible validates the arguments of a role in a first task tagged `always`; with a tag that no task
/// has, nothing else of the role runs but what is tagged `always` too.
@Suite("The argument specs of the roles")
struct RoleSpecTests {
  @Test("Accept the roles' own defaults", arguments: Ansible.versions)
  func defaults(version: String) async throws {
    let report = try await validate(version, McapiCollection.roles.map(\.name))
    #expect(report.succeeded, report.outcome.all)
    let validations = report.tasks.filter {
      $0.name.contains("Validating arguments against arg spec 'main'")
    }
    #expect(validations.count == McapiCollection.roles.count, report.outcome.all)
    #expect(validations.allSatisfy { $0.hosts["localhost"]?.failed != true })
  }

  @Test(
    "Refuse what is of another type", arguments: Ansible.ends,
    [
      ("sonobuoy", "sonobuoy_run", "perhaps"),
      ("rust", "rust_distro_packages", "{a: b}"),
      ("proxy", "mcapi_vexxhost_proxy_environment", "9999"),
    ])
  func types(version: String, wrong: (role: String, variable: String, value: String)) async throws {
    let report = try await validate(
      version, [wrong.role], "-e", "{\(wrong.variable): \(wrong.value)}")
    #expect(!report.succeeded, report.outcome.all)
    #expect(report.outcome.output.contains("Validation of arguments failed"), report.outcome.all)
    #expect(
      report.outcome.output.contains("argument '\(wrong.variable)' is of type"), report.outcome.all)
  }

  @Test(
    "Take the names that OpenStack-Ansible and Magnum have for entries", arguments: Ansible.ends)
  func entries(version: String) async throws {
    let report = try await validate(
      version, ["images", "cluster_templates", "workload_cluster"], "-e",
      """
      {mcapi_magnum_images: [{name: a, filename: /a, visibility: public, properties: {os_distro: ubuntu}}],
       mcapi_magnum_cluster_templates: [{name: a, image_id: a, flavor_id: a, dns_nameserver: 8.8.8.8, public: 'yes',
         labels: {kube_tag: v1.34.2}, docker_volume_size: '10', registry_enabled: false, cloud: {auth: {}}}],
       mcapi_magnum_clusters: [{name: a, cluster_template_id: a, keypair: k, node_count: '3', kubeconfig: /k}]}
      """)
    #expect(report.succeeded, report.outcome.all)
  }

  @Test(
    "Refuse entries that nobody reads, and values of another kind", arguments: Ansible.ends,
    [
      (
        "images", "{mcapi_magnum_images: [{name: a, checksums: b}]}",
        "mcapi_magnum_images.checksums. Supported parameters include: checksum"
      ),
      ("images", "{mcapi_magnum_images: [{path: /a}]}", "missing required arguments: name"),
      (
        "images", "{mcapi_magnum_images: [{name: a, os_distro: suse}]}",
        "value of os_distro must be one of: ubuntu, flatcar, rockylinux, debian, got: suse"
      ),
      (
        "cluster_templates", "{mcapi_magnum_cluster_templates: [{name: a, lables: {}}]}",
        "mcapi_magnum_cluster_templates.lables. Supported parameters include:"
      ),
      (
        "cluster_templates", "{mcapi_magnum_on_immutable: keep}",
        "value of mcapi_magnum_on_immutable must be one of: fail, replace, version, got: keep"
      ),
      (
        "workload_cluster", "{mcapi_magnum_clusters: [{name: a, node_count: many}]}",
        "argument 'node_count' is of type"
      ),
    ])
  func wrongEntries(
    version: String, wrong: (role: String, variables: String, message: String)
  ) async throws {
    let report = try await validate(version, [wrong.role], "-e", wrong.variables)
    #expect(!report.succeeded, report.outcome.all)
    #expect(report.outcome.output.contains(wrong.message), report.outcome.all)
  }

  private func validate(
    _ version: String, _ roles: [String], _ arguments: String...
  ) async throws -> PlayReport {
    let ansible = try Ansible(version)
    let list = roles.map { "osa_ops.mcapi_vexxhost.\($0)" }.joined(separator: ", ")
    let playbook = try ansible.area.write(
      "validate.yml",
      """
      - hosts: localhost
        gather_facts: true
        gather_subset: ["!all", min]
        roles: [\(list)]

      """)
    return try await ansible.play(playbook, ["--tags", "validation-only"] + arguments)
  }
}
