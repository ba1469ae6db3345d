/// One place that refers to variables, and the names that are visible there.
struct Reading {
  let file: String
  let place: String
  let location: SourceLocation?
  let names: Set<String>
  /// Names beside the known ones that may be used here.
  let visible: Set<String>
  let raw: [RawJinja]
  /// Whether Jinja stands in plain text here.
  let hidesJinja: Bool
}

/// Every place of a collection that refers to variables.
struct Readings {
  let all: [Reading]
  /// Names that may be used everywhere.
  let known: Set<String>

  init(of collection: AnsibleCollection) {
    known = Set(collection.known.map(\.name))
      .union(collection.configuration.flatMap { $0.file.fields.map(\.key) })
    all =
      collection.playbooks.flatMap(Self.readings(of:))
      + collection.roles.flatMap { role in
        Self.readings(of: role) + Self.templates(of: role, in: collection)
      }
      + collection.configuration.map {
        Values([.mapping($0.file.fields)]).reading($0.path, "the file", nil, [])
      }
      // The default of an operator's variable stands wherever the variable is used.
      + collection.known.filter { $0.origin == .operatorSet }.compactMap { variable in
        variable.defaultValue.map {
          Values([$0]).reading("variables", "default of \(variable.name)", variable.location, [])
        }
      }
  }

  private static func readings(of playbook: Playbook) -> [Reading] {
    let lists = playbook.plays.map { ($0.preTasks.flattened + $0.tasks.flattened, $0.handlers) }
    let set = Set(lists.flatMap { ($0.0.map(\.task) + $0.1).flatMap(\.namesSet) })
    let plays = zip(playbook.plays, lists).flatMap { play, list -> [Reading] in
      let visible = set.union(play.variables.map(\.name)).union(play.vars.map(\.key))
      let place = "play \"\(play.name)\""
      let own = Values(
        [play.hosts, play.serial, play.environment].compactMap(\.self)
          + [.mapping(play.vars)] + play.variables.compactMap(\.defaultValue)
          + play.roles.map { .mapping($0.vars) })
      return [own.reading(playbook.path, place, play.location, visible)]
        + readings(of: list.0, list.1, playbook.path, place, visible)
    }
    let imports = playbook.imports.map { other in
      Values([other.playbook, .mapping(other.vars)], other.when)
        .reading(
          playbook.path, "import \"\(other.name)\"", other.location, Set(other.vars.map(\.key)))
    }
    return plays + imports
  }

  private static func readings(of role: any Role) -> [Reading] {
    let visible = visibleNames(in: role)
    let defaults = role.variables.compactMap { variable in
      variable.defaultValue.map {
        Values([$0]).reading(
          "\(role.path)/defaults/main.yml", "default of \(variable.name)", variable.location,
          visible)
      }
    }
    let vars = role.varsFiles.map { name, file in
      Values([.mapping(file.fields)]).reading(
        "\(role.path)/vars/\(name).yml", "the file", nil, visible)
    }
    let dependencies = Values(role.dependencies.map { .mapping($0.vars) })
      .reading("\(role.path)/meta/main.yml", "dependencies", nil, visible)
    return defaults + vars + [dependencies]
      + role.allTaskFiles.flatMap {
        readings(
          of: $0.tasks.flattened, $0.name == "main" ? role.handlers : [],
          "\(role.path)/tasks/\($0.name).yml", "role \"\(role.name)\"", visible)
      }
  }

  private static func visibleNames(in role: any Role) -> Set<String> {
    Set(role.variables.map(\.name))
      .union(role.varsFiles.flatMap { $0.vars.fields.map(\.key) })
      .union(
        (role.allTaskFiles.flatMap(\.tasks.flattened).map(\.task) + role.handlers)
          .flatMap(\.namesSet))
  }

  private static func templates(of role: any Role, in collection: AnsibleCollection) -> [Reading] {
    let visible = visibleNames(in: role)
    return collection.staticFiles.filter { $0.path.hasPrefix("\(role.path)/templates/") }.map {
      Reading(
        file: $0.path, place: "the template", location: nil, names: JinjaNames.inTemplate($0.text),
        visible: visible.union(["ansible_managed"]), raw: [], hidesJinja: false)
    }
  }

  private static func readings(
    of tasks: [(task: Task, blocks: [Block])], _ handlers: [Task], _ file: String, _ place: String,
    _ visible: Set<String>
  ) -> [Reading] {
    (tasks + handlers.map { ($0, []) }).map { task, blocks in
      let local = (task.keywords.vars + blocks.flatMap(\.keywords.vars)).map(\.key)
      var names = visible.union(local)
      if task.loop != nil && task.loopVariable == nil { names.insert("item") }
      let around = blocks.map(\.keywords) + [task.keywords]
      let values =
        [.mapping(task.action.arguments), .mapping(task.loopControl)]
        + [task.loop, task.retries, task.delay].compactMap(\.self)
        + around.flatMap {
          [.mapping($0.vars)] + [$0.environment, $0.delegateTo, $0.becomeUser].compactMap(\.self)
        }
      let conditions =
        around.flatMap(\.when) + [task.changedWhen, task.failedWhen, task.until].compactMap(\.self)
      return Values(values, conditions)
        .reading(file, "\(place), task \"\(task.name)\"", task.location, names)
    }
  }
}

extension Task {
  /// Names that exist once the task has run.
  fileprivate var namesSet: [String] {
    let facts =
      action.name == "ansible.builtin.set_fact" ? action.arguments.map(\.key) : []
    // Tasks that are included see the loop and the variables of the task that includes them.
    let isInclude = action.name == "ansible.builtin.include_tasks"
    let handedOn = isInclude ? keywords.vars.map(\.key) : []
    return facts + handedOn + [register?.name, loopVariable].compactMap(\.self)
  }
}

/// Values and conditions that are read in one place.
private struct Values {
  let values: [Value]
  let conditions: [Expression]

  init(_ values: [Value], _ conditions: [Expression] = []) {
    self.values = values
    self.conditions = conditions
  }

  func reading(
    _ file: String, _ place: String, _ location: SourceLocation?, _ visible: Set<String>
  ) -> Reading {
    let names = values.reduce(into: Set<String>()) { $0.formUnion($1.names) }
      .union(conditions.flatMap { JinjaNames.inExpression($0.text) })
    return Reading(
      file: file, place: place, location: location, names: names, visible: visible,
      raw: values.flatMap(\.raw) + conditions.flatMap(\.raw),
      hidesJinja: values.contains(where: \.hidesJinja))
  }
}
