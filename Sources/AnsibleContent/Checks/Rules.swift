/// The rules that a collection keeps. One rule a file; each returns what breaks it.
enum Rules {
  static func problems(in collection: AnsibleCollection) -> [Problem] {
    let readings = Readings(of: collection)
    let taskLists = TaskList.all(in: collection)
    return taskNames(taskLists) + taskArguments(taskLists) + notifications(taskLists)
      + fileReferences(taskLists, collection) + contentReferences(taskLists, collection)
      + declarations(collection) + hiddenJinja(readings) + undeclaredNames(readings)
      + unusedVariables(readings, collection)
  }
}

/// Tasks that Ansible sees as one list: those of a play, or those of a role.
struct TaskList {
  /// The file that they are written to.
  let file: String
  /// `play "…"` or `role "…"`.
  let place: String
  let tasks: [(task: Task, blocks: [Block])]
  let blocks: [Block]
  let handlers: [Task]
  /// Folders in which Ansible looks for templates and files of these tasks.
  let searchFolders: [String]

  static func all(in collection: AnsibleCollection) -> [TaskList] {
    let plays = collection.playbooks.flatMap { playbook in
      playbook.plays.map { play in
        TaskList(
          file: playbook.path, place: "play \"\(play.name)\"",
          tasks: play.preTasks.flattened + play.tasks.flattened,
          blocks: play.preTasks.blocks + play.tasks.blocks, handlers: play.handlers,
          searchFolders: ["playbooks"])
      }
    }
    let roles = collection.roles.map { role in
      TaskList(
        file: "\(role.path)/tasks/main.yml", place: "role \"\(role.name)\"",
        tasks: role.allTaskFiles.flatMap(\.tasks.flattened),
        blocks: role.allTaskFiles.flatMap(\.tasks.blocks), handlers: role.handlers,
        searchFolders: [role.path])
    }
    return plays + roles
  }

  func place(of task: Task) -> String { "\(place), task \"\(task.name)\"" }
}
