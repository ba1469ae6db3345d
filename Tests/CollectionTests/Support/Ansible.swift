import Collection
import Foundation
import TestSupport
import Testing

/// One of the versions of ansible-core that OpenStack-Ansible pins, with the collection installed in
/// a folder of its own and the settings that OpenStack-Ansible has.
struct Ansible {
  /// The oldest and the newest.
  static let ends = ["2.15", "2.19"]
  static let versions = ["2.15", "2.17", "2.18", "2.19"]
  /// The collection's folder in ``area``.
  static let collection = "collections/ansible_collections/\(Checkout.inCollections)"

  let version: String
  let area: Area
  var environment: [String: String]

  /// Installs the committed files of the collection. A file stands in for each compiled module, since
  /// Ansible refuses a task whose module does not exist: what runs one installs it.
  init(_ version: String) throws {
    self.version = version
    area = try Area()
    for path in try Checkout.committedFiles() {
      try area.copy(Checkout.collection.appending(path: path), to: "\(Self.collection)/\(path)")
    }
    for module in BuildProducts.modules {
      try area.write(
        "\(Self.collection)/\(BuildProducts.modulePath(module))",
        "Stands in for the compiled module \(module)\n\0")
    }
    environment = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8",
      "HOME": try area.folder("home"),
      "ANSIBLE_CONFIG": try area.write("ansible.cfg", ""),
      "ANSIBLE_COLLECTIONS_PATH": [
        area.path("collections"), Checkout.standIns.path, Checkout.collections.path,
      ].joined(separator: ":"),
      "ANSIBLE_ROLES_PATH": Checkout.standIns.appending(path: "roles").path,
      "ANSIBLE_INVENTORY": try area.write("inventory.yml", Self.inventory),
      "ANSIBLE_INJECT_FACT_VARS": "false", "ANSIBLE_GATHERING": "smart",
      "ANSIBLE_PIPELINING": "true",
      "ANSIBLE_NOCOLOR": "true",
    ]
  }

  /// Puts a compiled module, of the build that the tests are of, in its place.
  func install(_ module: String) throws {
    let built = try #require(
      Bundle.main.executableURL?.deletingLastPathComponent().appending(path: module))
    let place = "\(Self.collection)/\(BuildProducts.modulePath(module))"
    try FileManager.default.removeItem(atPath: area.path(place))
    try area.copy(built, to: place)
  }

  func run(_ program: String, _ arguments: [String]) async throws -> Program.Outcome {
    try await Tool(program, of: "ansible-\(version)")
      .run(arguments, in: area.url, environment: environment)
  }

  /// A playbook of the collection, or a file.
  func play(_ playbook: String, _ arguments: [String]) async throws -> PlayReport {
    var json = self
    json.environment["ANSIBLE_STDOUT_CALLBACK"] = "ansible.posix.json"
    let outcome = try await json.run("ansible-playbook", [playbook] + arguments)
    return try PlayReport(outcome)
  }

  /// Files in place of the roles of OpenStack-Ansible that plays with its clients include. The install
  /// defaults alone say which Python has the clients.
  func standInForOpenStackAnsible() throws {
    let roles = "collections/ansible_collections/openstack/osa/roles"
    try area.write(
      "\(roles)/install_defaults/defaults/source.yml",
      "openstack_service_setup_host_python_interpreter: \"{{ ansible_playbook_python }}\"\n")
    for role in ["install_defaults", "openstack_resources"] {
      try area.write("\(roles)/\(role)/tasks/main.yml", "[]\n")
    }
  }

  /// A host of every group that the playbooks name.
  private static let inventory = """
    all:
      hosts:
        localhost: {ansible_connection: local, ansible_python_interpreter: "{{ ansible_playbook_python }}"}
      children:
        haproxy: {hosts: {infra1: }}
        k8s_all: {hosts: {k8s1: , k8s2: , k8s3: }}
        magnum_all: {hosts: {magnum1: }}
        network_hosts: {hosts: {compute1: }}
        repo_all: {hosts: {repo1: }}
        utility_all: {hosts: {utility1: , utility2: }}

    """
}

/// What a run of ansible-playbook reports.
struct PlayReport {
  let outcome: Program.Outcome
  let tasks: [TaskReport]
  /// Numbers of tasks by host: ok, changed, failures and so on.
  let stats: [String: [String: Int]]

  init(_ outcome: Program.Outcome) throws {
    struct Document: Decodable {
      struct Play: Decodable { let tasks: [TaskReport] }
      let plays: [Play]
      let stats: [String: [String: Int]]
    }
    self.outcome = outcome
    // What -vvv tells of connections stands before it.
    let text = outcome.output.split(separator: "\n").drop { $0 != "{" }.joined(separator: "\n")
    let document = try #require(
      try? JSONDecoder().decode(Document.self, from: Data(text.utf8)), outcome.all)
    tasks = document.plays.flatMap(\.tasks)
    stats = document.stats
  }

  var succeeded: Bool { outcome.status == 0 }
  var changed: Int { stats.values.reduce(0) { $0 + ($1["changed"] ?? 0) } }

  /// What a task did on a host; the last one of that name, without the role's.
  func result(_ task: String, on host: String = "localhost") -> TaskReport.Result? {
    tasks.last { $0.name == task || $0.name.hasSuffix(" : \(task)") }?.hosts[host]
  }
}

struct TaskReport: Decodable {
  struct Result: Decodable {
    let changed: Bool?
    let failed: Bool?
    let skipped: Bool?
    /// Of a loop, one for each item.
    let results: [Result]?
    /// Of a link.
    let dest: String?
    /// Of the stand-in for a package manager.
    let packages: [String]?
  }
  private struct Task: Decodable { let name: String }
  private let task: Task
  let hosts: [String: Result]

  var name: String { task.name }
}
