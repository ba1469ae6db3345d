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
      if !option.hiddenMembers.isEmpty { collectMembers(option.hiddenMembers, value) }
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

  /// Takes the values of these members. A text may be the dictionary in one of the forms that Ansible
  /// reads, or an address with a password in it.
  private mutating func collectMembers(_ names: [String], _ value: JSONValue) {
    if value.string != nil {
      do throws(CoercionError) {
        collectMembers(names, .object(try value.coercedObject()))
      } catch {
        let bytes = (value.string ?? "").bytes
        if let place = placeOfPassword(in: bytes) {
          secrets.insert(.string(String(bytes: Array(bytes[place]))))
        }
      }
    }
    for element in value.array ?? [] { collectMembers(names, element) }
    for (name, value) in value.object ?? JSONObject() {
      if names.contains(plain(name)) {
        secrets.insert(value)
      } else if value.string == nil {
        collectMembers(names, value)
      }
    }
  }
}

/// A member's name as it is written in a specification: `OS-Password` is `password`.
@inline(never)
private func plain(_ name: String) -> String {
  var bytes = name.bytes.lowercasedASCII
  for place in bytes.indices where bytes[place] == UInt8(ascii: "-") {
    bytes[place] = UInt8(ascii: "_")
  }
  return String(bytes: Array(bytes[(bytes[...].begins(with: "os_") ? 3 : 0)...]))
}
