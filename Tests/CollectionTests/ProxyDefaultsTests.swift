import Foundation
import TestSupport
import Testing

/// The proxy takes the driver, its constraints and the kubeconfig from where the deployment has them.
@Suite("The defaults of role proxy")
struct ProxyDefaultsTests {
  @Test("Hold without any setting", arguments: Ansible.ends)
  func alone(version: String) async throws {
    let values = try await values(version, "{}")
    let url = "https://opendev.org/openstack/requirements/raw/master/upper-constraints.txt"
    #expect(values.constraints == ["--constraint \(url)"])
    #expect(
      values.packages == [
        "git+https://github.com/vexxhost/magnum-cluster-api@main#egg=magnum-cluster-api"
      ])
    #expect(values.bin == "/openstack/venvs/magnum-cluster-api-proxy-untagged/bin")
    #expect(values.source == "/etc/kubernetes/admin.conf")
    #expect(values.destination == "/var/lib/capi_proxy/.kube/config")
  }

  @Test("Follow the settings of the deployment", arguments: Ansible.ends)
  func deployment(version: String) async throws {
    let values = try await values(
      version,
      """
      {requirements_git_install_branch: 0123abc, venv_tag: 32.0.0, k8s_admin_conf_src: /a, k8s_admin_conf_dest: /b,
       openstack_github_base_url: "https://git.example.com", magnum_magnum_cluster_api_git_install_branch: v0.33.0}
      """)
    let url = "https://opendev.org/openstack/requirements/raw/0123abc/upper-constraints.txt"
    #expect(values.constraints == ["--constraint \(url)"])
    #expect(
      values.packages == [
        "git+https://git.example.com/vexxhost/magnum-cluster-api@v0.33.0#egg=magnum-cluster-api"
      ])
    #expect(values.bin == "/openstack/venvs/magnum-cluster-api-proxy-32.0.0/bin")
    #expect(values.source == "/a" && values.destination == "/b")
  }

  @Test("Take the driver of the first Magnum host that says one", arguments: Ansible.ends)
  func driverOfMagnum(version: String) async throws {
    let inventory = """
      all:
        hosts: {localhost: {ansible_connection: local}}
        children:
          magnum_all:
            hosts: {magnum1: , magnum2: , magnum3: {release: v9.9.9}}
            vars: {release: v0.33.0}
      """
    let group = """
      {magnum_magnum_cluster_api_git_install_branch: "{{ release }}",
       magnum_magnum_cluster_api_git_repo: "https://git.example.com/driver"}
      """
    let packages = { (files: [String: String], variables: String) in
      try await values(
        version, variables, files: files.merging(["inventory.yml": inventory]) { $1 }
      )
      .packages
    }
    #expect(
      try await packages(["group_vars/magnum_all.yml": group], "{}")
        == ["git+https://git.example.com/driver@v0.33.0#egg=magnum-cluster-api"])
    #expect(
      try await packages(["host_vars/magnum2.yml": group], "{}")
        == ["git+https://git.example.com/driver@v0.33.0#egg=magnum-cluster-api"])
    #expect(
      try await packages(
        [
          "group_vars/magnum_all.yml": group,
          "host_vars/localhost.yml": "magnum_magnum_cluster_api_git_install_branch: v0.38.1\n",
        ], "{}") == ["git+https://git.example.com/driver@v0.38.1#egg=magnum-cluster-api"])
    #expect(
      try await packages(["group_vars/magnum_all.yml": "{}\n"], "{}")
        == ["git+https://github.com/vexxhost/magnum-cluster-api@main#egg=magnum-cluster-api"])
  }

  @Test("Take the constraints that the operator chose", arguments: Ansible.ends)
  func constraints(version: String) async throws {
    let values = try await values(
      version, "{requirements_git_url: 'https://repo.example.com/constraints.txt'}")
    #expect(values.constraints == ["--constraint https://repo.example.com/constraints.txt"])
  }

  private struct Values: Decodable {
    let constraints: [String]
    let packages: [String]
    let bin: String
    let source: String
    let destination: String
  }

  private func values(
    _ version: String, _ variables: String, files: [String: String] = [:]
  ) async throws -> Values {
    let ansible = try Ansible(version)
    for (path, text) in files { try ansible.area.write(path, text) }
    let playbook = try ansible.area.write(
      "values.yml",
      """
      - hosts: localhost
        gather_facts: false
        tasks:
          - name: Load the defaults and nothing else
            ansible.builtin.include_vars: "{{ playbook_dir }}/\(Ansible.collection)/roles/proxy/defaults/main.yml"
          - name: Write the values
            ansible.builtin.copy:
              content: >-
                {{ {'constraints': mcapi_vexxhost_proxy_git_constraints, 'packages': mcapi_vexxhost_proxy_pip_packages,
                    'bin': mcapi_vexxhost_proxy_bin, 'source': mcapi_vexxhost_k8s_conf_src,
                    'destination': mcapi_vexxhost_k8s_conf_dest} | to_json }}
              dest: "{{ playbook_dir }}/values.json"
              mode: "0600"

      """)
    let outcome = try await ansible.run("ansible-playbook", [playbook, "-e", variables])
    try #require(outcome.status == 0, outcome.all)
    return try JSONDecoder().decode(Values.self, from: Data(ansible.area.text("values.json").utf8))
  }
}
