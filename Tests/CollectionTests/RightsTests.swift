import Collection
import Foundation
import TestSupport
import Testing

@Suite("The rights of Magnum and of the proxy")
struct RightsTests {
  @Test("Are those that both call, and no others")
  func rights() async throws {
    let script = Checkout.root.appending(
      path: "Tests/CollectionTests/scripts/rights-test.sh")
    let outcome = try await Tool(path: script.path).run(
      [], in: Checkout.root,
      environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"])
    #expect(outcome.status == 0, outcome.all)
  }

  /// What uses the administrator's kubeconfig shows no fault of it, since it would show the rest too.
  @Test(
    "Are given by a kubeconfig that was looked at, and whose fault is shown",
    arguments: Ansible.ends)
  func look(version: String) async throws {
    let ansible = try Ansible(version)
    try ansible.install("kubeconfig")
    let source = try ansible.area.write(
      "admin.conf",
      """
      apiVersion: v1
      kind: Config
      clusters: [{name: kubernetes, cluster: {server: https://198.18.236.9:6443}}]
      contexts: [{name: admin, context: {cluster: kubernetes, user: admin}}]
      current-context: admin
      users: [{name: admin, user: {client-key-data: hunter2}}]

      """)
    let outcome = try await ansible.run(
      "ansible-playbook",
      [
        "osa_ops.mcapi_vexxhost.mcapi_magnum_integration", "--tags", "magnum_k8s_conf",
        "--start-at-task", "Look at the kubeconfig of the administrator",
        "-e", "mcapi_least_privilege=true", "-e", "k8s_admin_conf_src=\(source)",
        "-e", "mcapi_kubeconfig_server=198.18.236.9", "-e", "ansible_connection=local",
      ])
    let shown = outcome.output + outcome.errors
    #expect(outcome.status == 2, outcome.all)
    #expect(
      shown.contains(
        "has a client-key-data that is not base64; it may be cut off: take it anew. Nothing was written."
      ), outcome.all)
    #expect(!shown.contains("TASK [Create the namespaces of Magnum's rights]"), outcome.all)
    #expect(!shown.contains("hunter2"))
  }
}
