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

  /// Tasks with the Python that has the clients of OpenStack. The install defaults say which it is, so
  /// they and the facts come before, with the host's own.
  static func withClients(_ name: String, @TasksBuilder _ tasks: () -> Tasks) -> Block {
    Block(name, tasks: tasks).vars(["ansible_python_interpreter": "\(OSA.setupPython)"])
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
  private static let state = Variable.registered("mcapi_control_plane_kubeconfig_state")
  private static let content = Variable.registered("mcapi_control_plane_kubeconfig")

  /// Reads it on the first k8s host, once for all hosts of the play. A look comes first, since what
  /// reads and writes the credentials shows neither its failures nor its warnings.
  static func read(from source: Value, if isKnown: Expression? = nil) -> Tasks {
    let read = Task(
      "Read the kubeconfig of the control plane", Mcapi.kubeconfig(path: source, state: "read")
    )
    .register(content)
    .noLog()
    .runOnce()
    return Tasks(
      (look(at: source, of: "the control plane") + [read]).map { task in
        let there = task.delegate(to: "\(Ansible.firstControlPlaneHost)")
        return .task(isKnown.map { there.when($0) } ?? there)
      })
  }

  /// Looks once, where the play or block says: a kubeconfig that cannot be used or names another API
  /// than the operator's is refused, one that soon ends gives a warning.
  static func look(at path: Value, of owner: String) -> [Task] {
    let look = Task(
      "Look at the kubeconfig of \(owner)",
      Mcapi.kubeconfig(
        path: path, expectedServer: "\(Operator.kubeconfigServer)",
        minimumValidity: "\(Operator.kubeconfigMinimumValidity)", state: "info",
        validityAction: "warn")
    )
    .register(state)
    let refuse = Task(
      "Refuse a kubeconfig of \(owner) that cannot be used",
      Builtin.assert(
        that: [.condition(state["usable"].bool)],
        failMsg: """
          \(state["problem"]). Nothing was written. The API is expected at \
          \(Operator.kubeconfigServer); mcapi_kubeconfig_server changes that.
          """,
        quiet: true))
    return [look, refuse].map { $0.runOnce() }
  }

  /// Writes it for the user that needs it.
  static func writeTask(_ name: String, to path: Value, owner: Value, group: Value) -> Task {
    Task(
      name,
      Mcapi.kubeconfig(
        path: path, content: "\(content["content"])", directoryGroup: group, directoryOwner: owner,
        group: group, mode: "0600", owner: owner)
    )
    .noLog()
  }
}
