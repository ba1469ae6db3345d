import AnsibleContent

/// One who calls the control plane with rights of its own instead of the administrator's.
struct OwnAccess {
  /// The name of its ServiceAccount, and a part of other names.
  let name: String
  /// As tasks call it.
  let title: String
  let calls: [ControlPlaneCall]
  /// What the driver calls for the autoscaler comes on top, when the operator wants it.
  var mayAutoscale = false

  static let magnum = OwnAccess(
    name: "magnum", title: "Magnum", calls: ControlPlaneCalls.magnum, mayAutoscale: true)
  static let proxy = OwnAccess(name: "proxy", title: "the proxy", calls: ControlPlaneCalls.proxy)

  /// Namespace of the accounts: none of those who act in the driver's namespace can reach them.
  static let namespace = "mcapi-vexxhost"

  /// Its kubeconfig on the first k8s host.
  var kubeconfig: Value { "\(text: path)" }
  private var path: String { "/etc/kubernetes/mcapi-\(name).conf" }

  /// The kubeconfig on the first k8s host that it is to be given: `administrator` is the one that
  /// operators have.
  func source(_ administrator: Expression) -> Value {
    .expression(Operator.leastPrivilege.bool.ternary(path, administrator))
  }

  /// Whether check mode knows what is in that kubeconfig: not when a token would have to be issued.
  var isKnown: Expression { !(Ansible.checkMode.bool && Operator.leastPrivilege.bool && isDue) }

  /// Tasks that leave its kubeconfig on the first k8s host, with a token that goes on for a while. A
  /// token in use is kept, so that a run without need of one changes nothing, while address and CA
  /// always are those of the administrator's kubeconfig.
  func tasks(administrator: Value) -> Block {
    Block("Give \(title) rights of its own on the control plane") {
      // Before anything is made with it, and where its fault can be shown.
      ControlPlaneKubeconfig.look(at: administrator, of: "the administrator")

      Task(
        "Create the namespaces of \(title)'s rights",
        KubernetesCore.k8s(
          kubeconfig: administrator,
          resourceDefinition: .list(
            [AccessObjects.namespace(Self.namespace), AccessObjects.driversNamespace]))
      )
      .register(namespaces)
      .runOnce()

      Task(
        "Create the account of \(title) and its rights",
        KubernetesCore.k8s(
          kubeconfig: administrator,
          resourceDefinition: .list(
            [AccessObjects.account(name)]
              + AccessObjects.rights(
                of: name, named: objectName, in: ControlPlaneCalls.namespace, calls)))
      )
      .when(objectsFit)
      .runOnce()

      if mayAutoscale { autoscaling(administrator: administrator) }

      look
      keep
      issue(administrator: administrator)

      Task(
        "Write the kubeconfig of \(title)",
        Mcapi.kubeconfig(
          path: kubeconfig, contextName: "\(text: objectName)", group: "root", mode: "0600",
          owner: "root", src: .list([administrator]), token: "\(token)",
          userName: "\(text: objectName)")
      )
      .runOnce()
      .noLog()
    }
    .when(Operator.leastPrivilege.bool)
    .delegate(to: "\(Ansible.firstControlPlaneHost)")
  }

  /// Tasks that take the rights away again, once every host has the administrator's kubeconfig and
  /// what reads it was restarted: who lost the account before would be locked out. The kubeconfig on
  /// the first k8s host tells that there were any, and goes last, so that a run which was broken off
  /// is made good by the next.
  ///
  /// - Parameters:
  ///   - hosts: the hosts that are given the kubeconfig, as a pattern.
  ///   - restart: what handlers listen to that restart what reads the kubeconfig.
  @TasksBuilder func withdrawal(
    administrator: Value, from hosts: some JinjaConvertible, restart: String
  ) -> Tasks {
    let isEverywhere =
      Expression.lookup("ansible.builtin.inventory_hostnames", hosts).filter("split", ",")
      .filter("difference", Ansible.playHosts).length == 0

    Task("Look whether \(title) had rights of its own", Builtin.stat(path: kubeconfig))
      .register(former)
      .when(!Operator.leastPrivilege.bool)
      .delegate(to: "\(Ansible.firstControlPlaneHost)")
      .runOnce()

    // A run that was broken off behind the change of the kubeconfig has restarted nothing.
    Task(
      "Have what reads the kubeconfig of \(title) restarted",
      Builtin.debug(
        msg: "The rights of its own are taken from \(text: title) once it has restarted.")
    )
    .when(!Operator.leastPrivilege.bool, former["stat"]["exists"], isEverywhere)
    .changedWhen(true)
    .notify(restart)

    Task("Restart what reads the kubeconfig of \(title)", .meta("flush_handlers"))

    Block("Take the rights of its own from \(title)") {
      Task(
        "Delete the account of \(title) and its rights",
        KubernetesCore.k8s(
          kubeconfig: administrator, resourceDefinition: .list(identities), state: "absent")
      )
      .runOnce()

      Task(
        "Remove the kubeconfig that \(title) had of its own",
        Mcapi.kubeconfig(path: kubeconfig, state: "absent")
      )
      .runOnce()
    }
    .when(!Operator.leastPrivilege.bool, former["stat"]["exists"], isEverywhere)
    .delegate(to: "\(Ansible.firstControlPlaneHost)")
  }

  // MARK: Parts

  private var objectName: String { "\(Self.namespace)-\(name)" }
  private var autoscalingName: String { "\(objectName)-autoscaling" }

