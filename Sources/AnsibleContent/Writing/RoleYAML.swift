import YAML

extension Role {
  /// Every file of the role but its templates and documents.
  func files(metadata: GalaxyMetadata) throws -> [GeneratedFile] {
    var files = try allTaskFiles.map {
      try GeneratedFile.yaml("\(path)/tasks/\($0.name).yml", comment: $0.summary, $0.tasks.node)
    }
    files += [
      try .yaml("\(path)/meta/main.yml", metaNode(metadata)),
      try .yaml("\(path)/meta/argument_specs.yml", argumentSpecsNode),
    ]
    if let defaults = defaultsNode {
      files.append(try .yaml("\(path)/defaults/main.yml", defaults))
    }
    if !handlers.isEmpty {
      files.append(
        try .yaml("\(path)/handlers/main.yml", Tasks(handlers.map { .task($0) }).node))
    }
    for (name, vars) in varsFiles {
      files.append(try vars.generatedFile("\(path)/vars/\(name).yml"))
    }
    return files
  }

  /// Nil when no variable has a default.
  private var defaultsNode: Node? {
    let pairs = variables.compactMap { variable -> (String, Node)? in
      guard let value = variable.defaultValue else { return nil }
      return (variable.name, value.node.commented(variable.summary.wrapped()).spaced())
    }
    return pairs.isEmpty ? nil : .mapping(pairs)
  }

  private func metaNode(_ metadata: GalaxyMetadata) -> Node {
    var info = Entries()
    info.add("author", metadata.authors.joined(separator: ", "))
    info.add("description", summary)
    info.add("license", metadata.licenses.first)
    info.add("min_ansible_version", metadata.requiresAnsible.drop { !$0.isNumber }.prefixOfMinor)
    info.add("standalone", false)
    info.add(
      "platforms",
      .sequence(
        platforms.map {
          .mapping([
            ("name", .string($0.name)), ("versions", .sequence($0.versions.map(Node.string))),
          ])
        }))
    return .mapping([
      ("galaxy_info", info.node), ("dependencies", .sequence(dependencies.map(\.node))),
    ])
  }

  private var argumentSpecsNode: Node {
    .mapping([
      (
        "argument_specs",
        .mapping([
          (
            "main",
            .mapping([
              ("short_description", .string(summary)),
              ("options", .mapping(variables.map { ($0.name, $0.argumentSpecNode) })),
            ])
          )
        ])
      )
    ])
  }
}

extension Variable {
  /// The variable as an option of a role's argument spec.
  var argumentSpecNode: Node {
    var entries = Entries()
    entries.add("type", type.name)
    if case .list(let element) = type { entries.add("elements", element.name) }
    entries.add("description", summary)
    entries.add("choices", list: choices)
    // A default that is a template of another type than text is documentation, not data: Ansible
    // validates arguments but never applies these defaults.
    entries.add("default", defaultValue)
    entries.add("no_log", isSecret ? true : nil)
    if !options.isEmpty { entries.add("options", options.node) }
    return entries.node
  }
}

extension [VariableOption] {
  fileprivate var node: Node {
    .mapping(flatMap { option in [option] + option.underOtherNames }.map { ($0.name, $0.node) })
  }
}

extension VariableOption {
  /// Each other name as an option: the schema of role argument specs has no aliases.
  fileprivate var underOtherNames: [VariableOption] {
    aliases.map {
      VariableOption(
        $0, type: type, choices: choices, isSecret: isSecret, "Another name of O(\(name)).")
    }
  }

  fileprivate var node: Node {
    var entries = Entries()
    entries.add("type", type.name)
    if case .list(let element) = type { entries.add("elements", element.name) }
    if summary.count == 1 {
      entries.add("description", summary[0])
    } else {
      entries.add("description", list: summary)
    }
    entries.add("required", isRequired ? true : nil)
    entries.add("choices", list: choices)
    entries.add("default", defaultValue)
    entries.add("no_log", isSecret ? true : nil)
    return entries.node
  }
}

extension VariableFile {
  func generatedFile(_ path: String) throws -> GeneratedFile {
    try .yaml(path, comment: summary.isEmpty ? nil : summary, Value.mapping(fields).node)
  }
}

extension PlacedVariableFile {
  func generatedFile() throws -> GeneratedFile { try file.generatedFile(path) }
}

extension Substring {
  /// `2.15` of `2.15.0`.
  fileprivate var prefixOfMinor: String {
    split(separator: ".").prefix(2).joined(separator: ".")
  }
}
