import AnsibleModule
import ModuleSpecs

/// The module `magnum_info`: tells what Magnum has.
@main
struct MagnumInfoModule {
  static func main() {
    Module.run(ModuleSpecs.magnumInfo) { _ throws(ModuleFailure) in
      throw ModuleFailure("the module is being written")
    }
  }
}
