import AnsibleContent

/// The collection's playbooks, in the order of the reference.
enum Playbooks {
  static let all = [
    k8sInstall, controlPlane, magnumIntegration, proxy, images, clusterTemplates, workloadCluster,
    FunctionalTest.playbook, installAndTest, sonobuoy,
    controlPlaneConformanceTest, bootstrap,
  ]

  /// Fully qualified name of a playbook or role of this collection.
  static func own(_ name: String) -> Value { "osa_ops.mcapi_vexxhost.\(text: name)" }
}
