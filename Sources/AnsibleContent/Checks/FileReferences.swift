extension Value {
  /// Whether this is the literal `false`.
  fileprivate var isFalse: Bool {
    if case .bool(false) = self { true } else { false }
  }
}

extension Rules {
  /// Templates, files and scripts that tasks name by a relative path are in the collection.
  static func fileReferences(_ lists: [TaskList], _ collection: AnsibleCollection) -> [Problem] {
    let paths = Set(
      collection.staticFiles.map(\.path) + collection.configuration.map(\.path)
        + collection.roles.flatMap { role in
          role.taskFiles.map { "\(role.path)/tasks/\($0.name).yml" }
        })
    return lists.flatMap { list in
      (list.tasks.map(\.task) + list.handlers).flatMap { task -> [Problem] in
        guard let folder = folders[task.action.name] else { return [] }
        return sources(of: task).filter { !$0.hasPrefix("/") }.compactMap { source in
          let found = list.searchFolders.contains { searched in
            let path = "\(searched)/\(folder)/\(source)"
            let inside = path.hasSuffix("/") ? path : path + "/"
            return paths.contains(path) || paths.contains { $0.hasPrefix(inside) }
          }
          return found
            ? nil
            : Problem(
              file: list.file, place: list.place(of: task), "\(folder)/\(source) does not exist",
              "add \(list.searchFolders[0])/\(folder)/\(source) to collection-template",
              at: task.location)
        }
      }
    }
  }

  /// Where each action looks for its `src`, `cmd` or `file`.
  private static let folders = [
    "ansible.builtin.template": "templates",
    "ansible.builtin.copy": "files",
    "ansible.builtin.script": "files",
    "ansible.builtin.include_tasks": "tasks",
  ]

  /// The literal sources of a task, those of a loop over literals too. Of a script only the first
  /// word: its arguments follow.
  private static func sources(of task: Task) -> [String] {
    let texts = sourceTexts(of: task)
    guard task.action.name == "ansible.builtin.script" else { return texts }
    return texts.compactMap { $0.split(separator: " ").first.map(String.init) }
  }

  private static func sourceTexts(of task: Task) -> [String] {
    let fields = task.action.arguments
    guard !fields.contains(where: { $0.key == "remote_src" && !$0.value.isFalse }),
      let value = fields.first(where: { ["src", "cmd", "file"].contains($0.key) })?.value,
      case .text(let template) = value
    else { return [] }
    if let text = template.literalText { return [text] }
    let isItem = template.parts.allSatisfy {
      if case .expression(let expression) = $0 {
        expression.text == Expression.item.text
      } else {
        true
      }
    }
    guard case .list(let items) = task.loop, isItem else { return [] }
    return items.compactMap(\.literalText).map { item in
      template.parts.map {
        if case .literal(let text) = $0 { text } else { item }
      }.joined()
    }
  }
}
