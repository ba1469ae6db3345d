internal import ByteText
internal import JSON

/// A name the spec does not have, and those it has instead.
struct UnknownName {
  let path: [String]
  let supported: [String]
  let aliases: [String]
}

extension Validation {
  mutating func noteRemovals(
    _ spec: ArgumentSpec, _ values: JSONObject, prefix: String = ""
  ) {
    for option in spec.options {
      guard let value = values[option.name] else { continue }
      let name = prefix.isEmpty ? option.name : "\(prefix)[\"\(option.name)\"]"
      if let removal = option.removal {
        deprecations.append(
          Deprecation(
            message: "Param '\(name)' is deprecated. See the module docs for more information",
            removal: removal))
      }
      guard let options = option.options else { continue }
      for element in value.array ?? [value] {
        if let values = element.object { noteRemovals(options, values, prefix: name) }
      }
    }
  }

  mutating func collectUnknownNames(
    _ spec: ArgumentSpec, _ values: JSONObject, at place: Place
  ) {
    let names = spec.options.map { $0.name }
    let aliases = spec.options.flatMap { $0.aliases }
    for key in values.keys where !names.contains(key) && !aliases.contains(key) {
      unknown.append(UnknownName(path: place.context + [key], supported: names, aliases: aliases))
    }
  }

  func unknownNamesError() -> ValidationError? {
    guard let last = unknown.last else { return nil }
    let names = unknown.map { $0.path.joined(separator: ".") }.sortedByBytes()
    var supported = last.supported.sortedByBytes().listed
    if !last.aliases.isEmpty {
      supported += " (\(last.aliases.sortedByBytes().listed))"
    }
    return ValidationError(
      kind: .unknownName,
      message: "\(names.listed). Supported parameters include: \(supported).")
  }
}
