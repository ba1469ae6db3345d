import AnsibleModule
import ByteText
import ModuleSpecs
import OpenStack
import OpenStackModules

/// The module `magnum_cluster_template`: keeps a cluster template of Magnum as it is declared.
@main
struct MagnumClusterTemplateModule {
  static func main() {
    Module.run(ModuleSpecs.magnumClusterTemplate) { invocation throws(ModuleFailure) in
      let choice = try CloudChoice(invocation.parameters)
      do throws(OpenStackError) {
        return try run(choice, &invocation)
      } catch {
        throw ModuleFailure(error)
      }
    }
  }

  private static func run(
    _ choice: CloudChoice, _ invocation: inout Invocation
  ) throws(OpenStackError) -> ModuleResult {
    let parameters = invocation.parameters
    // What is wrong in the task needs no cloud to be found.
    let isAbsent = (parameters["state"].string ?? "") == "absent"
    let wanted = try WantedTemplate(parameters, isAbsent)
    let cloud = try Cloud(choice, &invocation)
    let keeper = try TemplateKeeper(
      Session(cloud, agent: "mcapi magnum_cluster_template"),
      name: parameters.optionalString("name"), uuid: parameters.optionalString("uuid"),
      immutable: TemplateKeeper.Immutable(parameters["on_immutable"].string ?? ""),
      isRehearsal: invocation.isCheckMode)
    let outcome = isAbsent ? try keeper.absent() : try keeper.present(wanted)
    return ModuleResult(
      changed: outcome.changed,
      diff: outcome.changed
        ? [
          Diff(
            before: .object(outcome.before), after: .object(outcome.after),
            header: "cluster template "
              + (parameters["name"].string ?? parameters["uuid"].string ?? "")
          )
        ] : [],
      fields: [
        "cluster_template": outcome.template.map { .object($0) } ?? .null,
        "actions": .array(outcome.remarks.map { .string($0) }),
      ])
  }
}

extension TemplateKeeper.Immutable {
  fileprivate init(_ option: String) {
    switch option {
    case "replace": self = .replace
    case "version": self = .version
    default: self = .fail
    }
  }
}

extension WantedTemplate {
  /// The options of the task under the names of Magnum's API; none for a template that goes.
  fileprivate init(_ parameters: Parameters, _ isAbsent: Bool) throws(OpenStackError) {
    var values = JSONObject()
    for name in WantedTemplate.names where !isAbsent {
      var value = parameters[name]
      if value.isNull && name.bytes[...].ends(with: "_id") {
        value = parameters[String(bytes: name.bytes.dropLast(3))]
      }
      if value.array != nil {
        // dns_nameserver and tags are one text in the API.
        value = .string(parameters.strings(name).joined(separator: ","))
      }
      values[name] = value
    }
    try self.init(
      values, mergesLabels: (parameters["labels_mode"].string ?? "") == "merge",
      rules: LabelRules(
        driverVersion: isAbsent ? nil : parameters.optionalString("driver_version"),
        allowsUnknown: parameters.bool("allow_unknown_labels")))
  }
}
