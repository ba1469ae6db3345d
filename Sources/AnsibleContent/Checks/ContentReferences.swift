extension Rules {
  /// Playbooks and roles of this collection that others bring in by name exist.
  static func contentReferences(_ lists: [TaskList], _ collection: AnsibleCollection) -> [Problem] {
    let prefix = collection.metadata.fullName + "."
    let roles = Set(collection.roles.map { prefix + $0.name })
    let playbooks = Set(collection.playbooks.map { prefix + $0.name })

    let fromTasks = lists.flatMap { list in
      list.tasks.compactMap { task, _ -> Problem? in
        guard let role = task.action.roleName, role.hasPrefix(prefix), !roles.contains(role) else {
          return nil
        }
        return Problem(
          file: list.file, place: list.place(of: task), "there is no role \(role)",
          "the roles are: \(roles.sorted().joined(separator: ", "))", at: task.location)
      }
    }
    let fromImports = collection.playbooks.flatMap { playbook in
      playbook.imports.compactMap { other -> Problem? in
        guard let name = other.playbook.literalText, name.hasPrefix(prefix), !playbooks.contains(name) else {
          return nil
        }
        return Problem(
          file: playbook.path, place: "import \"\(other.name)\"", "there is no playbook \(name)",
          "the playbooks are: \(playbooks.sorted().joined(separator: ", "))", at: other.location)
      }
    }
    return fromTasks + fromImports
  }
}
