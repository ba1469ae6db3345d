import AnsibleContent

/// Parts that several playbooks share.
enum Plays {
  /// Facts of the least kind, unless the operator gathers them elsewhere.
  static func minimalFacts(_ name: String) -> Task {
    Task(name, Builtin.setup(gatherSubset: ["!all", "min"]))
      .when(OSA.gatherFacts.default(true).bool)
  }

  /// The variables that OpenStack-Ansible's roles read, such as the constraints in use. 2024.1 has
  /// them in tasks, later series in defaults.
  @TasksBuilder static var installDefaults: Tasks {
    Task(
      "Load the install defaults of OpenStack-Ansible",
      Builtin.includeRole(
        name: "openstack.osa.install_defaults", defaultsFrom: "\(OSA.installMethod)", public: true)
    )
    .when(!SeriesAtRunTime.isCaracal)
    Task(
      "Load the install defaults of OpenStack-Ansible 2024.1",
      Builtin.includeRole(name: "openstack.osa.install_defaults", public: true)
    )
    .when(SeriesAtRunTime.isCaracal)
  }

  /// Proxies and the like for every task of a play.
  static let environment: Value = "\(OSA.environment.default(Expression.emptyMapping))"

  /// A role of the Kubernetes collection that the operator chose.
  static func kubernetesRole(_ role: String) -> Value {
    "\(Operator.kubernetesCollection).\(text: role)"
  }
}

/// A kubeconfig of the control plane, read once and written on each destination.
enum ControlPlaneKubeconfig {
  static let read = Variable.registered("mcapi_control_plane_kubeconfig")

  /// Reads it on the first k8s host, once for all hosts of the play.
  static func readTask(from source: Value) -> Task {
    Task(
      "Read the kubeconfig of the control plane", Mcapi.kubeconfig(path: source, state: "read")
    )
    .register(read)
    .delegate(to: "\(Ansible.firstControlPlaneHost)")
    .runOnce()
    .noLog()
  }

  /// Writes it for the user that needs it. One that names another API than the operator's is refused,
  /// one that soon ends gives a warning.
  static func writeTask(_ name: String, to path: Value, owner: Value, group: Value) -> Task {
    Task(
      name,
      Mcapi.kubeconfig(
        path: path, content: "\(read["content"])", directoryGroup: group, directoryOwner: owner,
        expectedServer: "\(Operator.kubeconfigServer)", group: group,
        minimumValidity: "\(Operator.kubeconfigMinimumValidity)", mode: "0600", owner: owner,
        validityAction: "warn")
    )
    .noLog()
  }
}
