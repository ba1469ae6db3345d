public import AnsibleModule
public import JSON
public import OpenStack

extension ModuleFailure {
  /// The failure of a task whose request the cloud has refused, with the `status` and `request_id` of
  /// its answer where one came.
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
