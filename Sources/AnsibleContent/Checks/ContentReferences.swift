extension Rules {
  /// Playbooks and roles of this collection that others bring in by name exist.
  static func contentReferences(_ lists: [TaskList], _ collection: AnsibleCollection) -> [Problem] {
    let prefix = collection.metadata.fullName + "."
    let roles = Set(collection.roles.map { prefix + $0.name })
    let playbooks = Set(collection.playbooks.map { prefix + $0.name })

    let missingRole = {
      (name: String?, file: String, place: String, location: SourceLocation?) -> Problem? in
      guard let name, name.hasPrefix(prefix), !roles.contains(name) else { return nil }
      return Problem(
        file: file, place: place, "there is no role \(name)",
        "the roles are: \(roles.sorted().joined(separator: ", "))", at: location)
    }
    let fromTasks = lists.flatMap { list in
      (list.tasks.map(\.task) + list.handlers).compactMap { task in
        missingRole(task.action.roleName, list.file, list.place(of: task), task.location)
      }
    }
    let fromPlays = collection.playbooks.flatMap { playbook in
      playbook.plays.flatMap { play in
        play.roles.compactMap {
          missingRole($0.name, playbook.path, "play \"\(play.name)\"", play.location)
        }
      }
    }
    let fromDependencies = collection.roles.flatMap { role in
      role.dependencies.compactMap {
        missingRole($0.name, "\(role.path)/meta/main.yml", "dependencies", nil)
      }
    }
    let fromImports = collection.playbooks.flatMap { playbook in
      playbook.imports.compactMap { other -> Problem? in
        guard let name = other.playbook.literalText, name.hasPrefix(prefix),
          !playbooks.contains(name)
        else {
          return nil
        }
        return Problem(
          file: playbook.path, place: "import \"\(other.name)\"", "there is no playbook \(name)",
          "the playbooks are: \(playbooks.sorted().joined(separator: ", "))", at: other.location)
      }
    }
    return fromTasks + fromPlays + fromDependencies + fromImports
  }
}
