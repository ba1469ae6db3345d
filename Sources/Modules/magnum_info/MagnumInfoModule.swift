import AnsibleModule
import ModuleSpecs
import OpenStack
import OpenStackModules

/// The module `magnum_info`: tells what Magnum has.
@main
struct MagnumInfoModule {
  static func main() {
    Module.run(ModuleSpecs.magnumInfo) { invocation throws(ModuleFailure) in
      let choice = try CloudChoice(invocation.parameters)
      do throws(OpenStackError) {
        return ModuleResult(changed: false, fields: try gathered(choice, &invocation))
      } catch {
        throw ModuleFailure(error)
      }
    }
  }

  private static func gathered(
    _ choice: CloudChoice, _ invocation: inout Invocation
  ) throws(OpenStackError) -> JSONObject {
    let cloud = try Cloud(choice, &invocation)
    let session = try Session(cloud, agent: "mcapi magnum_info")
    let inventory = MagnumInventory(
      session, name: invocation.parameters.optionalString("name"))
    var fields: JSONObject = ["project_id": .null]
    if let project = try session.projectID() { fields["project_id"] = .string(project) }
    for subject in invocation.parameters.strings("gather") {
      switch subject {
      case "cluster_templates": fields[subject] = .array(try inventory.templates())
      case "clusters": fields[subject] = .array(try inventory.clusters())
      case "services": fields[subject] = .array(try inventory.services())
      default: fields[subject] = try inventory.stats()
      }
    }
    return fields
  }
}
