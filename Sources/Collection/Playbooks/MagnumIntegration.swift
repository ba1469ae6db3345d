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
      OwnAccess.magnum.tasks(administrator: "\(Operator.adminConfSource)")
      ControlPlaneKubeconfig.read(
        from: OwnAccess.magnum.source(Operator.adminConfSource.expression),
        if: OwnAccess.magnum.isKnown)
      ControlPlaneKubeconfig.writeTask(
        "Write the kubeconfig for Magnum",
        to: "\(Operator.adminConfDest.default("/var/lib/magnum/.kube/config"))", owner: "magnum",
        group: "magnum"
      )
      .when(OwnAccess.magnum.isKnown)
      .notify(topic)
      Task("Install Helm", Builtin.includeRole(name: Plays.kubernetesRole("helm")))
      OwnAccess.magnum.withdrawal(
        administrator: "\(Operator.adminConfSource)", from: "magnum_all", restart: topic)
    }
    .gatheringFacts()
    .remoteUser("root")
    .environment(Plays.environment)
    .handlers(lookForServices, restartServices)
    .tags("magnum_k8s_conf")

    Play("Prepare the repo host to build the driver", hosts: "repo_all") {
      Task("Install Rust", Builtin.includeRole(name: own("rust")))
    }
    .gatheringFacts()
    .remoteUser("root")
    .environment(Plays.environment)
    .tags("rust_install")
  }
  // The services read the kubeconfig when they start, and some versions of the driver keep what they
  // read. They are not there yet when this runs for the first time.
  private static let services = Variable.registered("mcapi_magnum_services")
  private static let topic = "kubeconfig of Magnum changed"

  private static let lookForServices = Task(
    "Look which services of Magnum are there",
    Builtin.stat(path: "/etc/systemd/system/\(Expression.item).service")
  )
  .loop(["magnum-api", "magnum-conductor"])
  .register(services)
  .listen(topic)

  private static let restartServices = Task(
    "Restart the services of Magnum",
    Builtin.systemdService(name: "\(Expression.item["item"])", state: "restarted")
  )
  .loop("\(services["results"])", label: "\(Expression.item["item"])")
  .when(Expression.item["stat"]["exists"])
  .listen(topic)
}
