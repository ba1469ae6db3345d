import AnsibleContent

/// What HAProxy does while Kubernetes is brought to another version, one k8s host after the other:
/// it sends nobody to the host that is worked on.
enum RollOut {
  private static let manifest = Variable.registered("mcapi_api_server_manifest")
  private static let kubelet = Variable.registered("mcapi_kubelet_version")

  /// Before anything is touched: which hosts will be drained, and whether others are left then.
  static let look =
    Play("Look which k8s hosts will be upgraded", hosts: "k8s_all") {
      Task(
        "Look which API server the host runs",
        Builtin.slurp(src: "/etc/kubernetes/manifests/kube-apiserver.yaml")
      )
      .register(manifest)
      .failedWhen(false)

      Task("Look which kubelet the host runs", Builtin.command(cmd: "kubelet --version"))
        .register(kubelet)
        .changedWhen(false)
        .failedWhen(false)
        .inCheckModeToo()

      Task(
        "Say that a single k8s host cannot be drained",
        Builtin.debug(
          msg:
            "k8s_all has one host, so the API is away while it is upgraded to \(Operator.kubernetesVersion)."
        )
      )
      .when(Operator.haproxyDrain.bool, isUpgraded, !hasOthers)

      Task(
        "Say that the API is not found in HAProxy",
        Builtin.debug(
          msg: """
            k8s_haproxy_services has no service with backend port 6443: HAProxy is neither told which \
            k8s host is upgraded nor asked whether it sees the API servers.
            """)
      )
      .when(APIInHAProxy.isUnknown)
      .runOnce()

      // The first batch is the one that may have all hosts, be k8s_serial a number, a percentage or
      // a list.
      Task(
        "Refuse to drain all k8s hosts at once",
        Builtin.assert(
          that: [.condition(Ansible.playBatch.length != Ansible.groups["k8s_all"].length)],
          failMsg: """
            k8s_serial is \(Operator.serial), so that all k8s hosts would be upgraded at the same time \
            and HAProxy would have no API server left. Nothing was changed. Set k8s_serial to 1 in a \
            user_*.yml, or mcapi_haproxy_drain to false if the API may be away.
            """,
          quiet: true)
      )
      .when(Operator.haproxyDrain.bool, isUpgraded, hasOthers, APIInHAProxy.isThere)
    }
    .serial("\(Operator.serial)")
    .endingWithAnyFailure()
    .remoteUser("root")
    .vars(APIInHAProxy.variables)
    .tags("k8s", "k8s-install")

  /// Before a host is worked on.
  static let leave =
    Block("Take the host out of every HAProxy") {
      // One that cannot be asked, or has no other server left, shall not leave the host drained on
      // those before it.
      APIInHAProxy.task("Ask every HAProxy whether the host can be drained", state: "drain")
        .changedWhen(false)
        .inCheckModeOnly()

      APIInHAProxy.task("Drain the host on every HAProxy", state: "drain").oneHostAtATime()

      // Watches stay open for long: who has not gone by then is cut off, and connects elsewhere.
      APIInHAProxy.task(
        "Give open connections time to end", state: "info",
        wait: ["sessions": 0, "deadline": "\(Operator.haproxyDrainSeconds)"]
      )
      .failedWhen(false)
    } rescue: {
      // One HAProxy may have agreed, and the next have seen meanwhile that no other host is left.
      APIInHAProxy.ready("Make the host ready where it was drained, since it is left as it is")

      Task(
        "Say why the host is not upgraded",
        Builtin.fail(
          msg:
            "The host cannot be drained on every HAProxy, was made ready again and is left as it is; see above why."
        ))
    }
    .when(Operator.haproxyDrain.bool, isUpgraded, hasOthers, APIInHAProxy.isThere)

  /// Once a host is done. One that an earlier run has left drained gets its share again, too.
  /// Check mode has drained none, and may not find the service which it has not written.
  static let comeBack = APIInHAProxy.ready("Make the host ready on every HAProxy")
    .when(!Ansible.checkMode)

  /// After the roll-out: HAProxy may have lost sight of a host while others were worked on.
  static let wait =
    Play("Wait until HAProxy sees the API servers", hosts: "k8s_all") {
      APIInHAProxy.ready("Wait until the host is ready and up on every HAProxy")
        .when(!Ansible.checkMode)
    }
    .endingWithAnyFailure()
    .remoteUser("root")
    .vars(APIInHAProxy.variables)
    .tags("k8s", "k8s-install")

  private static let hasOthers = Ansible.groups["k8s_all"].length > 1

  /// Whether the host has Kubernetes, of another version than it shall have.
  private static let isUpgraded: Expression = {
    let wanted = Operator.kubernetesVersion
    let apiServers = manifest["content"].filter("b64decode")
      .filter("regex_findall", "kube-apiserver:v([0-9A-Za-z.-]+)")
    return manifest["content"].isDefined && wanted.isDefined
      && (wanted.notIn(apiServers)
        || kubelet["stdout"].default("").notIn(Expression.list("", "Kubernetes v" ~ wanted)))
  }()
}
