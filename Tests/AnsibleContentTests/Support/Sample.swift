import AnsibleContent
import Testing

/// A small collection in which nothing is wrong, with the parts that a test is about.
enum Sample {
  static let metadata = GalaxyMetadata(
    namespace: "acme", name: "web", version: "1.2.3", summary: "Web servers.",
    authors: ["Jane Doe"], licenses: ["Apache-2.0"], tags: ["infrastructure"],
    dependencies: [("ansible.posix", ">=1.5.0")],
    links: [("repository", "https://example.org/web")], buildIgnore: ["tests"],
    requiresAnsible: ">=2.15.0", actionGroup: ("web", ["site"]))

  static func collection(
    playbooks: [Playbook] = [], roles: [any Role] = [], configuration: [PlacedVariableFile] = [],
    files: [String: String] = [:], documents: [GeneratedFile] = [], known: [Variable] = []
  ) -> AnsibleCollection {
    AnsibleCollection(
      metadata: metadata, playbooks: playbooks, roles: roles, configuration: configuration,
      staticFiles: files.sorted { $0.key < $1.key }.map {
        StaticFile(path: $0.key, contents: Array($0.value.utf8))
      },
      documents: documents, known: known)
  }

  static func playbook(_ play: Play) -> Playbook { Playbook("site", "Sets up a site.") { play } }

  /// A collection of one playbook, `site`, with one play, `Set up`.
  static func collection(
    tasks: [Task], handlers: [Task] = [], files: [String: String] = [:], known: [Variable] = []
  ) -> AnsibleCollection {
    var play = Play("Set up", hosts: "all") { tasks }
    for handler in handlers { play = play.handlers(handler) }
    return collection(playbooks: [playbook(play)], files: files, known: known)
  }

  static let taskFile = "playbooks/site.yml"
  static func place(_ task: String) -> String { "play \"Set up\", task \"\(task)\"" }

  /// A task that refers to nothing.
  static let task = Task("Touch the flag", Builtin.file(path: "/flag", state: "touch"))
  /// A task that uses a variable.
  static func use(_ variables: Variable..., name: String = "Use it") -> Task {
    Task(name, Builtin.debug(msg: .list(variables.map { "\($0)" })))
  }
}

/// Role `web` of the sample collection.
struct SampleRole: Role {
  var name = "web"
  var summary = "Sets up a web server."
  var variables: [Variable] = []
  var tasks: Tasks = Tasks([.task(Sample.task)])
  var taskFiles: [TaskFile] = []
  var handlers: [Task] = []
  var varsFiles: [(name: String, vars: VariableFile)] = []
  var dependencies: [RoleUse] = []
  var platforms: [(name: String, versions: [String])] = [("Debian", ["bookworm"])]
}

/// Why the collection is refused; none when it is not.
func refusals(of collection: AnsibleCollection) -> [Problem] {
  do {
    _ = try collection.files()
    return []
  } catch let refusal as Refusal {
    return refusal.problems
  } catch {
    Issue.record("not a refusal: \(error)")
    return []
  }
}
