import Foundation
import TestSupport
import Testing

@Suite("The linters find nothing")
struct LintTests {
  /// Files of YAML that their names do not give away.
  private static let unusual = [
    ".ansible-lint", "playbooks/files/openstack_deploy/conf.d/k8s.yml.three-hosts",
  ]

  @Test("yamllint, with the collection's settings")
  func yamllint() async throws { try await yamllint("--strict", ".") }

  @Test("yamllint, with those of ansible-lint")
  func yamllintOfAnsibleLint() async throws {
    let packages = Checkout.root.appending(path: ".tools/lint/lib/python3.11/site-packages")
    try await yamllint(
      "--strict", "--config-file", packages.appending(path: "ansiblelint/data/.yamllint").path, ".")
  }

  private func yamllint(_ arguments: String...) async throws {
    let ansible = try Ansible("2.18")
    let outcome = try await Tool("yamllint", of: "lint").run(
      arguments + Self.unusual, in: URL(filePath: ansible.area.path(Ansible.collection)),
      environment: ansible.environment)
    #expect(outcome.status == 0, outcome.all)
  }

  @Test("ansible-lint, with the profile production")
  func ansibleLint() async throws {
    var ansible = try Ansible("2.18")
    let programs = Checkout.root.appending(path: ".tools/lint/bin").path
    ansible.environment["PATH"] = "\(programs):/usr/bin:/bin"
    ansible.environment["NO_COLOR"] = "1"
    let outcome = try await Tool("ansible-lint", of: "lint").run(
      ["--offline", "--strict", "--profile", "production"],
      in: URL(filePath: ansible.area.path(Ansible.collection)), environment: ansible.environment)
    #expect(outcome.status == 0, outcome.all)
    #expect(outcome.errors.contains("Passed: 0 failure(s), 0 warning(s)"), outcome.all)
  }
}
