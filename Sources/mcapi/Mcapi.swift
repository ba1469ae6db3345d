import ArgumentParser

@main
struct Mcapi: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcapi",
    abstract: "Generates, checks and builds the Ansible collection osa_ops.mcapi_vexxhost.",
    discussion: """
      The collection under galaxy/ is written from the Swift models in Sources/Collection and from \
      the files in collection-template/. After a change to either:

        mcapi generate         write galaxy/ anew and say what changed
        mcapi check            prove that galaxy/ is what the models say
        mcapi build            compile the modules and make the tarball for ansible-galaxy

      Nothing under galaxy/ is edited by hand: the next generate would undo it, and check finds it.
      """,
    subcommands: [Generate.self, Check.self, Build.self])
}

/// Where the project is.
struct ProjectOptions: ParsableArguments {
  @Option(help: "The project's folder; found from the current folder upwards when left out.")
  var root: String?

  func project() throws -> Project { try Project(root: root) }
}
