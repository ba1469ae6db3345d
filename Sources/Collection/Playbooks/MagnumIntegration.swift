import AnsibleContent

extension Playbooks {
  static let magnumIntegration = Playbook(
    "mcapi_magnum_integration",
    """
    Gives the Magnum hosts what the driver needs: the control plane's credentials and Helm; and the \
    repo host a Rust compiler, with which the driver is built.
    """
  ) {
    Play("Connect the Magnum hosts with the control plane", hosts: "magnum_all") {
      Task(
        "Create Magnum's user, group and folders",
        Builtin.includeRole(name: "os_magnum", tasksFrom: "magnum_pre_install.yml"))
      AdminKubeconfig.readTask(from: "\(Operator.adminConfSource)")
      AdminKubeconfig.writeTask(
        "Write the kubeconfig for Magnum",
        to: "\(Operator.adminConfDest.default("/var/lib/magnum/.kube/config"))", owner: "magnum",
        group: "magnum")
      Task("Install Helm", Builtin.includeRole(name: Plays.kubernetesRole("helm")))
    }
    .gatheringFacts()
    .remoteUser("root")
    .environment(Plays.environment)
    .tags("magnum_k8s_conf")

    Play("Prepare the repo host to build the driver", hosts: "repo_all") {
      Task("Install Rust", Builtin.includeRole(name: own("rust")))
    }
    .gatheringFacts()
    .remoteUser("root")
    .environment(Plays.environment)
    .tags("rust_install")
  }
}
