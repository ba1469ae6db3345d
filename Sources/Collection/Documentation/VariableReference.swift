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

  /// The variables, and below them what their dictionaries hold.
  static func table(_ variables: [Variable]) -> String {
    let all = Markdown.table(
      ["variable", "type", "default", "what it is"],
      variables.map {
        [Markdown.code($0.name), typeName($0.type), defaultText($0.defaultValue), $0.summary]
      })
    return ([all] + entries(of: variables)).joined(separator: "\n\n")
  }

  /// A table for each kind of dictionary, which several variables may hold.
  private static func entries(of variables: [Variable]) -> [String] {
    let holders = variables.filter { !$0.options.isEmpty }
    let names = { (variable: Variable) in variable.options.map(\.name) }
    return holders.indices.compactMap { index in
      let alike = holders.filter { names($0) == names(holders[index]) }
      guard alike.last?.name == holders[index].name else { return nil }
      let table = Markdown.table(
        ["entry", "type", "default", "what it is"],
        holders[index].options.map {
          let aliases = $0.aliases.map { ", \(Markdown.code($0))" }.joined()
          return [
            Markdown.code($0.name) + aliases, typeName($0.type), defaultText($0.defaultValue),
            Markdown.text(of: $0.summary.joined(separator: " ")),
          ]
        })
      let title = alike.map { Markdown.code($0.name) }.joined(separator: ", ")
      return "Entries of \(title):\n\n\(table)"
    }
  }

  private static func section(_ title: String, _ variables: [Variable]) -> String {
    "## \(title)\n\n\(table(variables))"
  }

  private static func typeName(_ type: VariableType) -> String {
    if case .list(let element) = type { "list of \(element.name)" } else { type.name }
  }

  /// The default as Jinja writes it, or as plain text when it is text without Jinja.
  private static func defaultText(_ value: Value?) -> String {
    guard let value else { return "" }
    switch value {
    case .text(let template): return template.text.isEmpty ? "empty" : Markdown.code(template.text)
    default: return Markdown.code(value.expression.text)
    }
  }
}
