import AnsibleContent

/// The reference of every variable that an operator may set.
enum VariableReference {
  @Sendable static func text() -> String {
    let isExtra = { (variable: Variable) in Operator.extraOnly.contains { $0.name == variable.name }
    }
    let operators =
      section("In a `user_*.yml` only", Operator.all.filter(isExtra)) + "\n\n"
      + section("Anywhere", Operator.all.filter { !isExtra($0) })
    let roles = McapiCollection.roles.map { section("Role `\($0.name)`", $0.variables) }
    let plays = Playbooks.all.compactMap { playbook -> String? in
      // Plays of a playbook may share some.
      var variables: [Variable] = []
      for variable in playbook.plays.flatMap(\.variables)
      where !variables.contains(where: { $0.name == variable.name }) {
        variables.append(variable)
      }
      return variables.isEmpty ? nil : section("Playbook `\(playbook.name)`", variables)
    }
    return ([operators] + roles + plays).joined(separator: "\n\n")
  }

  static func table(_ variables: [Variable]) -> String {
    Markdown.table(
      ["variable", "type", "default", "what it is"],
      variables.map {
        [Markdown.code($0.name), typeName($0.type), defaultText($0), $0.summary]
      })
  }

  private static func section(_ title: String, _ variables: [Variable]) -> String {
    "## \(title)\n\n\(table(variables))"
  }

  private static func typeName(_ type: VariableType) -> String {
    if case .list(let element) = type { "list of \(element.name)" } else { type.name }
  }

  /// The default as Jinja writes it, or as plain text when it is text without Jinja.
  private static func defaultText(_ variable: Variable) -> String {
    guard let value = variable.defaultValue else { return "" }
    switch value {
    case .text(let template): return template.text.isEmpty ? "empty" : Markdown.code(template.text)
    default: return Markdown.code(value.expression.text)
    }
  }
}
