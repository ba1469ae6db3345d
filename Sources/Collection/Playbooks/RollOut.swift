import AnsibleContent

/// What HAProxy does while Kubernetes is brought to another version, one k8s host after the other:
/// it sends nobody to the host that is worked on.
enum RollOut {
  static let manifest = Variable.registered("mcapi_api_server_manifest")

  /// Before a host is worked on: it is drained on every HAProxy, if its API server will change.
  @TasksBuilder static var leave: Tasks {
    Task(
      "Look which API server the host runs",
      Builtin.slurp(src: "/etc/kubernetes/manifests/kube-apiserver.yaml")
    )
    .register(manifest)
    .failedWhen(false)
    .when(Operator.haproxyDrain.bool)

    Task(
      "Say that a single k8s host cannot be drained",
      Builtin.debug(
        msg:
          "k8s_all has one host, so the API is away while it is upgraded to \(Operator.kubernetesVersion)."
      )
    )
    .when(Operator.haproxyDrain.bool, isUpgraded, !hasOthers)

    Task(
      "Drain the host on every HAProxy",
      Mcapi.haproxyBackend(backend: backend, servers: [thisHost], state: "drain")
    )
    .onEveryHAProxy()
    .when(Operator.haproxyDrain.bool, isUpgraded, hasOthers)

    // Watches stay open for long: who has not gone by then is cut off, and connects elsewhere.
    Task(
      "Give open connections time to end",
      Mcapi.haproxyBackend(
        backend: backend, servers: [thisHost], state: "info",
        wait: ["sessions": 0, "deadline": "\(Operator.haproxyDrainSeconds)"])
    )
    .onEveryHAProxy()
    .failedWhen(false)
    .when(Operator.haproxyDrain.bool, isUpgraded, hasOthers)
  }

  /// Once the host is done: it gets its share again as soon as it answers. A host that a failed run
  /// has left drained does so, too.
  static var comeBack: Task {
    Task(
      "Make the host ready on every HAProxy",
      Mcapi.haproxyBackend(
        backend: backend, servers: [thisHost], state: "ready",
        wait: ["check": "passed", "deadline": "\(Operator.haproxyWaitSeconds)"])
    )
    .onEveryHAProxy()
    .when(Operator.haproxyDrain.bool, isMember, hasOthers)
  }

  /// After the roll-out.
  static let wait =
    Play("Wait until HAProxy sees the API servers", hosts: "k8s_all") {
      Task(
        "Wait until every API server is up on every HAProxy",
        Mcapi.haproxyBackend(
          backend: backend, servers: "\(Operator.controlPlaneHostsOfPlay.filter("list"))",
          state: "info",
          wait: ["check": "passed", "deadline": "\(Operator.haproxyWaitSeconds)"])
      )
      .onEveryHAProxy()
      .runOnce()
      .when(!Ansible.checkMode, Operator.haproxyWaitSeconds.int > 0)
    }
    .remoteUser("root")
    .tags("k8s", "k8s-install")

  private static let thisHost: Value = "\(Ansible.inventoryHostname)"
  private static let backend: Value =
    "\(Operator.haproxyServices.first["haproxy_service_name"])-back"

  /// Every host of HAProxy, if HAProxy has the service at all.
  fileprivate static let loadBalancers: Value = {
    let hasService = Operator.haproxyServices.default(Expression.emptyList).length > 0
    let all = Ansible.groups["haproxy_all"].default(Expression.emptyList)
    return "\(hasService.then(all, else: Expression.emptyList))"
  }()

  private static let hasOthers = Ansible.groups["k8s_all"].length > 1
  private static let isMember = manifest["content"].isDefined
  private static let isUpgraded =
    isMember && Operator.kubernetesVersion.isDefined
    && ("kube-apiserver:v" ~ Operator.kubernetesVersion).notIn(
      manifest["content"].filter("b64decode"))
}

extension Task {
  /// Done once for each host of HAProxy, and there.
  fileprivate func onEveryHAProxy() -> Task {
    loop(RollOut.loadBalancers).delegate(to: "\(Expression.item)")
  }
}
