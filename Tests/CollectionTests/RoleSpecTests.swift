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
