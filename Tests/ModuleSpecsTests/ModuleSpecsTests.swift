import AnsibleModule
import ModuleSpecs
import Testing

@Suite struct ModuleSpecsTests {
  @Test(arguments: ModuleSpecs.all.map { $0.name })
  func theSpecHasNoFaults(name: String) throws {
    let spec = try #require(ModuleSpecs.all.first { $0.name == name })
    #expect(spec.arguments.faults == [])
    #expect(!spec.arguments.options.isEmpty)
  }

  @Test func namesAreUnique() {
    #expect(Set(ModuleSpecs.all.map { $0.name }).count == ModuleSpecs.all.count)
  }

  /// What Ansible itself warns of: a name that sounds secret and is not declared so. A path is no
  /// secret, and neither is the name of a key pair.
  @Test func whatSoundsSecretIsHidden() {
    for spec in ModuleSpecs.all {
      for option in spec.arguments.options {
        let sounds = ["pass", "token", "secret", "key", "content"].contains {
          option.name.contains($0)
        }
        let isSecret = sounds && option.type != .path && option.name != "keypair"
        #expect(!isSecret || option.noLog, "\(spec.name): \(option.name)")
      }
    }
  }

  @Test func kubeconfigTakesTheUsualFileArguments() {
    let spec = ModuleSpecs.kubeconfig.arguments
    #expect(spec.option(named: "dest")?.name == "path")
    #expect(spec.option(named: "mode")?.default == "0600")
    #expect(spec.option(named: "state")?.choices == ["present", "absent", "read", "info"])
    #expect(ModuleSpecs.kubeconfig.supportsCheckMode)
  }

  @Test func haproxyBackendOnlyLooksUnlessAsked() {
    let spec = ModuleSpecs.haproxyBackend.arguments
    #expect(spec.option(named: "state")?.default == "info")
    #expect(spec.option(named: "minimum_ready")?.default == 1)
    #expect(spec.option(named: "socket")?.default == "/var/run/haproxy.stat")
    #expect(ModuleSpecs.haproxyBackend.supportsCheckMode)
  }
}
