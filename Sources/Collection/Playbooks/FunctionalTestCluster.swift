import AnsibleContent

/// Makes the workload clusters of the test, and keeps what is needed to understand a failure.
enum FunctionalTestCluster {
  private static let failed = Variable.registered("_functional_test_failed")
  private static let resources = Variable.registered("_functional_test_resource_types")
  private static let description = Variable.registered("_functional_test_description")
  private static let state = Variable.registered("_functional_test_state")
  private static let folder: Value = "/var/log/clusterapi"

  /// A template and one of its clusters.
  private static let pair = Variable.registered("_functional_test_pair")
  private static var cluster: Expression { pair[1] }

  /// What Magnum says of the cluster of the test; empty where it has none.
  private static let known = Variable.registered("_functional_test_cluster")

  @TasksBuilder static var tasks: Tasks {
    Block("Create the workload cluster, or keep why not") {
      creation("Create the workload cluster and wait for it")
        .loop("\(pairs)", as: pair, label: "\(cluster["name"])")
      creation("Create the clusters of other templates and wait for them")
        .loop("\(alone)", as: pair, label: "\(cluster["name"])")
    } rescue: {
      Task(
        "Ask Magnum for the cluster",
        Mcapi.magnumInfo(
          gather: ["clusters"], name: "\(FunctionalTest.clusterName)", cloud: FunctionalTest.cloud,
          regionName: FunctionalTest.region, interface: FunctionalTest.interface)
      )
      .register(failed)
      .failedWhen(false)
      dump
      Task(
        "Say why the cluster was not created",
        Builtin.fail(
          msg: """
            \(Ansible.failedResult["msg"].default("The workload cluster was not created")) \
            The state of Cluster API is in /var/log/clusterapi on \(Ansible.firstControlPlaneHost).
            """))
    }
    .vars([
      known.name:
        "\(failed["clusters"].default(Expression.emptyList).filter("selectattr", "project_id", "equalto", failed["project_id"].default("")).first.default(Expression.emptyMapping))"
    ])
  }

  private static var pairs: Expression {
    FunctionalTest.templates.filter("subelements", "clusters", named: ["skip_missing": true])
  }

  /// The clusters that name a template of the cloud, in the same form.
  private static var alone: Expression {
    Expression.list(Expression.emptyMapping).filter("product", FunctionalTest.clusters)
      .filter("list")
  }

  private static func creation(_ name: String) -> Task {
    Task(name, Builtin.includeRole(name: Playbooks.own("workload_cluster")))
      .vars(
        FunctionalTest.handing(
          HandedOver.clusters, Expression.list(declared), for: OneCluster.clusters))
  }

  /// The cluster with what the test adds to it. Ten minutes are what it gives one to be created.
  private static var declared: Expression {
    let before: Value = ["wait_timeout": 600, "wait_interval": 5]
    let named = pair[0]["name"].default(cluster["template_uuid"].default(""))
    let template: Value = ["cluster_template": "\(named)"]
    let kubeconfig: Value = ["kubeconfig": "\(FunctionalTest.kubeconfig)"]
    let own = cluster.filter("dict2items").filter("rejectattr", "key", "equalto", "template_uuid")
      .filter("items2dict")
    let ofTest = cluster["name"] == FunctionalTest.clusterName
    return before.expression
      .combine((named != "").then(template, else: Expression.emptyMapping))
      .combine(own)
      .combine(ofTest.then(kubeconfig, else: Expression.emptyMapping))
  }

  @TasksBuilder private static var dump: Tasks {
    Block("Keep the state of Cluster API") {
      Task(
        "Create the folder of the state",
        Builtin.file(path: folder, group: "root", mode: "0750", owner: "root", state: "directory"))
      Task(
        "Describe the cluster with clusterctl",
        Builtin.command(
          argv: [
            "clusterctl", "describe", "cluster", "-n", "magnum-system",
            "\(known["stack_id"].default(FunctionalTest.clusterName))",
            "--grouping=false",
            "--echo=false",
            "--show-conditions", "all",
          ])
      )
      .register(description)
      .changedWhen(false)
      .failedWhen(false)
      Task(
        "List the types of resources",
        Builtin.command(
          argv: ["kubectl", "api-resources", "--verbs=list", "--namespaced", "-o", "name"])
      )
      .register(resources)
      .changedWhen(false)
      .failedWhen(false)
      Task(
        "Describe every resource in magnum-system",
        Builtin.command(argv: ["kubectl", "describe", "-n", "magnum-system", "\(Expression.item)"])
      )
      .loop("\(resources["stdout_lines"].default(Expression.emptyList))")
      // Bootstrap tokens stand in plain fields of some resources.
      .noLog()
      .register(state)
      .changedWhen(false)
      .failedWhen(false)
      save(
        "Write what clusterctl says", description["stdout"].default(description["msg"].default("")),
        to: "clusterctl-dump.txt")
      save(
        "Write the state of magnum-system",
        state["results"].default(Expression.emptyList).filter("map", named: ["attribute": "stdout"])
          .filter("join", "\n"),
        to: "magnum-system-dump.txt"
      )
      .noLog()
    }
    .vars(["ansible_python_interpreter": "/usr/bin/python3"])
    .environment(["KUBECONFIG": "\(Operator.adminConfSource)"])
    .delegate(to: "\(Ansible.firstControlPlaneHost)")
  }

  private static func save(_ name: String, _ text: Expression, to file: String) -> Task {
    Task(
      name,
      Builtin.copy(
        dest: "/var/log/clusterapi/\(text: file)", content: "\(text)\n", group: "root",
        mode: "0640",
        owner: "root"))
  }
}
