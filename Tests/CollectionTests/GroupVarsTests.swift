import Foundation
import TestSupport
import Testing

/// The shipped group_vars beside an inventory in which each host is a case; Ansible says what the
/// variables are for it.
@Suite("group_vars")
struct GroupVarsTests {
  private static let inventory = """
    all:
      vars:
        ansible_connection: local
        ansible_python_interpreter: "{{ ansible_playbook_python }}"
        internal_lb_vip_address: 172.29.236.101
        external_lb_vip_address: 203.0.113.1
        management_address: 172.29.236.21
        container_tech: lxc
      children:
        k8s_all:
          hosts:
            plain:
            interval: {haproxy_k8s_service_overrides: {interval: 3000, backend_rise: 7, backend_fall: 8}}
            haproxy_interval:
              haproxy_k8s_service_overrides:
                {haproxy_interval: 3000, haproxy_backend_rise: 7, haproxy_backend_fall: 8}
            everywhere: {haproxy_k8s_service_overrides: {haproxy_bind: ["*"], haproxy_port: 7443}}
            healthz: {haproxy_k8s_check_uri: /healthz}
            adriacloud: {mcapi_kubernetes_collection: adriacloud.kubernetes}
        magnum_all:
          hosts:
            magnum:
            mirror: {openstack_github_base_url: "https://git.example.com"}

    """

