/// What the driver calls, through Helm, for clusters whose label `auto_scaling_enabled` is true: it
/// installs the chart of the cluster-autoscaler on the control plane. Read from the templates of
/// `magnum_cluster_api/charts/cluster-autoscaler` and the values of `magnum_cluster_api/resources.py`,
/// v0.33.0 and v0.38.1.
enum AutoscalerCalls {
  private static let verbs = "get create patch delete"
  private static let charts = "magnum_cluster_api/charts/cluster-autoscaler/templates"

  private static func object(_ group: String, _ resource: String, in file: String)
    -> ControlPlaneCall
  {
    ControlPlaneCall(
      group, resource, verbs: verbs, "A part of the chart.",
      sources: "\(charts)/\(file).yaml")
  }

  /// Objects of the chart in the driver's namespace, and what its own Role holds: nobody makes a Role
  /// that grants more than they have.
  static let namespaced = [
    object("", "serviceaccounts", in: "serviceaccount"),
    object("", "services", in: "service"),
    object("apps", "deployments", in: "deployment"),
    object("policy", "poddisruptionbudgets", in: "pdb"),
    object("rbac.authorization.k8s.io", "roles", in: "role"),
    object("rbac.authorization.k8s.io", "rolebindings", in: "rolebinding"),
    held("", "configmaps", "create", in: "role"),
    ControlPlaneCall(
      "", "configmaps", named: "cluster-autoscaler-status", verbs: "get update delete", heldFor,
      sources: "\(charts)/role.yaml"),
  ]

  /// Objects without a namespace, and what the chart's ClusterRole holds.
  static let clusterWide =
    [
      object("rbac.authorization.k8s.io", "clusterroles", in: "clusterrole"),
      object("rbac.authorization.k8s.io", "clusterrolebindings", in: "clusterrolebinding"),
    ] + clusterRole

  private static let heldFor = "Held, so that it may be granted to the autoscaler."

  private static func held(
    _ group: String, _ resource: String, _ verbs: String, in file: String = "clusterrole"
  ) -> ControlPlaneCall {
    ControlPlaneCall(group, resource, verbs: verbs, heldFor, sources: "\(charts)/\(file).yaml")
  }

  private static let clusterRole =
    [
      held("", "events", "create patch"), held("", "endpoints", "create patch"),
      held("", "pods/eviction", "create"), held("", "pods/status", "update"),
      ControlPlaneCall(
        "", "endpoints", named: "cluster-autoscaler", verbs: "get update", heldFor,
        sources: "\(charts)/clusterrole.yaml"),
      held("", "nodes", "get list watch update"),
    ]
    + [
      "namespaces", "pods", "services", "replicationcontrollers", "persistentvolumeclaims",
      "persistentvolumes",
    ].map { held("", $0, "get list watch") }
    + [
      held("", "configmaps", "list watch"),
      held("batch", "jobs", "get list watch patch"), held("batch", "cronjobs", "get list watch"),
      held("extensions", "jobs", "get list watch patch"),
      held("extensions", "replicasets", "get list watch"),
      held("extensions", "daemonsets", "get list watch"),
      held("policy", "poddisruptionbudgets", "list watch"),
    ]
    + ["daemonsets", "replicasets", "statefulsets"].map { held("apps", $0, "get list watch") }
    + ["storageclasses", "csinodes", "csidrivers", "csistoragecapacities"].map {
      held("storage.k8s.io", $0, "get list watch")
    }
    + [
      held("coordination.k8s.io", "leases", "create"),
      ControlPlaneCall(
        "coordination.k8s.io", "leases", named: "cluster-autoscaler", verbs: "get update", heldFor,
        sources: "\(charts)/clusterrole.yaml"),
    ]
    + ["machinedeployments", "machinepools", "machines", "machinesets"].map {
      held("cluster.x-k8s.io", $0, "get list watch update")
    }
    // v0.33.0 grants list and watch of the scale too, v0.38.1 patch.
    + ["machinedeployments/scale", "machinepools/scale"].map {
      held("cluster.x-k8s.io", $0, "get list watch update patch")
    }
    + [
      held(
        "infrastructure.cluster.x-k8s.io", "openstackmachinetemplates", "get list watch update")
    ]
}
