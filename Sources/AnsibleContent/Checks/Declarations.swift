extension Rules {
  /// A name is declared once in each place.
  static func declarations(_ collection: AnsibleCollection) -> [Problem] {
    twice(collection.known, in: "the known variables")
      + collection.roles.flatMap { twice($0.variables, in: "\($0.path)/defaults/main.yml") }
      + collection.playbooks.flatMap { playbook in
        playbook.plays.flatMap { twice($0.variables, in: playbook.path) }
      }
  }

  private static func twice(_ variables: [Variable], in file: String) -> [Problem] {
    var seen: Set<String> = []
    return variables.filter { !seen.insert($0.name).inserted }.map {
      Problem(
        file: file, place: "variable \($0.name)", "it is declared twice", "keep one declaration",
        at: $0.location)
    }
  }
}
