import AnsibleContent
import ArgumentParser

struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes galaxy/ from the models, and says what changed.",
    discussion: """
      The same models give the same bytes; files that need no change are not touched, and files that no \
      model describes any more are removed. When a model breaks a rule, the rule, the place and the \
      remedy are printed, and nothing is written.
      """)

  @OptionGroup var options: ProjectOptions

  func run() throws {
    let changes = try GalaxyChanges(of: options.project())
    try changes.apply()
    for change in changes.changes { print("\(change.verb)  \(change.path)") }
    print(
      changes.changes.isEmpty
        ? "galaxy/ is up to date: \(changes.fileCount) files."
        : "galaxy/ is written: \(changes.fileCount) files, \(changes.changes.count) changed.")
  }
}
