import Foundation
import TestSupport
import Testing

/// The role in check mode, on hosts whose facts are those of other distributions.
@Suite("Role rust")
struct RustRoleTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let distribution: String
    let version: String
    let family: String
    /// As YAML.
    var variables: [String: String] = [:]
    let packages: [String]
    /// Names of links below /usr/local/bin.
    let links: [String]

    var testDescription: String { "\(distribution) \(version) \(variables)" }
    /// The case's host in the inventory.
    var host: String { "\(distribution)-\(version)-\(variables.keys.sorted().joined())" }
  }

  static let cases = [
    Case(
      distribution: "Debian", version: "12", family: "Debian", packages: ["cargo", "rustc"],
      links: []),
    Case(
      distribution: "Ubuntu", version: "24.04", family: "Debian",
      packages: ["cargo-1.85", "rustc-1.85"], links: ["cargo", "rustc"]),
    Case(
      distribution: "Rocky", version: "9.4", family: "RedHat", packages: ["rust", "cargo"],
      links: []),
    Case(
      distribution: "CentOS", version: "10", family: "RedHat", packages: ["rust", "cargo"],
      links: []),
    Case(
      distribution: "Ubuntu", version: "24.04", family: "Debian",
      variables: ["rust_version": "'1.91'"],
      packages: ["cargo-1.91", "rustc-1.91"], links: ["cargo", "rustc"]),
    Case(
      distribution: "Ubuntu", version: "22.04", family: "Debian",
      variables: ["rust_distro_packages": "[rustup]", "rust_binary_symlinks": "false"],
      packages: ["rustup"], links: []),
  ]
  private static let configured = Case(
    distribution: "Debian", version: "13", family: "Debian",
    variables: [
      "rust_cargo_config": "token-of-a-registry", "rust_cargo_config_path": "/nowhere/config.toml",
    ],
    packages: ["cargo", "rustc"], links: [])

  @Test("Installs the packages of the distribution", arguments: Ansible.ends, cases)
  func packages(version: String, wanted: Case) async throws {
    let report = try await Self.report(version)
    #expect(
      report.result("Install the Rust packages", on: wanted.host)?.packages == wanted.packages)
    let links = report.result("Link the versioned programs by their plain names", on: wanted.host)
    #expect(links?.results?.compactMap(\.dest) ?? [] == wanted.links.map { "/usr/local/bin/\($0)" })
    #expect((links?.skipped ?? false) == wanted.links.isEmpty)
    #expect(report.result("Write Cargo's configuration", on: wanted.host)?.skipped == true)
    #expect(report.stats[wanted.host]?["failures"] == 0, report.outcome.all)
  }

  @Test(
    "Writes Cargo's configuration when there is one, and shows none of it", arguments: Ansible.ends)
  func cargo(version: String) async throws {
    let report = try await Self.report(version)
    let host = Self.configured.host
    #expect(report.result("Create the folder of Cargo's configuration", on: host)?.changed == true)
    #expect(report.result("Write Cargo's configuration", on: host)?.changed == true)
    #expect(!report.outcome.output.contains("token-of-a-registry"))
    #expect(report.succeeded, report.outcome.all)
  }

  /// Each version runs once, with a host for each case.
  private static let reports = Dictionary(
    uniqueKeysWithValues: Ansible.ends.map { version in (version, Task { try await run(version) }) }
  )

  private static func report(_ version: String) async throws -> PlayReport {
    try await #require(reports[version]).value
  }

  private static func run(_ version: String) async throws -> PlayReport {
    var ansible = try Ansible(version)
    try ansible.area.write("library/package_manager_stand_in.py", packageManager)
    let hosts = (cases + [configured]).map { host in
      let facts =
        "{distribution: \(host.distribution), version: '\(host.version)', family: \(host.family)}"
      let variables = host.variables.map { "      \($0.key): \($0.value)\n" }.joined()
      return "    \(host.host):\n      facts: \(facts)\n\(variables)"
    }
    ansible.environment["ANSIBLE_INVENTORY"] = try ansible.area.write(
      "hosts.yml",
      """
      all:
        vars:
          ansible_connection: local
          ansible_python_interpreter: "{{ ansible_playbook_python }}"
        hosts:
      \(hosts.joined())
      """)
    let playbook = try ansible.area.write(
      "rust.yml",
      """
      - hosts: all
        gather_facts: false
        pre_tasks:
          - name: Be another distribution
            ansible.builtin.set_fact:
              distribution: "{{ facts.distribution }}"
              distribution_version: "{{ facts.version }}"
              distribution_major_version: "{{ facts.version.split('.')[0] }}"
              os_family: "{{ facts.family }}"
              pkg_mgr: ansible.legacy.package_manager_stand_in
              cacheable: true
        roles:
          - osa_ops.mcapi_vexxhost.rust

      """)
    return try await ansible.play(playbook, ["--check", "--diff"])
  }

  private static let packageManager = """
    # Stands in for a distribution's package manager: says what it was asked to install
    from ansible.module_utils.basic import AnsibleModule

    module = AnsibleModule(
        {"name": {"type": "list", "elements": "str", "required": True}, "state": {"choices": ["present"]}},
        supports_check_mode=True,
    )
    module.exit_json(changed=True, packages=module.params["name"])

    """
}