  private func registered(_ what: String) -> Variable {
    .registered("mcapi_\(name)_access_\(what)")
  }
  private var namespaces: Variable { registered("namespaces") }
  private var state: Variable { registered("state") }
  private var login: Variable { registered("login") }
  private var kept: Variable { registered("kept") }
  private var issued: Variable { registered("issued") }
  private var former: Variable { registered("former") }

  /// The objects that this makes but for the namespaces, which others may use.
  private var identities: [Value] {
    let rights = AccessObjects.identities(named: objectName, in: ControlPlaneCalls.namespace)
    guard mayAutoscale else { return [AccessObjects.account(name)] + rights }
    return [AccessObjects.account(name)] + rights
      + AccessObjects.identities(named: autoscalingName, in: ControlPlaneCalls.namespace)
      + AccessObjects.identities(named: autoscalingName)
  }

  /// Check mode creates no namespace, and nothing fits into one that is not there.
  private var objectsFit: Expression { !(Ansible.checkMode.bool && namespaces.is("changed")) }

  /// Whether a token has to be issued: there is none, it ends within the margin, or nobody knows it.
  private var isDue: Expression { login["rc"].default(1) != 0 }

  /// Check mode has none where one is due, and is told a text that differs from what is there.
  private var token: Expression {
    isDue.then(
      Ansible.checkMode.bool.then(
        "to be issued", else: issued["stdout"].filter("from_json")["status"]["token"]),
      else: kept["content"].filter("from_yaml")["users"][0]["user"]["token"])
  }

  private func autoscaling(administrator: Value) -> Task {
    Task(
      "Give \(title) the rights to install autoscalers, or take them away",
      KubernetesCore.k8s(
        kubeconfig: administrator,
        resourceDefinition: .list(
          AccessObjects.rights(
            of: name, named: autoscalingName, in: ControlPlaneCalls.namespace,
            AutoscalerCalls.namespaced)
            + AccessObjects.rights(
              of: name, named: autoscalingName, AutoscalerCalls.clusterWide)),
        state: "\(Operator.leastPrivilegeAutoscaling.bool.ternary("present", "absent"))")
    )
    .when(objectsFit)
    .runOnce()
  }

  @TasksBuilder private var look: Tasks {
    Task(
      "Look at the kubeconfig of \(title)",
      Mcapi.kubeconfig(path: kubeconfig, state: "info")
    )
    .register(state)
    .runOnce()

    Task(
      "Try whether the token of \(title) is known",
      Builtin.command(
        argv: [
          "kubectl", "--kubeconfig", kubeconfig, "--request-timeout", "20s", "auth", "can-i", "get",
          "secrets", "--namespace", "\(text: ControlPlaneCalls.namespace)",
        ])
    )
    .register(login)
    .when(
      state["usable"].bool,
      state["token_seconds_left"].default(0).int > Operator.leastPrivilegeRenewal.int
        * secondsOfADay
    )
    .changedWhen(false)
    .failedWhen(false)
    .inCheckModeToo()
    .runOnce()
  }

  private var keep: Task {
    Task("Read the token of \(title)", Mcapi.kubeconfig(path: kubeconfig, state: "read"))
      .register(kept)
      .when(!isDue)
      .runOnce()
      .noLog()
  }

  @TasksBuilder private func issue(administrator: Value) -> Tasks {
    // The body says for how long, the answer carries the token: neither is an argument.
    let request: Value = [
      "apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
      "spec": ["expirationSeconds": "\(Operator.leastPrivilegeLifetime.int * secondsOfADay)"],
    ]
    Task(
      "Issue a token for \(title)",
      Builtin.command(
        argv: [
          "kubectl", "--kubeconfig", administrator, "create", "--raw",
          "/api/v1/namespaces/\(text: Self.namespace)/serviceaccounts/\(text: name)/token",
          "--filename", "-",
        ],
        stdin: "\(request.filter("to_json"))")
    )
    .register(issued)
    .when(isDue)
    .changedWhen(true)
    .failedWhen(false)
    .runOnce()
    .noLog()

    Task(
      "Say why there is no token for \(title)",
      Builtin.fail(
        msg: """
          kubectl on the first k8s host was given no token by the API server. It said: \
          \(issued["stderr"].default("nothing"))
          """)
    )
    .when(isDue, !Ansible.checkMode.bool, issued["rc"].default(1) != 0)
    .runOnce()

    Task(
      "Refuse a token of \(title) that would be renewed in every run",
      Builtin.assert(
        that: [.condition(lifetime > Operator.leastPrivilegeRenewal.int * secondsOfADay)],
        failMsg: """
          The API server gives tokens of \(lifetime) seconds, which is not more than \
          mcapi_least_privilege_renewal_days (\(Operator.leastPrivilegeRenewal)). Remedy: lower \
          that, raise mcapi_least_privilege_lifetime_days \
          (\(Operator.leastPrivilegeLifetime)), or, where it is what shortens them, raise the API \
          server's --service-account-max-token-expiration. Nothing was written.
          """,
        quiet: true)
    )
    .when(isDue, !Ansible.checkMode.bool)
    .runOnce()
  }

  private let secondsOfADay = 86_400

  /// Seconds that the token issued is good for; the API server may give less than it was asked for.
  private var lifetime: Expression {
    issued["stdout"].filter("from_json")["spec"]["expirationSeconds"].int
  }
}
