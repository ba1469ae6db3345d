/// A kind of request to the Kubernetes API of the control plane, and where it is made.
struct ControlPlaneCall {
  /// The API group; empty for the core group.
  let group: String
  let resource: String
  /// The only objects it is made for; empty where names are those of tenants' clusters.
  let names: [String]
  /// Verbs of RBAC.
  let verbs: [String]
  let purpose: String
  /// Files of magnum-cluster-api, by path; another library by its name.
  let sources: [String]

  init(
    _ group: String, _ resource: String, named names: String..., verbs: String, _ purpose: String,
    sources: String...
  ) {
    self.group = group
    self.resource = resource
    self.names = names
    self.verbs = verbs.split(separator: " ").map(String.init)
    self.purpose = purpose
    self.sources = sources
  }
}

/// What Magnum's driver and the proxy call on the control plane, all of it in ``namespace``. Read from
/// the sources of magnum-cluster-api v0.33.0 and v0.38.1 and of what they call the API through:
/// pykube-ng 23.6.0, sherlock 0.4.1, kube-rs and Helm 3. The union of both versions: v0.38.1 calls
/// nothing more than v0.33.0, it lists OpenStackClusters at one more place.
enum ControlPlaneCalls {
  /// Where the driver keeps all that it makes; a constant of its source.
  static let namespace = "magnum-system"

  /// magnum-api and magnum-conductor.
  static let magnum = [
    ControlPlaneCall(
      "", "namespaces", named: namespace, verbs: "get update",
      "The namespace is applied with each cluster; this collection creates it beforehand.",
      sources: "src/driver.rs", "src/clients/kubernetes.rs"),
    ControlPlaneCall(
      "", "secrets", verbs: "get list create update delete",
      "Credentials, certificate authorities and add-ons of each cluster, the kubeconfig that Cluster API makes for it, and Helm's releases, which are listed whenever a cluster is deleted.",
      sources: "magnum_cluster_api/resources.py", "magnum_cluster_api/utils.py",
      "magnum_cluster_api/objects.py", "magnum_cluster_api/helm.py", "src/client.rs",
      "src/driver.rs", "src/magnum.rs"),
    ControlPlaneCall(
      "", "events", verbs: "list", "The reason why a cluster is not ready yet.",
      sources: "magnum_cluster_api/objects.py", "magnum_cluster_api/driver.py"),
    ControlPlaneCall(
      "coordination.k8s.io", "leases", verbs: "get create update delete",
      "One conductor at a time works on a cluster.",
      sources: "magnum_cluster_api/sync.py", "sherlock"),
    ControlPlaneCall(
      "cluster.x-k8s.io", "clusters", verbs: "get create update patch delete",
      "The clusters; node groups are changed by server-side apply.",
      sources: "magnum_cluster_api/resources.py", "magnum_cluster_api/objects.py",
      "magnum_cluster_api/utils.py", "magnum_cluster_api/driver.py", "src/client.rs"),
    ControlPlaneCall(
      "cluster.x-k8s.io", "clusterclasses", verbs: "get create update",
      "The class of the clusters, one for each version of the driver.", sources: "src/driver.rs"),
    ControlPlaneCall(
      "cluster.x-k8s.io", "machinedeployments", verbs: "list", "The state of the node groups.",
      sources: "magnum_cluster_api/objects.py", "magnum_cluster_api/driver.py",
      "magnum_cluster_api/monitor.py"),
    ControlPlaneCall(
      "cluster.x-k8s.io", "machinesets", verbs: "list patch",
      "An empty failure domain is removed before an update.",
      sources: "magnum_cluster_api/objects.py", "magnum_cluster_api/resources.py"),
    ControlPlaneCall(
      "cluster.x-k8s.io", "machines", verbs: "list patch",
      "Health, and the nodes that a resize is to remove.",
      sources: "src/monitor.rs", "magnum_cluster_api/driver.py", "magnum_cluster_api/utils.py"),
    ControlPlaneCall(
      "controlplane.cluster.x-k8s.io", "kubeadmcontrolplanes", verbs: "list",
      "The state of control planes.", sources: "magnum_cluster_api/resources.py", "src/monitor.rs"),
    ControlPlaneCall(
      "controlplane.cluster.x-k8s.io", "kubeadmcontrolplanetemplates", verbs: "get create update",
      "A template of the class.", sources: "src/driver.rs"),
    ControlPlaneCall(
      "bootstrap.cluster.x-k8s.io", "kubeadmconfigtemplates", verbs: "get create update",
      "A template of the class.", sources: "src/driver.rs"),
    ControlPlaneCall(
      "infrastructure.cluster.x-k8s.io", "openstackclusters", verbs: "list",
      "Networks and state of a cluster; since v0.38 the fields that may not change.",
      sources: "magnum_cluster_api/objects.py", "src/immutable_fields.rs"),
    ControlPlaneCall(
      "infrastructure.cluster.x-k8s.io", "openstackmachines", verbs: "list",
      "Image and flavor of each node while a node group is updated.",
      sources: "magnum_cluster_api/driver.py"),
    ControlPlaneCall(
      "infrastructure.cluster.x-k8s.io", "openstackclustertemplates", verbs: "get create update",
      "A template of the class.", sources: "src/driver.rs"),
    ControlPlaneCall(
      "infrastructure.cluster.x-k8s.io", "openstackmachinetemplates", verbs: "get create update",
      "A template of the class.", sources: "src/driver.rs"),
    ControlPlaneCall(
      "addons.cluster.x-k8s.io", "clusterresourcesets", verbs: "get create update delete",
      "Which add-ons Cluster API applies to a new cluster.", sources: "src/driver.rs"),
  ]

  /// magnum-cluster-api-proxy.
  static let proxy = [
    ControlPlaneCall(
      "infrastructure.cluster.x-k8s.io", "openstackclusters", verbs: "list",
      "The clusters whose API has no floating IP.", sources: manager),
    ControlPlaneCall(
      "", "services", verbs: "get list create patch delete", "A Service for each of them.",
      sources: manager),
    ControlPlaneCall(
      "discovery.k8s.io", "endpointslices", verbs: "get list create patch delete",
      "Where this proxy listens for it, renewed every ten seconds.", sources: manager,
      "magnum_cluster_api/proxy/structs.py"),
    ControlPlaneCall(
      "", "secrets", verbs: "get patch",
      "The address of the Service in the kubeconfig that Cluster API uses.", sources: manager),
  ]

  private static let manager = "magnum_cluster_api/proxy/manager.py"
}
