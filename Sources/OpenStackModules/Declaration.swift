public import AnsibleModule
internal import ByteText
public import JSON
public import OpenStack

/// What a task declares of an object of Magnum that has labels.
public struct Declaration {
  /// Whether there is to be none.
  public let isAbsent: Bool
  /// The options under the names of Magnum's API; none for what goes.
  public let values: JSONObject
  /// Whether labels that are not named stay.
  public let mergesLabels: Bool
  /// What labels may be.
  public let rules: LabelRules

  /// - Parameter names: of the API. `flavor_id` is the option `flavor` unless that has the same name.
  ///
  /// Throws for what is no release of the driver.
  @inline(never)
  public init(_ parameters: Parameters, _ names: [String]) throws(OpenStackError) {
    isAbsent = (parameters["state"].string ?? "") == "absent"
    var values = JSONObject()
    for name in names where !isAbsent {
      var value = parameters[name]
      if value.isNull && name.bytes[...].ends(with: "_id") {
        value = parameters[String(bytes: name.bytes.dropLast(3))]
      }
      if let texts = value.array {
        // dns_nameserver and tags are one text in the API.
        value = .string(texts.map { $0.string ?? "" }.joined(separator: ","))
      }
      values[name] = value
    }
    self.values = values
    mergesLabels = (parameters["labels_mode"].string ?? "") == "merge"
    rules = try LabelRules(
      driverVersion: isAbsent ? nil : parameters.optionalString("driver_version"),
      allowsUnknown: parameters.bool("allow_unknown_labels"))
  }
}
