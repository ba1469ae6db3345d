extension Rules {
  /// Every task and block has a name, and no two tasks of a play or role share one: a reader of the
  /// log, and `--start-at-task`, must know which is meant.
  static func taskNames(_ lists: [TaskList]) -> [Problem] {
    lists.flatMap { list in
      let named =
        (list.tasks.map(\.task) + list.handlers).map { ($0.name, $0.location) }
        + list.blocks.map { ($0.name, $0.location) }
      var seen: Set<String> = []
      return named.compactMap { name, location -> Problem? in
        if name.isEmpty {
          return Problem(
            file: list.file, place: list.place, "a task has no name",
            "say in its name what it achieves",
            at: location)
        }
        guard !seen.insert(name).inserted else { return nil }
        return Problem(
          file: list.file, place: list.place, "two tasks are named \"\(name)\"",
          "give one of them another name", at: location)
      }
    }
  }
}
