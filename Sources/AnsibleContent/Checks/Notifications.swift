extension Rules {
  /// What a task notifies is a handler of the same play or role, by name or by topic.
  static func notifications(_ lists: [TaskList]) -> [Problem] {
    lists.flatMap { list in
      let topics = Set(list.handlers.flatMap { [$0.name] + $0.listen })
      return (list.tasks.map(\.task) + list.handlers).flatMap { task in
        task.notify.filter { !topics.contains($0) }.map {
          Problem(
            file: list.file, place: list.place(of: task),
            "it notifies \"\($0)\", which no handler answers",
            "add a handler of that name or topic, or drop the notification", at: task.location)
        }
      }
    }
  }
}
