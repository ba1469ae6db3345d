import AnsibleContent

extension Playbooks {
  static let sonobuoy = Playbook(
    "sonobuoy", "Runs the Kubernetes conformance test against a cluster, from the utility host."
  ) {
    Play("Run Sonobuoy", hosts: "utility_all[0]") {
      Task("Install and run Sonobuoy", Builtin.includeRole(name: own("sonobuoy")))
    }
    .gatheringFacts()
    .environment(Plays.environment)
  }

  static let controlPlaneConformanceTest = Playbook(
    "control_plane_conformance_test",
    "Builds HAProxy and the control plane alone, and runs the Kubernetes conformance test against it."
  ) {
    PlaybookImport("Install HAProxy", "\(Operator.haproxyPlaybook)")
      .tags("haproxy")
    PlaybookImport("Build the control plane", own("mcapi_control_plane_k8s")).tags("k8s")
    Play("Deliver the kubeconfig to the utility host", hosts: "utility_all[0]") {
      ControlPlaneKubeconfig.read(from: "\(Operator.adminConfSource)")
      ControlPlaneKubeconfig.writeTask(
        "Write the kubeconfig for root", to: "\(rootKubeconfig)", owner: "root", group: "root")
    }
    .tags("kubeconfig")
    Play("Test the conformance of the control plane", hosts: "utility_all[0]") {
      Task("Run Sonobuoy against the control plane", Builtin.includeRole(name: own("sonobuoy")))
        .vars(["sonobuoy_kubeconfig_file": "\(rootKubeconfig)"])
    }
    .gatheringFacts()
    .environment(Plays.environment)
    .tags("sonobuoy")
  }

  private static let rootKubeconfig = Operator.adminConfDest.default("/root/.kube/config")
}
