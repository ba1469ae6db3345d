public import AnsibleModule
public import ModuleSpecs
public import OpenStack

extension Cloud {
  /// The cloud that a task names. What there is to warn of is told to whoever runs the play.
  public convenience init(
    _ choice: CloudChoice, _ invocation: inout Invocation
  ) throws(OpenStackError) {
    try self.init(
      CloudRequest(cloud: choice.name, settings: choice.settings, openRC: choice.openRC))
    for warning in warnings { invocation.warn(warning) }
  }
}
