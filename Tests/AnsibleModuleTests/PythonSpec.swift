import AnsibleModule

/// How a Python module would declare the same spec.
extension ArgumentSpec {
  var pythonOptions: JSONValue {
    var object = JSONObject()
    for option in options { object[option.name] = option.python }
    return .object(object)
  }

  var pythonRules: JSONObject {
    var rules = JSONObject()
    func set(_ name: String, _ groups: [[String]]) {
      if !groups.isEmpty { rules[name] = .array(groups.map { .array($0.map { .string($0) }) }) }
    }
    set("mutually_exclusive", mutuallyExclusive)
    set("required_together", requiredTogether)
    set("required_one_of", requiredOneOf)
    if !requiredIf.isEmpty {
      rules["required_if"] = .array(
        requiredIf.map { rule in
          [
            .string(rule.option), rule.value, .array(rule.needs.map { .string($0) }),
            .bool(rule.any),
          ]
        })
    }
    if !requiredBy.isEmpty {
      var object = JSONObject()
      for rule in requiredBy { object[rule.option] = .array(rule.needs.map { .string($0) }) }
      rules["required_by"] = .object(object)
    }
    return rules
  }
}

extension Option {
  fileprivate var python: JSONValue {
    var object: JSONObject = ["type": .string(type.name)]
    if let elements = type.elements { object["elements"] = .string(elements.name) }
    if required { object["required"] = true }
    if noLog { object["no_log"] = true }
    if appliesDefaults { object["apply_defaults"] = true }
    if let value = self.default { object["default"] = value }
    if let choices { object["choices"] = .array(choices) }
    if !aliases.isEmpty { object["aliases"] = .array(aliases.map { .string($0) }) }
    if !environment.isEmpty { object["fallback"] = .array(environment.map { .string($0) }) }
    if let removal {
      let (key, time) = removal.python
      object[key == "version" ? "removed_in_version" : "removed_at_date"] = time
      object["removed_from_collection"] = .string(removal.collection)
    }
    if !deprecatedAliases.isEmpty {
      object["deprecated_aliases"] = .array(
        deprecatedAliases.map { alias in
          let (key, time) = alias.removal.python
          return [
            "name": .string(alias.name), key: time,
            "collection_name": .string(alias.removal.collection),
          ]
        })
    }
    if let options {
      object["options"] = options.pythonOptions
      object.merge(options.pythonRules)
    }
    return .object(object)
  }
}

extension Removal {
  fileprivate var python: (key: String, time: JSONValue) {
    switch time {
    case .version(let version): ("version", .string(version))
    case .date(let date): ("date", .string(date))
    }
  }
}
