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

extension ModuleFailure {
  /// What a cloud refuses a task: with `status` and `request_id`, as far as it has answered.
  ///
  /// - Parameter fields: more of the result.
  public init(
    _ error: OpenStackError, fields: JSONObject = [:], file: StaticString = #fileID,
    line: Int = #line
  ) {
    var fields = fields
    if error.status != 0 { fields["status"] = .int(error.status) }
    if !error.requestID.isEmpty { fields["request_id"] = .string(error.requestID) }
    self.init(error.message, fields: fields, file: file, line: line)
  }
}
