import YAML

extension Playbook {
  func file() throws -> GeneratedFile {
    let nodes = items.map { item in
      switch item {
      case .play(let play): play.node
      case .import(let other): other.node
      }
    }
    return try .yaml(
      path, comment: summary,
      .sequence(nodes.enumerated().map { $0.offset == 0 ? $0.element : $0.element.spaced() }))
  }
}

extension Play {
  var node: Node {
    var entries = Entries()
    entries.add("name", name)
    entries.add("hosts", hosts)
    entries.add("gather_facts", gatherFacts)
    entries.add("remote_user", remoteUser)
    entries.add("serial", serial)
    entries.add("any_errors_fatal", anyErrorsFatal ? true : nil)
    entries.add("environment", environment)
    entries.add(
      "vars",
      fields: variables.map { Value.Field($0.name, $0.defaultValue ?? .null, comment: $0.summary) }
        + vars)
    entries.add("tags", list: tags)
    entries.add("pre_tasks", preTasks.isEmpty ? nil : preTasks.node)
    entries.add("roles", roles.isEmpty ? nil : .sequence(roles.map(\.node)))
    entries.add("tasks", tasks.isEmpty ? nil : tasks.node)
    entries.add("handlers", handlers.isEmpty ? nil : Tasks(handlers.map { .task($0) }).node)
    return entries.node
  }
}

extension RoleUse {
  var node: Node {
    var entries = Entries()
    entries.add("role", name)
    entries.add("vars", fields: vars)
    return entries.node
  }
}

extension PlaybookImport {
  var node: Node {
    var entries = Entries()
    entries.add("name", name)
    entries.add("import_playbook", playbook)
    entries.add("vars", fields: vars)
    entries.add("when", conditions: when)
    entries.add("tags", list: tags)
    return entries.node
  }
}
