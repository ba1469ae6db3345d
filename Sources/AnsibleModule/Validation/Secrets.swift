internal import ByteText
internal import JSON

extension Validation {
  /// Takes the values of secret options, at any depth: before conversion, so that they are hidden
  /// from the messages about it.
  mutating func collectSecrets(_ spec: ArgumentSpec, _ values: JSONObject) {
    var fault: String?
    collectSecrets(spec, values, &fault)
    if let fault { errors.append(ValidationError(kind: .other, message: fault)) }
  }

  /// Sets `fault` to the first place where sub-options cannot be looked into.
  private mutating func collectSecrets(
    _ spec: ArgumentSpec, _ values: JSONObject, _ fault: inout String?
  ) {
    for option in spec.options {
      guard let value = values[option.name], !value.isNull else { continue }
      // A secret 0 would hide every 0 in the result.
      if option.noLog, !value.pythonEquals(0) { secrets.insert(value) }
      guard let options = option.options else { continue }
      for element in value.array ?? [value] {
        if element.object == nil && element.string == nil {
          fault =
            fault ?? "Value '\(element.pythonText)' in the sub parameter field '\(option.name)'"
            + " must be a \(option.type.name), not '\(element.pythonTypeName)'"
          continue
        }
        do throws(CoercionError) {
          collectSecrets(options, try element.coercedObject(), &fault)
        } catch {
          fault = fault ?? error.reason
        }
      }
    }
  }
}
