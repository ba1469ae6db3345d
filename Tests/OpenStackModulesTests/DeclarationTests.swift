import JSON
import ModuleSpecs
import Testing

@testable import AnsibleModule
@testable import OpenStack
@testable import OpenStackModules

/// What a task's options become under the names of Magnum's API.
@Suite struct DeclarationTests {
  /// Of a task as Ansible gives it, after validation.
  private func declaration(
    _ options: JSONObject, _ names: [String] = WantedTemplate.names
  ) throws -> Declaration {
    var all: JSONObject = ["name": "k8s"]
    all.merge(options)
    let validation = Validation(ModuleSpecs.magnumClusterTemplate.arguments, all)
    #expect(validation.errors.isEmpty, "\(validation.errors)")
    return try Declaration(Parameters(values: validation.parameters), names)
  }

  @Test func optionsHaveTheNamesOfTheAPI() throws {
    let values = try declaration([
      "image": "i", "flavor": "f", "dns_nameserver": ["8.8.8.8", "9.9.9.9"], "tags": ["a", "b"],
      "public": true, "docker_volume_size": 10,
    ]).values
    #expect(values["image_id"] == "i" && values["flavor_id"] == "f")
    #expect(values["dns_nameserver"] == "8.8.8.8,9.9.9.9" && values["tags"] == "a,b")
    #expect(values["public"] == true && values["docker_volume_size"] == 10)
    // What is not declared stays as it is.
    #expect(values["keypair_id"]?.isNull != false && values["image"] == nil)
  }

  /// What goes needs no rule and no value.
  @Test func whatGoesHasNoValues() throws {
    let gone = try declaration(["state": "absent", "image": "i", "driver_version": "none"])
    #expect(gone.isAbsent && gone.values.isEmpty)
  }

  @Test(arguments: ["merge", "exact"]) func labelsMergeWhereThatIsAsked(mode: String) throws {
    let declared = try declaration(["labels_mode": .string(mode)])
    #expect(declared.mergesLabels == (mode == "merge") && !declared.isAbsent)
  }

  @Test func theRulesAreThoseOfTheRelease() throws {
    let labels: JSONObject = ["kube_tag": "v1.34.2", "api_server_lb_flavor": "large"]
    let old = try declaration(["driver_version": "0.31.2"])
    let error = #expect(throws: OpenStackError.self) { try old.rules.checked(labels) }
    #expect(error?.message.contains("api_server_lb_flavor") == true)
    #expect(try declaration([:]).rules.checked(labels) == labels)
    let unknown: JSONObject = ["kube_tag": "v1.34.2", "own": "1"]
    #expect(throws: OpenStackError.self) { try declaration([:]).rules.checked(unknown) }
    #expect(
      try declaration(["allow_unknown_labels": true]).rules.checked(unknown) == unknown)
    #expect(throws: OpenStackError.self) { try declaration(["driver_version": "new"]) }
  }
}
