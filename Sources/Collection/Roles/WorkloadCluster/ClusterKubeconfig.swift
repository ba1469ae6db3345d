import AnsibleContent

/// The kubeconfig of a workload cluster. Magnum signs a certificate for each that is fetched, so it is
/// fetched where it is needed and not again.
enum ClusterKubeconfig {
  private static let look = Variable.registered("_mcapi_kubeconfig_look")
  private static let folder = Variable.registered("_mcapi_kubeconfig_folder")

  private static var cluster: Expression { OneCluster.cluster.expression }
  private static var path: Expression { cluster["kubeconfig"].default("") }
  /// Empty while the cluster has none.
  private static var address: Expression {
    OneCluster.result["cluster"]["api_address"].filter("default", "", true)
  }
  /// A kubeconfig that is there belongs to an earlier cluster then.
  private static var isNew: Expression {
    OneCluster.actions.filter("select", "search", "is made").filter("list").length > 0
  }
  private static var isNeeded: Expression { isNew || !look["usable"].default(false) }

  private static var isWanted: Expression { cluster["state"].default("present") == "present" }
  private static var cloud: Expression { cluster["cloud"].default(MagnumVariables.usedCloud) }

  /// Before the cluster is made.
  static var refusal: Task {
    Task(
      "Refuse a kubeconfig from a cloud that the client is not told",
      Builtin.assert(
        that: [
          .condition(cluster["auth"].isNot("defined")),
          .condition(cluster["openrc"].isNot("defined")), .condition(cloud.is("string")),
        ],
        failMsg: """
          A kubeconfig is fetched with cloud, the name of a cloud in clouds.yaml, and not with auth, openrc \
          or a cloud that is a dictionary. Nothing was done. Name the cloud, or leave kubeconfig out.
          """,
        quiet: true)
    )
    .when(path != "", isWanted)
  }

  /// At once, since the run that fetches a new one may be a later one.
  static var removalOfEarlier: Task {
    Task(
      "Remove the kubeconfig of an earlier cluster",
      Builtin.file(path: "\(path)", state: "absent")
    )
    .when(path != "", isWanted, isNew, !Ansible.checkMode)
  }

  static var tasks: Tasks {
    Tasks {
      Block("Keep the kubeconfig of the workload cluster") {
        Task(
          "Look at the kubeconfig that is there",
          Mcapi.kubeconfig(path: "\(path)", expectedServer: "\(address)", state: "info")
        )
        .register(look)
        .when(address != "")
        fetch
        Task(
          "Tell that there is no kubeconfig yet",
          Builtin.debug(
            msg: """
              The cluster has no API yet, and so no kubeconfig was fetched to \(path). The next run fetches it \
              once the cluster is complete; with wait a run stays until it is.
              """)
        )
        .when(!Ansible.checkMode, address == "")
        Task(
          "Tell that a kubeconfig would be fetched",
          Builtin.debug(msg: "The kubeconfig of the cluster would be fetched to \(path).")
        )
        .changedWhen(true)
        .when(Ansible.checkMode, isNeeded)
      }
      .when(path != "", isWanted)
      Task(
        "Remove the kubeconfig of a cluster that is no longer there",
        Builtin.file(path: "\(path)", state: "absent")
      )
      .when(path != "", !isWanted)
    }
  }

  private static var uuid: Expression {
    cluster["uuid"].default(OneCluster.result["cluster"]["uuid"].default(cluster["name"]))
  }
  /// What the client has no variable for.
  private static var trust: Expression {
    cluster["validate_certs"].default(cluster["verify"].default(true)).bool.then(
      Expression.emptyList, else: Expression.list("--insecure"))
  }

  /// What the client is told of the cloud: that which the module is given.
  private static var access: Value {
    let always: Value = ["OS_CLOUD": "\(cloud)"]
    let settings = [
      (
        "OS_INTERFACE",
        cluster["interface"].default(
          cluster["endpoint_type"].default(MagnumVariables.usedInterface))
      ),
      (
        "OS_REGION_NAME",
        cluster["region_name"].default(cluster["region"].default(OSA.serviceRegion.default("")))
      ),
      ("OS_CACERT", cluster["ca_cert"].default(cluster["cacert"].default(""))),
      ("OS_CERT", cluster["client_cert"].default(cluster["cert"].default(""))),
      ("OS_KEY", cluster["client_key"].default(cluster["key"].default(""))),
      ("OS_AUTH_TYPE", cluster["auth_type"].default("")),
    ]
    let all = settings.reduce(always.expression) { known, setting in
      let (name, value) = setting
      let one = Value.fields([(name, "\(value)" as Value)])
      return known.combine((value != "").then(one, else: Expression.emptyMapping))
    }
    return "\(all)"
  }

  private static var fetch: Block {
    Block("Fetch the kubeconfig") {
      Task(
        "Create a folder for the kubeconfig",
        Builtin.tempfile(state: "directory", suffix: "-kubeconfig")
      )
      .register(folder)
      .changedWhen(false)
      Task(
        "Ask Magnum for a kubeconfig",
        Builtin.command(
          argv:
            "\(Expression.list(OSA.setupPython.dirname ~ "/openstack") + trust + Expression.list("coe", "cluster", "config", "--dir", folder["path"], uuid))"
        )
      )
      // All that it says is the name of the file.
      .changedWhen(false)
      .environment(access)
      Task(
        "Put the kubeconfig in its place, private",
        Mcapi.kubeconfig(
          path: "\(path)", directoryMode: "0700", mode: "0600", src: "\(folder["path"])/config")
      )
      .noLog()
    } always: {
      Task(
        "Remove that folder", Builtin.file(path: "\(folder["path"])", state: "absent")
      )
      .changedWhen(false)
      .when(folder["path"].isDefined)
    }
    .when(!Ansible.checkMode, address != "", isNeeded)
  }
}
