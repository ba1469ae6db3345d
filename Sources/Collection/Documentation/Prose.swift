import AnsibleContent

/// Documents written by hand, with the tables that the models know put in place of their markers:
/// a line `<!-- generated: NAME -->`.
enum Prose {
  /// Throws when a document asks for a table that nobody makes.
  static func completed(_ file: StaticFile) throws -> GeneratedFile {
    let text = String(decoding: file.contents, as: UTF8.self)
    let lines = try text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.hasPrefix(opening), line.hasSuffix(closing) else { return String(line) }
      let name = String(line.dropFirst(opening.count).dropLast(closing.count))
      guard let table = tables[name] else {
        throw Refusal(problems: [
          Problem(
            file: file.path, place: String(line), "there is no table of that name",
            "the tables are: \(tables.keys.sorted().joined(separator: ", "))")
        ])
      }
      return table()
    }
    return GeneratedFile(
      path: file.path,
      text: GeneratedHeader.markdown(GeneratedHeader.text) + "\n\n" + lines.joined(separator: "\n"))
  }

  private static let opening = "<!-- generated: "
  private static let closing = " -->"

  private static let tables: [String: @Sendable () -> String] = [
    "series": seriesTable,
    "playbooks": playbookTable,
    "configuration": configurationTable,
    "variables": VariableReference.text,
    "labels": LabelReference.table,
    "calls of magnum": { callTable(ControlPlaneCalls.magnum) },
    "calls of the proxy": { callTable(ControlPlaneCalls.proxy) },
    "calls for autoscaling": {
      callTable(AutoscalerCalls.namespaced + AutoscalerCalls.clusterWide)
    },
  ]

  @Sendable private static func seriesTable() -> String {
    Markdown.table(
      ["series", "ansible-core", "containers", "HAProxy", "Magnum"],
      Series.all.map {
        [
          "\($0.name) \($0.codename)", $0.ansibleCore, Markdown.code($0.createContainers),
          Markdown.code($0.haproxy), Markdown.code($0.magnum),
        ]
      })
  }

  @Sendable private static func playbookTable() -> String {
    Markdown.table(
      ["playbook", "what it achieves"], Playbooks.all.map { [Markdown.code($0.name), $0.summary] })
  }

  /// What is called on the control plane, and from where.
  private static func callTable(_ calls: [ControlPlaneCall]) -> String {
    Markdown.table(
      ["API group", "resource", "verbs", "what for", "where"],
      calls.map { call in
        [
          call.group.isEmpty ? "core" : Markdown.code(call.group),
          ([Markdown.code(call.resource)] + call.names.map { "`\($0)` only" })
            .joined(separator: ", "),
          call.verbs.joined(separator: ", "), call.purpose,
          call.sources.map(Markdown.code).joined(separator: ", "),
        ]
      })
  }

  @Sendable private static func configurationTable() -> String {
    Markdown.table(
      ["file", "what it says"],
      Configuration.files.map { placed in
        let inside = placed.path.dropFirst(Configuration.folder.count + 1)
        let isDeployed = placed.path.hasPrefix(Configuration.folder)
        return [Markdown.code(isDeployed ? String(inside) : placed.path), placed.file.summary]
      })
  }
}
