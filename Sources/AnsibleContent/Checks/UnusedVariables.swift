extension Rules {
  /// A declared variable is used somewhere: a default that nobody reads misleads operators.
  static func unusedVariables(_ readings: Readings, _ collection: AnsibleCollection) -> [Problem] {
    let inRoles = collection.roles.flatMap { role in
      let used = names(readings.all.filter { $0.file.hasPrefix(role.path + "/") })
      return role.variables.filter { !used.contains($0.name) }
        .map { problem("\(role.path)/defaults/main.yml", $0) }
    }
    let inPlays = collection.playbooks.flatMap { playbook in
      let used = names(readings.all.filter { $0.file == playbook.path })
      return playbook.plays.flatMap(\.variables).filter { !used.contains($0.name) }
        .map { problem(playbook.path, $0) }
    }
    let used = names(readings.all)
    return inRoles + inPlays
      + collection.known.filter { !used.contains($0.name) }.map {
        problem("the known variables", $0)
      }
  }

  private static func names(_ readings: [Reading]) -> Set<String> {
    readings.reduce(into: []) { $0.formUnion($1.names) }
  }

  private static func problem(_ file: String, _ variable: Variable) -> Problem {
    Problem(
      file: file, place: "variable \(variable.name)", "nothing uses it", "use it or remove it",
      at: variable.location)
  }
}
