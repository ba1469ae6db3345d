import AnsibleContent

/// What a playbook of this collection hands to the roles `images`, `cluster_templates` and
/// `workload_cluster` in place of the operator's variables. Those may be extra vars, since
/// openstack-ansible passes each user_*.yml so, and the vars of a task do not beat extra vars.
enum HandedOver {
  static let images = Variable.registered("_mcapi_handed_images")
  static let clusterTemplates = Variable.registered("_mcapi_handed_cluster_templates")
  static let clusters = Variable.registered("_mcapi_handed_clusters")
  static let cloud = Variable.registered("_mcapi_handed_cloud")
  static let interface = Variable.registered("_mcapi_handed_interface")

  /// The vars with which a role works on such a list, in the cloud of the playbook.
  ///
  /// - Parameter declared: The operator's variable, for the argument spec: what is handed over is
  ///   looked at, too, where that is no extra var.
  static func vars(
    _ handed: Variable, _ list: Expression, for declared: Variable, cloud: Value, interface: Value
  ) -> Value {
    .fields([
      (handed.name, "\(list)" as Value), (declared.name, "\(handed)" as Value),
      (Self.cloud.name, cloud),
      (Self.interface.name, interface),
    ])
  }

  static let all = [images, clusterTemplates, clusters, cloud, interface]
}
