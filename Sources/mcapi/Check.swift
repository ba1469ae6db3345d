import AnsibleContent
import ArgumentParser
import Foundation

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Proves that galaxy/ is what the models say.",
    discussion: """
      Writes nothing. Exits with 1 and a unified diff, from what lies in galaxy/ to what the models \
      say, when the two differ: a model changed without generate, or a file was edited by hand.
      """)

  @OptionGroup var options: ProjectOptions
  @Flag(help: "Also list each use of raw Jinja text, which the typed expressions do not cover.")
  var verbose = false

  func run() throws {
    let project = try options.project()
    if verbose { printRawJinja(of: try project.models()) }
    let changes = try GalaxyChanges(of: project)
    guard !changes.changes.isEmpty else {
      print("galaxy/ is what the models say: \(changes.fileCount) files.")
      return
    }
    for change in changes.changes {
      print(try diff(of: change, in: changes.folder), terminator: "")
    }
    print(
      "galaxy/ is not what the models say: \(changes.changes.count) files differ. Run `mcapi generate`."
    )
    throw ExitCode.failure
  }

  private func printRawJinja(of collection: AnsibleCollection) {
    for piece in collection.rawJinja { print("raw Jinja at \(piece.location): \(piece.text)") }
    print("\(collection.rawJinja.count) uses of raw Jinja.")
  }

  /// What `diff -u` says of one file.
  private func diff(of change: GalaxyChanges.Change, in folder: URL) throws -> String {
    let present = folder.appending(path: change.path).path
    switch change {
    case .create(let wanted):
      return try Tool.diff(from: "/dev/null", to: wanted.bytes, path: change.path)
    case .remove:
      return try Tool.diff(from: present, to: [], path: change.path)
    case .replace(let wanted):
      let text = try Tool.diff(from: present, to: wanted.bytes, path: change.path)
      return text.isEmpty
        ? "\(change.path): should \(wanted.isExecutable ? "" : "not ")be executable\n" : text
    }
  }
}