  @Test("HAProxy's service without an override", arguments: Ansible.ends)
  func service(version: String) async throws {
    let service = try #require(try await controlPlane(version)["plain"]?.service)
    #expect(service.haproxyServiceName == "k8s")
    #expect(service.haproxyBind == ["172.29.236.101"])
    #expect(
      service.haproxyBackendNodes == [
        "plain", "interval", "haproxy_interval", "everywhere", "healthz", "adriacloud",
      ])
    #expect(service.haproxyPort == 6443 && service.haproxyBackendPort == 6443)
    #expect(service.haproxyBalanceType == "tcp" && service.haproxyBalanceAlg == "leastconn")
    #expect(!service.haproxySsl && !service.haproxySslAllVips)
    #expect(service.haproxyTimeoutServer == "15m" && service.haproxyTimeoutClient == "5m")
    #expect(service.haproxyBackendOptions == ["log-health-checks", "httpchk"])
    #expect(service.haproxyBackendHttpcheckOptions == [Self.check(of: "/readyz")])
    #expect(service.haproxyBackendServerOptions == ["check-ssl", "verify none"])
    #expect(service.haproxyServiceEnabled.isTrue)
    #expect(service.timings == ["15000", "2", "2"])
  }

  private static func check(of uri: String) -> String {
    "send meth GET uri \(uri) ver HTTP/1.1 hdr Host 172.29.236.101 "
      + "hdr User-Agent osa-haproxy-healthcheck"
  }

  @Test("The check may ask for /healthz, as it used to", arguments: Ansible.ends)
  func healthz(version: String) async throws {
    let service = try #require(try await controlPlane(version)["healthz"]?.service)
    #expect(service.haproxyBackendHttpcheckOptions == [Self.check(of: "/healthz")])
  }

  @Test("Overrides of either spelling reach the keys that the role reads", arguments: Ansible.ends)
  func overrides(version: String) async throws {
    let hosts = try await controlPlane(version)
    #expect(hosts["interval"]?.service.timings == ["3000", "7", "8"])
    #expect(hosts["haproxy_interval"]?.service.timings == ["3000", "7", "8"])
    #expect(hosts["everywhere"]?.service.haproxyBind == ["*"])
    #expect(hosts["everywhere"]?.service.haproxyPort == 7443)
    #expect(hosts["everywhere"]?.service.timings == ["15000", "2", "2"])
  }

  /// The versions that the collections carry: 1.10.5 and 0.12.4 are not among adriacloud's.
  @Test("Versions are those that the Kubernetes collection carries", arguments: Ansible.ends)
  func versions(version: String) async throws {
    let hosts = try await controlPlane(version)
    #expect(hosts["plain"]?.versions == ["1.10.5", "1.10.5", "0.12.4", "1.33.5"])
    #expect(hosts["adriacloud"]?.versions == ["1.13.2", "1.13.2", "0.14.4", "1.36.1"])
  }

  @Test(
    "Nodes have the management address, and the API is at the internal VIP", arguments: Ansible.ends
  )
  func addresses(version: String) async throws {
    let host = try await controlPlane(version)["plain"]
    #expect(host?.kubernetesHostname == "172.29.236.101")
    #expect(host?.kubeletNodeIp == "172.29.236.21")
    #expect(host?.kubeletHostname == "infra1-k8s-container-1a2b3c01")
  }

  @Test("Magnum's configuration has the options that the driver reads", arguments: Ansible.ends)
  func magnum(version: String) async throws {
    let host = try #require(try await magnumHosts(version)["magnum"])
    let overrides = host.magnumConfigOverrides
    #expect(overrides["capi_client"]?["endpoint_type"] == "internalURL")
    #expect(overrides["capi_client"]?.keys.sorted() == ["ca_file", "endpoint_type"])
    #expect(overrides["drivers"]?.keys.sorted() == ["openstack_ca_file"])
    #expect(
      overrides["cluster_template"] == [
        "kubernetes_allowed_network_drivers": "calico",
        "kubernetes_default_network_driver": "calico",
      ])
    #expect(overrides["certificates"] == ["cert_manager_type": "x509keypair"])
    #expect(overrides["nova_client"] == ["api_version": "2.15"])
  }

  @Test(
    "The driver comes from GitHub, or from the operator's mirror of it", arguments: Ansible.ends)
  func driver(version: String) async throws {
    let hosts = try await magnumHosts(version)
    for (host, base) in [("magnum", "https://github.com"), ("mirror", "https://git.example.com")] {
      #expect(
        hosts[host]?.magnumUserPipPackages == [
          "git+\(base)/vexxhost/magnum-cluster-api@v0.33.0#egg=magnum-cluster-api", "kubernetes",
        ])
    }
  }

  // MARK: What Ansible makes of the variables

  /// A number or a Boolean that is a string when an expression gave it, up to ansible-core 2.18.
  struct Loose: Decodable {
    let text: String
    var isTrue: Bool { text == "True" || text == "true" }

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let flag = try? value.decode(Bool.self) {
        text = "\(flag)"
      } else if let number = try? value.decode(Int.self) {
        text = "\(number)"
      } else {
        text = try value.decode(String.self)
      }
    }
  }

  struct ControlPlaneHost: Decodable {
    struct Service: Decodable {
      let haproxyServiceName: String
      let haproxyBackendNodes: [String]
      let haproxyBind: [String]
      let haproxySsl: Bool
      let haproxySslAllVips: Bool
      let haproxyPort: Int
      let haproxyBackendPort: Int
      let haproxyBalanceType: String
      let haproxyBalanceAlg: String
      let haproxyTimeoutServer: String
      let haproxyTimeoutClient: String
      let haproxyBackendOptions: [String]
      let haproxyBackendHttpcheckOptions: [String]
      let haproxyBackendServerOptions: [String]
      let haproxyServiceEnabled: Loose
      let interval: Loose
      let backendRise: Loose
      let backendFall: Loose

      var timings: [String] { [interval.text, backendRise.text, backendFall.text] }
    }
    let k8sHaproxyServices: [Service]
    let clusterctlVersion: String
    let clusterApiVersion: String
    let clusterApiInfrastructureVersion: String
    let kubernetesVersion: String
    let kubernetesHostname: String
    let kubeletNodeIp: String
    let kubeletHostname: String

    var service: Service { k8sHaproxyServices[0] }
    var versions: [String] {
      [
        clusterctlVersion, clusterApiVersion, clusterApiInfrastructureVersion,
        kubernetesVersion,
      ]
    }
  }

  struct MagnumHost: Decodable {
    let magnumUserPipPackages: [String]
    let magnumConfigOverrides: [String: [String: String]]
  }

  private func controlPlane(_ version: String) async throws -> [String: ControlPlaneHost] {
    try await #require(Self.controlPlanes[version]).value
  }
  private func magnumHosts(_ version: String) async throws -> [String: MagnumHost] {
    try await #require(Self.magnums[version]).value
  }

  private static let controlPlanes: [String: Task<[String: ControlPlaneHost], any Error>] = ask(
    "k8s_all",
    for: [
      "k8s_haproxy_services", "clusterctl_version", "cluster_api_version",
      "cluster_api_infrastructure_version", "kubernetes_version", "kubernetes_hostname",
      "kubelet_node_ip", "kubelet_hostname",
    ])
  private static let magnums: [String: Task<[String: MagnumHost], any Error>] = ask(
    "magnum_all", for: ["magnum_user_pip_packages", "magnum_config_overrides"])

  /// Each version is asked once; the tests share what it says.
  private static func ask<Host: Decodable & Sendable>(
    _ group: String, for names: [String]
  ) -> [String: Task<[String: Host], any Error>] {
    Dictionary(
      uniqueKeysWithValues: Ansible.ends.map { version in
        (version, Task { try await values(version, group: group, names: names) })
      })
  }

  /// The variables of each host of the group.
  private static func values<Host: Decodable>(
    _ version: String, group: String, names: [String]
  ) async throws -> [String: Host] {
    var ansible = try Ansible(version)
    ansible.environment["ANSIBLE_INVENTORY"] = try ansible.area.write("deploy/hosts.yml", inventory)
    try ansible.area.copy(
      Checkout.configuration.appending(path: "group_vars"), to: "deploy/group_vars")
    let pairs = names.map { "'\($0)': \($0)" }.joined(separator: ", ")
    let playbook = try ansible.area.write(
      "values.yml",
      """
      - hosts: \(group)
        gather_facts: false
        tasks:
          - name: Have the one fact that the variables use
            ansible.builtin.set_fact:
              hostname: Infra1-K8s-Container-1a2b3c01
              cacheable: true
          - name: Write the values
            ansible.builtin.copy:
              content: "{{ {\(pairs)} | to_json }}"
              dest: "{{ playbook_dir }}/values-{{ inventory_hostname }}"
              mode: "0600"

      """)
    let outcome = try await ansible.run("ansible-playbook", [playbook])
    try #require(outcome.status == 0, outcome.all)
    var hosts: [String: Host] = [:]
    for file in try ansible.area.files(below: "") where file.hasPrefix("values-") {
      hosts[String(file.dropFirst("values-".count))] = try JSONDecoder.snakeCase.decode(
        Host.self, from: Data(try ansible.area.text(file).utf8))
    }
    return hosts
  }
}
