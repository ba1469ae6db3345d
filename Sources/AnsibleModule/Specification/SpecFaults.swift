internal import ByteText
internal import JSON

extension ArgumentSpec {
  /// Mistakes of the spec itself, one sentence each; empty for a good spec.
  ///
  /// Validation relies on a spec without faults, so every spec is tested for them.
  public var faults: [String] {
    var faults: [String] = []
    var names: [String] = []
    for option in options {
      for name in [option.name] + option.aliases {
        if names.contains(name) { faults.append("\(name) is declared twice") }
        names.append(name)
      }
      faults += option.faults
    }
    for group in mutuallyExclusive + requiredTogether + requiredOneOf {
      if group.count < 2 { faults.append("a rule among options names fewer than two") }
    }
    let referred =
      mutuallyExclusive.flatMap { $0 } + requiredTogether.flatMap { $0 }
      + requiredOneOf.flatMap { $0 } + requiredIf.flatMap { [$0.option] + $0.needs }
      + requiredBy.flatMap { [$0.option] + $0.needs }
    for name in referred where !options.contains(where: { $0.name == name }) {
      faults.append("a rule names \(name), which is no option")
    }
    return faults
  }
}

extension Option {
  fileprivate var faults: [String] {
    var faults: [String] = []
    if required && self.default != nil { faults.append("\(name) is required and has a default") }
    if appliesDefaults && (options == nil || type != .dict) {
      faults.append("\(name) applies defaults and is no dictionary with sub-options")
    }
    for alias in deprecatedAliases where !aliases.contains(alias.name) {
      faults.append("\(alias.name) is deprecated and no alias of \(name)")
    }
    if let choices {
      let given = self.default.map { $0.array ?? [$0] } ?? []
      for value in given where !choices.contains(value) {
        faults.append("the default of \(name) is not among its choices")
      }
    }
    if let options {
      if !type.mayHaveOptions { faults.append("\(name) has sub-options and is no dictionary") }
      faults += options.faults.map { "\(name): \($0)" }
    }
    return faults
  }
}
