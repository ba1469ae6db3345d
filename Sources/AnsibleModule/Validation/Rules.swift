internal import ByteText
internal import JSON

// The rules among options. Each returns what Ansible says of the first rule broken, or nil. An
// option counts as given if its key is there, even as null.
extension ArgumentSpec {
  func missingFault(_ values: JSONObject) -> String? {
    let missing = options.filter { $0.required && values[$0.name] == nil }.map { $0.name }
    return missing.isEmpty
      ? nil : "missing required arguments: " + missing.sortedByBytes().listed
  }

  func exclusionFault(_ values: JSONObject) -> String? {
    let broken = mutuallyExclusive.filter { group in values.count(of: group) > 1 }
    return broken.isEmpty
      ? nil
      : "parameters are mutually exclusive: "
        + broken.map { $0.joined(separator: "|") }.listed
  }

  func togetherFault(_ values: JSONObject) -> String? {
    let broken = requiredTogether.first { group in
      let count = values.count(of: group)
      return count > 0 && count < group.count
    }
    return broken.map { "parameters are required together: " + $0.listed }
  }

  func oneOfFault(_ values: JSONObject) -> String? {
    let broken = requiredOneOf.first { group in values.count(of: group) == 0 }
    return broken.map { "one of the following is required: " + $0.listed }
  }

  func requiredIfFault(_ values: JSONObject) -> String? {
    for rule in requiredIf {
      guard let value = values[rule.option], value.pythonEquals(rule.value) else { continue }
      let missing = rule.needs.filter { values[$0] == nil }
      if missing.isEmpty || (rule.any && missing.count < rule.needs.count) { continue }
      return "\(rule.option) is \(rule.value.pythonText) but \(rule.any ? "any" : "all")"
        + " of the following are missing: \(missing.listed)"
    }
    return nil
  }

  func requiredByFault(_ values: JSONObject) -> String? {
    for rule in requiredBy where values.has(rule.option) {
      let missing = rule.needs.filter { !values.has($0) }
      if missing.isEmpty { continue }
      return "missing parameter(s) required by '\(rule.option)': "
        + missing.listed
    }
    return nil
  }
}

extension JSONObject {
  fileprivate func count(of names: [String]) -> Int {
    names.filter { self[$0] != nil }.count
  }

  fileprivate func has(_ name: String) -> Bool {
    guard let value = self[name] else { return false }
    return !value.isNull
  }
}
