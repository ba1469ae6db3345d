/// A role of the collection.
///
/// A conforming type reads as the role itself: its variables first, its tasks below. What it does
/// not declare is left out of the collection.
public protocol Role: Sendable {
  /// The last part of the role's fully qualified name.
  var name: String { get }
  /// One sentence for the argument spec, the metadata and the reference.
  var summary: String { get }
  /// The role's variables, in the order in which `defaults/main.yml` shows them.
  var variables: [Variable] { get }
  @TasksBuilder var tasks: Tasks { get }
  /// Further files in `tasks/`, which tasks of the role include by their names with `.yml`.
  var taskFiles: [TaskFile] { get }
  var handlers: [Task] { get }
  /// Files in `vars/`, such as one per distribution, without `.yml`.
  var varsFiles: [(name: String, vars: VariableFile)] { get }
  /// Roles that run first, from `meta/main.yml`.
  var dependencies: [RoleUse] { get }
  /// Distributions that the role is made for, as Galaxy names them.
  var platforms: [(name: String, versions: [String])] { get }
}

extension Role {
  public var taskFiles: [TaskFile] { [] }
  public var handlers: [Task] { [] }
  public var varsFiles: [(name: String, vars: VariableFile)] { [] }
  public var dependencies: [RoleUse] { [] }

  /// Folder inside the collection.
  var path: String { "roles/\(name)" }
  /// Every file in `tasks/`.
  var allTaskFiles: [TaskFile] { [TaskFile("main", summary, tasks: tasks)] + taskFiles }
}

/// A file in the `tasks/` of a role.
public struct TaskFile: Sendable {
  /// Without `.yml`.
  public let name: String
  /// Written at the top of the file.
  public let summary: String
  let tasks: Tasks

  public init(_ name: String, _ summary: String, @TasksBuilder tasks: () -> Tasks) {
    self.init(name, summary, tasks: tasks())
  }

  init(_ name: String, _ summary: String, tasks: Tasks) {
    self.name = name
    self.summary = summary
    self.tasks = tasks
  }
}
