import Foundation
import Testing

@Suite("The playbook bootstrap")
struct BootstrapTests {
  /// The files of a deployment that is no all-in-one.
  private static let always = [
    "env.d/k8s.yml", "group_vars/k8s_all/haproxy_service.yml", "group_vars/k8s_all/main.yml",
    "group_vars/magnum_all/main.yml", "user-ansible-venv-requirements.txt",
    "user-collection-requirements.yml", "user_variables_hooks.yml", "user_variables_tempest.yml",
    "user_variables_z_magnum.yml",
  ]

  @Test(
    "Puts the files in place, leaves what is there alone, and replaces it by force",
    arguments: Ansible.ends)
  func repeated(version: String) async throws {
    var ansible = try Ansible(version)
    try ansible.area.write("clone/inventory/env.d/magnum.yml", "")
    ansible.environment["OSA_CLONE_ROOT"] = ansible.area.path("clone")
    let first = try await bootstrap(ansible)
    #expect(first.succeeded, first.outcome.all)
    #expect(try ansible.area.files(below: "deploy") == Self.always)
    for file in Self.always {
      #expect(try ansible.area.text("deploy/\(file)") == shipped(file), "\(file)")
      #expect(!Checkout.isExecutable(URL(filePath: ansible.area.path("deploy/\(file)"))), "\(file)")
    }

    try ansible.area.write("deploy/user_variables_hooks.yml", "mine: true\n")
    let second = try await bootstrap(ansible)
    #expect(second.succeeded && second.changed == 0, second.outcome.all)
    #expect(try ansible.area.text("deploy/user_variables_hooks.yml") == "mine: true\n")
    #expect(try ansible.area.files(below: "deploy") == Self.always)

    let forced = try await bootstrap(ansible, "mcapi_bootstrap_force=true")
    #expect(forced.succeeded && forced.changed == 1, forced.outcome.all)
    #expect(
      try ansible.area.text("deploy/user_variables_hooks.yml")
        == shipped("user_variables_hooks.yml"))
    let added = Set(try ansible.area.files(below: "deploy")).subtracting(Self.always)
    let backup = try #require(added.count == 1 ? added.first : nil, "\(added)")
    #expect(backup.hasPrefix("user_variables_hooks.yml."))
    #expect(try ansible.area.text("deploy/\(backup)") == "mine: true\n")
  }

  @Test(
    "Leaves env.d out where OpenStack-Ansible has it, and adds the hosts of an all-in-one",
    arguments: Ansible.ends)
  func allInOneOf2026(version: String) async throws {
    var ansible = try Ansible(version)
    try ansible.area.write("clone/inventory/env.d/k8s.yml", "")
    ansible.environment["OSA_CLONE_ROOT"] = ansible.area.path("clone")
    ansible.environment["ANSIBLE_INVENTORY"] = try ansible.area.write(
      "aio", "localhost ansible_connection=local\naio1\n")
    let report = try await bootstrap(ansible)
    #expect(report.succeeded, report.outcome.all)
    let files = Self.always.filter { $0 != "env.d/k8s.yml" } + ["conf.d/k8s.yml"]
    #expect(try ansible.area.files(below: "deploy") == files.sorted())
    #expect(try ansible.area.text("deploy/conf.d/k8s.yml") == shipped("conf.d/k8s.yml"))
  }

  /// OpenStack-Ansible's bootstrap of an all-in-one calls playbooks before there is an inventory.
  @Test("Runs without an inventory", arguments: Ansible.ends)
  func withoutInventory(version: String) async throws {
    var ansible = try Ansible(version)
    ansible.environment["ANSIBLE_INVENTORY"] = nil
    let report = try await bootstrap(ansible)
    #expect(report.succeeded, report.outcome.all)
    #expect(try ansible.area.files(below: "deploy") == Self.always)
  }

  @Test("Says in check mode what it would do, and does nothing", arguments: Ansible.ends)
  func checkMode(version: String) async throws {
    let ansible = try Ansible(version)
    let report = try await bootstrap(ansible, options: ["--check", "--diff"])
    #expect(report.succeeded, report.outcome.all)
    #expect(report.changed > 0, report.outcome.all)
    #expect(!ansible.area.has("deploy"))
  }

  private func bootstrap(
    _ ansible: Ansible, _ variables: String..., options: [String] = []
  ) async throws -> PlayReport {
    let all = ["mcapi_bootstrap_dest=\(ansible.area.path("deploy"))"] + variables
    return try await ansible.play(
      "osa_ops.mcapi_vexxhost.bootstrap", ["-e", all.joined(separator: " ")] + options)
  }

  private func shipped(_ file: String) throws -> String {
    try String(contentsOf: Checkout.configuration.appending(path: file), encoding: .utf8)
  }
}
