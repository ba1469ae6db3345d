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
      var keeper: TemplateKeeper?
      do throws(OpenStackError) {
        return try run(choice, &invocation, &keeper)
      } catch {
        var fields = JSONObject()
        if let keeper { fields["actions"] = .texts(keeper.outcome.remarks) }
        throw ModuleFailure(error, fields: fields)
      }
    }
  }

  private static func run(
    _ choice: CloudChoice, _ invocation: inout Invocation, _ made: inout TemplateKeeper?
  ) throws(OpenStackError) -> ModuleResult {
    let parameters = invocation.parameters
    // What is wrong in the task needs no cloud to be found.
    let task = try Declaration(parameters, WantedTemplate.names)
    let wanted = try WantedTemplate(
      task.values, mergesLabels: task.mergesLabels, rules: task.rules)
    let cloud = try Cloud(choice, &invocation)
    let keeper = try TemplateKeeper(
      Session(cloud, agent: "mcapi magnum_cluster_template"),
      name: parameters.optionalString("name"), uuid: parameters.optionalString("uuid"),
      immutable: TemplateKeeper.Immutable(parameters["on_immutable"].string ?? ""),
      isRehearsal: invocation.isCheckMode)
    made = keeper
    let outcome = task.isAbsent ? try keeper.absent() : try keeper.present(wanted)
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
        "actions": .texts(outcome.remarks),
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
