import AnsibleModule
import ModuleSpecs
import OpenStack
import OpenStackModules

/// The module `magnum_cluster`: keeps a cluster of Magnum as it is declared.
@main
struct MagnumClusterModule {
  static func main() {
    Module.run(ModuleSpecs.magnumCluster) { invocation throws(ModuleFailure) in
      let choice = try CloudChoice(invocation.parameters)
      var keeper: ClusterKeeper?
      do throws(OpenStackError) {
        return try run(choice, &invocation, &keeper)
      } catch {
        var fields = JSONObject()
        if let keeper {
          fields["progress"] = .texts(keeper.progress)
          fields["actions"] = .texts(keeper.outcome.remarks)
          if error.kind == .failed { fields["cluster_status"] = .string(keeper.status) }
        }
        throw ModuleFailure(error, fields: fields)
      }
    }
  }

  private static func run(
    _ choice: CloudChoice, _ invocation: inout Invocation, _ made: inout ClusterKeeper?
  ) throws(OpenStackError) -> ModuleResult {
    let parameters = invocation.parameters
    // What is wrong in the task needs no cloud to be found.
    let task = try Declaration(parameters, WantedCluster.names)
    let wanted = try WantedCluster(
      task.values, mergesLabels: task.mergesLabels, rules: task.rules)
    let waiting = try ClusterKeeper.Waiting(
      isOn: parameters.bool("wait"), timeout: parameters.optionalInt("wait_timeout") ?? 0,
      interval: parameters.optionalInt("wait_interval") ?? 0)
    let cloud = try Cloud(choice, &invocation)
    let log = invocation.log
    let keeper = try ClusterKeeper(
      Session(cloud, agent: "mcapi magnum_cluster"), name: parameters.optionalString("name"),
      uuid: parameters.optionalString("uuid"), waiting, isRehearsal: invocation.isCheckMode
    ) { log.write($0) }
    made = keeper
    let outcome =
      task.isAbsent
      ? try keeper.absent()
      : try keeper.present(
        wanted, upgrades: parameters.bool("upgrade"),
        batch: parameters.optionalInt("max_batch_size"))
    return ModuleResult(
      changed: outcome.changed,
      diff: outcome.changed
        ? [
          Diff(
            before: .object(outcome.before), after: .object(outcome.after),
            header: "cluster " + (parameters["name"].string ?? parameters["uuid"].string ?? ""))
        ] : [],
      fields: [
        "cluster": outcome.cluster,
        "actions": .texts(outcome.remarks),
        "progress": .texts(keeper.progress),
      ])
  }
}
