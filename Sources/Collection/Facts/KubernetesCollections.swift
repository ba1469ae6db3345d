import AnsibleContent

/// A collection with the roles that install Kubernetes, and the versions that work with it: a
/// Cluster API version must be one whose providers the collection vendors.
public struct KubernetesCollection: Sendable {
  public let name: String
  public let kubernetes: String
  public let clusterAPI: String
  /// Cluster API provider for OpenStack.
  public let infrastructure: String
  /// The releases of magnum-cluster-api whose CI runs these versions.
  public let driver: String

  /// What operators have; read from its `roles/cluster_api/files`.
  public static let vexxhost = KubernetesCollection(
    name: "vexxhost.kubernetes", kubernetes: "1.33.5", clusterAPI: "1.10.5",
    infrastructure: "0.12.4",
    driver: "0.32.0 to 0.36.6")
  /// What OpenStack-Ansible 2026.1 uses; the versions are those of its group_vars.
  public static let adriacloud = KubernetesCollection(
    name: "adriacloud.kubernetes", kubernetes: "1.36.1", clusterAPI: "1.13.2",
    infrastructure: "0.14.4", driver: "0.37.0 and later")

  public static let all = [vexxhost, adriacloud]

  /// The version that belongs to the collection in use.
  static func version(_ value: (KubernetesCollection) -> String) -> Value {
    "\((Operator.kubernetesCollection == adriacloud.name).ternary(value(adriacloud), value(vexxhost)))"
  }
}
