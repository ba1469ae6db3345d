import AnsibleModule
import ModuleSpecs

/// The module `magnum_cluster`: keeps a cluster of Magnum as it is declared.
@main
struct MagnumClusterModule {
  static func main() {
    Module.run(ModuleSpecs.magnumCluster) { _ throws(ModuleFailure) in
      throw ModuleFailure("the module is being written")
    }
  }
}
