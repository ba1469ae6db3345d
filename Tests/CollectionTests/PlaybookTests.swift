import AnsibleContent
import Foundation
import TestSupport
import Testing

@testable import Collection

@Suite("The playbooks, by their fully qualified names")
struct PlaybookTests {
  static let names = Playbooks.all.map { "osa_ops.mcapi_vexxhost.\($0.name)" }

  @Test("Pass the syntax check", arguments: Ansible.versions)
  func syntax(version: String) async throws {
    let outcome = try await Ansible(version).run(
      "ansible-playbook", ["--syntax-check"] + Self.names)
    #expect(outcome.status == 0, outcome.all)
    #expect(outcome.output.components(separatedBy: "playbook: ").count == 1 + 12, outcome.all)
    #expect(!outcome.errors.contains("DEPRECATION"), outcome.all)
  }

  @Test("Have the plays, hosts and tags that operators know", arguments: Ansible.versions)
  func plays(version: String) async throws {
    let listed = try await Self.listed(version)
    #expect(Set(listed.keys) == Set(Self.expected.keys))
    for (playbook, plays) in Self.expected {
      #expect(listed[playbook]?.map(\.play) == plays, "\(playbook)")
    }
  }

  @Test(
    "Have the same tasks with the same tags as on the oldest version",
    arguments: Ansible.versions.dropFirst())
  func tasks(version: String) async throws {
    let oldest = try await Self.listed(Ansible.versions[0])
    #expect(oldest["k8s_install"]?.flatMap(\.tasks).isEmpty == false)
    #expect(try await Self.listed(version) == oldest)
  }

  @Test("Run the proxy where an extra variable says")
  func proxyHosts() async throws {
    let listed = try await Self.list("2.15", "-e", "mcapi_vexxhost_proxy_hosts=magnum_all")
    #expect(listed["mcapi_proxy"]?.map(\.play.hosts) == ["magnum_all"])
    #expect(listed["k8s_install"]?.last?.play.hosts == "magnum_all")
  }

  @Test("Import another playbook for HAProxy, as 2024.1 needs it")
  func haproxyPlaybook() async throws {
    let ansible = try Ansible("2.15")
    let file = try ansible.area.write(
      "haproxy-install.yml", "- name: HAProxy of 2024.1\n  hosts: haproxy\n  tasks: []\n")
    let outcome = try await ansible.run(
      "ansible-playbook",
      [
        "--list-tasks", "-e", "mcapi_haproxy_playbook=\(file)",
        "osa_ops.mcapi_vexxhost.control_plane_conformance_test",
      ])
    #expect(outcome.status == 0, outcome.all)
    #expect(
      outcome.output.contains("play #1 (haproxy): HAProxy of 2024.1\tTAGS: [haproxy]"), outcome.all)
  }

  @Test(
    "Have the Python of the clients before they keep what is declared", arguments: Ansible.ends,
    ["images", "cluster_templates", "workload_cluster"])
  func interpreter(version: String, playbook: String) async throws {
    let ansible = try Ansible(version)
    try ansible.standInForOpenStackAnsible()
    try ansible.area.write(
      "\(Ansible.collection)/roles/\(playbook)/tasks/main.yml",
      "- {name: Look, ansible.builtin.stat: {path: \"{{ ansible_python_interpreter }}\"}}\n")
    let report = try await ansible.play(
      "osa_ops.mcapi_vexxhost.\(playbook)",
      ["-e", "ansible_connection=local", "-e", "install_method=source"])
    #expect(report.succeeded, report.outcome.all)
    #expect(report.result("Look", on: "utility1")?.changed == false)
  }

  // MARK: What ansible-playbook --list-tasks shows

  struct Play: Equatable, CustomStringConvertible {
    let hosts: String
    let tags: Set<String>

    init(_ hosts: String, _ tags: String...) {
      self.hosts = hosts
      self.tags = Set(tags)
    }
    init(hosts: String, tags: Set<String>) {
      self.hosts = hosts
      self.tags = tags
    }
    var description: String { "\(hosts) \(tags.sorted())" }
  }

  struct Listed: Equatable {
    let play: Play
    var tasks: [ListedTask] = []
    struct ListedTask: Equatable {
      let name: String
      let tags: Set<String>
    }
  }

  /// By playbook, on the hosts of its plays. The play of `openstack.osa.haproxy` and that of
  /// `openstack.osa.haproxy_service_config` are OpenStack-Ansible's.
  static let expected: [String: [Play]] = {
    let controlPlane = [
      Play("k8s_all", "always", "k8s-venv"), Play("k8s_all", "k8s", "k8s-install"),
      Play("k8s_all", "k8s-container", "k8s"),
      Play("haproxy", "haproxy-service-config"), Play("k8s_all", "k8s", "k8s-install"),
      Play("k8s_all", "k8s", "k8s-install"),
      Play("k8s_all", "cluster-api"), Play("k8s_all", "backups"),
    ]
    let magnum = [Play("magnum_all", "magnum_k8s_conf"), Play("repo_all", "rust_install")]
    let proxy = [Play("network_hosts", "magnum-cluster-api-proxy")]
    let utility = [Play("utility_all[0]")]
    let install = controlPlane + magnum + proxy
    return [
      "k8s_install": install,
      "mcapi_control_plane_k8s": controlPlane,
      "mcapi_magnum_integration": magnum,
      "mcapi_proxy": proxy,
      "images": utility,
      "cluster_templates": utility,
      "workload_cluster": utility,
      "functional_test": utility,
      "install_and_test": install + utility,
      "sonobuoy": utility,
      "control_plane_conformance_test": [Play("haproxy", "haproxy", "haproxy-config")]
        + controlPlane.map { Play(hosts: $0.hosts, tags: $0.tags.union(["k8s"])) }
        + [Play("utility_all[0]", "kubeconfig"), Play("utility_all[0]", "sonobuoy")],
      "bootstrap": [Play("localhost")],
    ]
  }()

  /// What is listed without further arguments, asked once of each version.
  private static let lists = Dictionary(
    uniqueKeysWithValues: Ansible.versions.map { version in
      (version, _Concurrency.Task { try await list(version) })
    })

  private static func listed(_ version: String) async throws -> [String: [Listed]] {
    try await #require(lists[version]).value
  }

  /// By playbook, what is listed of its plays.
  private static func list(_ version: String, _ arguments: String...) async throws -> [String:
    [Listed]]
  {
    let outcome = try await Ansible(version).run(
      "ansible-playbook", ["--list-tasks"] + arguments + names)
    try #require(outcome.status == 0, outcome.all)
    var listed: [String: [Listed]] = [:]
    var playbook = ""
    for line in outcome.output.split(separator: "\n") {
      let parts = line.components(separatedBy: "\tTAGS: ")
      if line.hasPrefix("playbook: ") {
        playbook = String((line.split(separator: "/").last ?? "").dropLast(4))
        listed[playbook] = []
      } else if let play = parts[0].firstMatch(of: /play #\d+ \((.*?)\):/) {
        listed[playbook]?.append(Listed(play: Play(hosts: String(play.1), tags: tags(parts[1]))))
      } else if parts.count == 2, let last = listed[playbook]?.indices.last {
        listed[playbook]?[last].tasks.append(
          Listed.ListedTask(
            name: parts[0].trimmingCharacters(in: .whitespaces), tags: tags(parts[1])))
      }
    }
    return listed
  }

  private static func tags(_ text: String) -> Set<String> {
    Set(
      text.trimmingCharacters(in: CharacterSet(charactersIn: "[]")).split(separator: ",").map {
        $0.trimmingCharacters(in: .whitespaces)
      })
  }
}
