import Foundation
import TestSupport
import Testing

/// Which hosts the roll-out drains, when it refuses to begin, and how it finds the API in HAProxy: the
/// play that looks first, as generated, with what it would find given as extra variables.
@Suite("The roll-out")
struct RollOutTests {
  @Test("Refuses to drain all hosts at once, however that is said", arguments: Ansible.ends)
  func serial(version: String) async throws {
    let ansible = try Ansible(version)
    for serial in ["4", "\"100%\"", "[3]"] {
      #expect(try await refuses(ansible, "k8s_serial: \(serial)"), "\(serial)")
    }
    for serial in ["2", "\"60%\"", "[1, 3]"] {
      #expect(try await !refuses(ansible, "k8s_serial: \(serial)"), "\(serial)")
    }
  }

  @Test("Drains a host if its API server or its kubelet changes", arguments: Ansible.ends)
  func upgraded(version: String) async throws {
    let ansible = try Ansible(version)
    let all = "k8s_serial: 3"
    #expect(try await !refuses(ansible, all, apiServer: "1.33.5", kubelet: "1.33.5"))
    #expect(try await refuses(ansible, all, apiServer: "1.33.5", kubelet: "1.33.4"))
    #expect(try await refuses(ansible, all, apiServer: "1.33.50", kubelet: "1.33.5"))
    #expect(try await !refuses(ansible, all, apiServer: nil, kubelet: nil))
  }

  @Test("Drains nobody where that is switched off", arguments: Ansible.ends)
  func off(version: String) async throws {
    let ansible = try Ansible(version)
    for setting in [
      "mcapi_haproxy_drain: false", "mcapi_haproxy_hosts: []",
      "k8s_haproxy_services: [{haproxy_backend_port: 6443, haproxy_service_enabled: false}]",
      "k8s_haproxy_services: [{haproxy_backend_port: 6443, state: absent}]",
    ] {
      #expect(try await !refuses(ansible, "k8s_serial: 3\n\(setting)"), "\(setting)")
    }
  }

  @Test("Finds service and server under the operator's names", arguments: Ansible.ends)
  func names(version: String) async throws {
    let shipped = try await names(version, "")
    #expect(shipped == Names(backend: "k8s-back", server: "k8s2", hosts: ["infra1"]))
    let own = try await names(
      version,
      """
      mcapi_haproxy_hosts: [lb1, lb2]
      k8s_haproxy_services:
        - {haproxy_service_name: metrics, haproxy_port: 9100}
        - {haproxy_service_name: other, haproxy_port: 6443, haproxy_backend_port: 9443}
        - haproxy_service_name: api
          haproxy_port: 443
          haproxy_backend_port: "6443"
          haproxy_service_enabled: "yes"
          haproxy_backend_nodes: [k8s1, {name: two, ip_addr: 10.0.0.2}, {name: three, ip_addr: 10.0.0.3}]
      """)
    #expect(own == Names(backend: "api-back", server: "two", hosts: ["lb1", "lb2"]))
    let short = try await names(
      version,
      """
      k8s_haproxy_services:
        - {haproxy_service_name: other, haproxy_port: 6443, haproxy_backend_port: 9443}
        - {haproxy_service_name: api, haproxy_port: 6443}
      """)
    #expect(short == Names(backend: "api-back", server: "k8s2", hosts: ["infra1"]))
  }

  private struct Names: Decodable, Equatable {
    let backend: String
    let server: String
    let hosts: [String]
  }

  private static let services = """
    k8s_haproxy_services:
      - {haproxy_service_name: k8s, haproxy_backend_port: 6443, haproxy_backend_nodes: "{{ groups['k8s_all'] }}"}
    """

  /// Whether the play fails for the reason that no host would be left.
  private func refuses(
    _ ansible: Ansible, _ settings: String, apiServer: String? = "1.33.4",
    kubelet: String? = "1.33.4"
  ) async throws -> Bool {
    let image = "image: registry.k8s.io/kube-apiserver:v\(apiServer ?? "")\n"
    let manifest =
      apiServer == nil ? "{}" : "{content: \(Data(image.utf8).base64EncodedString())}"
    let found = """
      kubernetes_version: 1.33.5
      mcapi_api_server_manifest: \(manifest)
      mcapi_kubelet_version: {\(kubelet.map { "stdout: Kubernetes v\($0)" } ?? "")}
      """
    let outcome = try await look(ansible, settings, found)
    let isRefused = outcome.output.contains("so that all k8s hosts would be upgraded")
    #expect((outcome.status != 0) == isRefused, outcome.all)
    return isRefused
  }

  private func names(_ version: String, _ settings: String) async throws -> Names {
    let ansible = try Ansible(version)
    let outcome = try await look(ansible, settings, "")
    #expect(outcome.status == 0, outcome.all)
    let file = ansible.area.url.appending(path: "k8s2.json")
    return try JSONDecoder().decode(Names.self, from: Data(contentsOf: file))
  }

  /// Runs the play, and a task behind it that writes down what it knows.
  private func look(
    _ ansible: Ansible, _ settings: String, _ found: String
  ) async throws -> Program.Outcome {
    let generated = try String(
      contentsOf: ansible.area.url.appending(
        path: "\(Ansible.collection)/playbooks/mcapi_control_plane_k8s.yml"), encoding: .utf8)
    let play = try #require(
      generated.components(separatedBy: "\n- name: ").first {
        $0.hasPrefix("Look which k8s hosts will be upgraded")
      })
    let inventory = try ansible.area.write(
      "hosts.yml",
      """
      all:
        vars: {ansible_connection: local, ansible_python_interpreter: "{{ ansible_playbook_python }}"}
        children:
          haproxy_all: {hosts: {infra1: }}
          k8s_all:
            hosts:
              k8s1: {management_address: 10.0.0.1}
              k8s2: {management_address: 10.0.0.2}
              k8s3: {management_address: 10.0.0.3}
      """)
    let playbook = try ansible.area.write(
      "look.yml",
      """
      - name: \(play)
          - name: Write down the names
            ansible.builtin.copy:
              content: "{{ {'backend': mcapi_haproxy_backend, 'server': mcapi_haproxy_server, 'hosts': mcapi_haproxy_hosts_of_service} | to_json }}"
              dest: \(ansible.area.url.path)/{{ inventory_hostname }}.json
            when: kubernetes_version is undefined
      """)
    let own = settings.contains("k8s_haproxy_services") ? "" : Self.services
    let variables = try ansible.area.write("extra.yml", "---\n\(own)\n\(settings)\n\(found)\n")
    return try await ansible.run(
      "ansible-playbook", ["-i", inventory, "-e", "@\(variables)", playbook])
  }
}
