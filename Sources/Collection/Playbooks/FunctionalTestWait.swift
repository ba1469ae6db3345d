import AnsibleContent

/// Waits for the workload cluster, and keeps what is needed to understand a failure.
enum FunctionalTestWait {
  private static let clusters = Variable.registered("_functional_test_clusters")
  private static let resources = Variable.registered("_functional_test_resource_types")
  private static let description = Variable.registered("_functional_test_description")
  private static let state = Variable.registered("_functional_test_state")
  private static let folder: Value = "/var/log/clusterapi"

  /// The cluster of the test in Magnum's answer; empty when it has none of that name.
  private static let cluster = Variable.registered("_functional_test_cluster")
  private static var status: Expression { cluster["status"].default("missing") }

  @TasksBuilder static var tasks: Tasks {
    Block("Wait for the workload cluster") {
      Task(
        "Wait until Magnum has created the cluster or given up",
        OpenStackCloud.resources(
          service: "container_infrastructure_management", type: "cluster",
          cloud: FunctionalTest.cloud, interface: FunctionalTest.interface,
          regionName: FunctionalTest.region)
      )
      .register(clusters)
      .until(status.in(["CREATE_COMPLETE", "CREATE_FAILED"]), retries: 120, delay: 5)
      .failedWhen(status != "CREATE_COMPLETE")
    } rescue: {
      dump
      Task(
        "Say why the cluster was not created",
        Builtin.fail(
          msg: """
            The workload cluster \(FunctionalTest.clusterName) is \(status): \
            \(cluster["status_reason"].default("Magnum gives no reason")). The state of Cluster API is \
            in /var/log/clusterapi on \(Ansible.firstControlPlaneHost).
            """))
    }
    .vars([
      cluster.name:
        "\(clusters["resources"].default(Expression.emptyList).filter("selectattr", "name", "equalto", FunctionalTest.clusterName).first.default(Expression.emptyMapping))"
    ])
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
            "\(cluster["stack_id"].default(cluster["cluster_id"]).default(FunctionalTest.clusterName))",
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
      save("Write what clusterctl says", description["stdout"], to: "clusterctl-dump.txt")
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
