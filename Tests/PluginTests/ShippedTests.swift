import AnsibleContent
import Foundation
import Testing

@testable import Collection

/// The binaries that ship, through the plugin: what `Sources/Modules/test-release.sh` compiles before
/// it runs this.
extension PluginTests {
  @Suite(
    .enabled(
      if: ProcessInfo.processInfo.environment["MCAPI_MODULES"] != nil,
      "Sources/Modules/test-release.sh runs these, with the binaries it has compiled"))
  struct ShippedTests {
    let controller: Controller

    init() throws { controller = try Controller("2.19") }

    private func shipped(_ path: String) -> URL {
      Controller.checkout.appending(
        path: "galaxy/ansible_collections/osa_ops/mcapi_vexxhost/\(path)")
    }

    /// A target whose `uname -m` says aarch64 and which runs programs for aarch64, over sshd: the
    /// binary for aarch64 is sent, kept and run, and the one for x86_64 is not.
    @Test func anAarch64TargetRunsTheBinaryForAarch64() throws {
      for path in [
        "plugins/modules/kubeconfig", "files/modules/aarch64/kubeconfig",
        "plugins/action/kubeconfig.py",
      ] {
        try FileManager.default.copyItem(
          at: shipped(path), to: controller.collection.appending(path: path))
      }
      let kubeconfig = controller.folder.appending(path: "kubeconfig")
      try Self.kubeconfig.write(to: kubeconfig, atomically: true, encoding: .utf8)
      try controller.startSSHD(
        under: [
          Controller.fixtures.appending(path: "on-aarch64.sh").path, controller.folder.path,
        ])

      let variables = ["kubeconfig": "\"\(kubeconfig.path)\""]
      let cold = try controller.play("kubeconfig.yml", on: "there", variables)
      #expect(cold.status == 0, "\(cold.output)")
      #expect(cold.said("first") == "True")
      #expect(cold.said("second") == "False")
      #expect(cold.said("owner") == "nobody")
      #expect(cold.roundTrips == 3)
      let warm = try controller.play("kubeconfig.yml", on: "there", variables)
      #expect(warm.said("first") == "False", "\(warm.output)")
      #expect(warm.roundTrips == 2)

      let kept = try Data(
        contentsOf: controller.copies.appending(path: try #require(controller.keptCopies().first)))
      #expect(controller.keptCopies().count == 1)
      // ELF's e_machine: 183 is aarch64.
      #expect(kept[18] == 183)
      #expect(try kept == Data(contentsOf: shipped("files/modules/aarch64/kubeconfig")))
      #expect(
        try String(
          contentsOf: controller.remoteTmp.appending(path: "home/.kube/config"), encoding: .utf8)
          == Self.kubeconfig)
    }

    private static let kubeconfig = """
      apiVersion: v1
      kind: Config
      current-context: test
      contexts:
        - name: test
          context: {cluster: test, user: test}
      clusters:
        - name: test
          cluster: {server: "https://198.18.236.9:6443"}
      users:
        - name: test
          user: {token: hush-hush}

      """
  }
}
