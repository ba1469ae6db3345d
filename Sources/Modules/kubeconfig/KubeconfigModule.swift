import AnsibleModule
import ByteText
import ModuleSpecs

/// The module `kubeconfig`: puts a kubeconfig on a host, merges it into one, reads one, says what is
/// in one, or removes it.
@main
struct KubeconfigModule {
  static func main() {
    Module.run(ModuleSpecs.kubeconfig) { invocation throws(ModuleFailure) in
      let path = try invocation.parameters.string("path")
      // Before the file is looked at, whose fault it would seem else.
      _ = try Examination.minimumValidity(invocation)
      return switch try invocation.parameters.string("state") {
      case "absent": try remove(path, &invocation)
      case "read": try read(path, &invocation)
      case "info": try inspect(path, &invocation)
      default: try deliver(to: path, &invocation)
      }
    }
  }
}
