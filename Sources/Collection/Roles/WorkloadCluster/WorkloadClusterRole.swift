import AnsibleContent

/// Role `workload_cluster`: Magnum's clusters as the operator declares them.
struct WorkloadClusterRole: Role {
  let name = "workload_cluster"
  let summary = "Keeps workload clusters of Magnum as they are declared, and fetches kubeconfigs."
  let platforms = Platforms.all
  let variables = [OneCluster.clusters, MagnumVariables.cloud, MagnumVariables.interface]

  var tasks: Tasks {
    let declared = HandedOver.clusters.default(OneCluster.clusters)
    let numbered = Numbered("mcapi_cluster", of: declared)
    return Tasks {
      Remarks.thatNo(
        "workload cluster", isIn: declared, [OneCluster.clusters], unless: HandedOver.clusters)
      numbered.each(
        Task("Keep each workload cluster", Builtin.includeTasks(file: "cluster.yml")))
    }
  }

  var taskFiles: [TaskFile] {
    [
      TaskFile("cluster", "Keeps one cluster as it is declared.") {
        OneCluster.tasks
        ClusterKubeconfig.tasks
      }
    ]
  }
}

/// One cluster, as it is declared.
enum OneCluster {
  static let clusters = Variable.role(
    "mcapi_magnum_clusters", type: .list(.dict), default: [],
    "The clusters, each with the arguments of the module osa_ops.mcapi_vexxhost.magnum_cluster, and with kubeconfig where one is to be fetched.",
    options: declared.options + [
      VariableOption(
        "kubeconfig", type: .path,
        "Where a kubeconfig of the cluster's administrator goes, on the host that the role runs on; it is readable by root alone, and so is a folder that has to be made for it.",
        "It is fetched when the cluster was just made, and when there is none that can be used and names the cluster's API. It needs the name of a O(cloud), and not O(auth), O(openrc) or a dictionary.",
        "With O(state=absent) the file is removed, too."
      )
    ])

  /// The dictionary that declares it.
  static let cluster = Variable.registered("_mcapi_cluster")
  static let result = Variable.registered("_mcapi_cluster_result")
  private static let declared = Declared(
    documentation: .magnumCluster, given: MagnumVariables.access(cluster.expression))

  static var actions: Expression { result["actions"].default(Expression.emptyList) }

  @TasksBuilder static var tasks: Tasks {
    ClusterKubeconfig.refusal
    Block("Keep the workload cluster") {
      Task("Keep the workload cluster as it is declared", declared.action(for: cluster.expression))
        .register(result)
    } always: {
      ClusterKubeconfig.removalOfEarlier
    }
    Task(
      "Tell what was done to the workload cluster",
      Builtin.debug(
        msg: Remarks.showing(actions + result["progress"].default(Expression.emptyList)))
    )
    .when(actions.length > 0)
  }
}
