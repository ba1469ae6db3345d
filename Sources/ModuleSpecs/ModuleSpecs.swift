public import AnsibleModule

/// The modules of the collection, each in a file of its own.
public enum ModuleSpecs {
  /// Those of all modules, in the order of the docs.
  public static var all: [ModuleSpec] {
    [
      kubeconfig, haproxyBackend, haproxyService, magnumClusterTemplate, magnumCluster, magnumInfo,
    ]
  }
}
