/// A play: tasks and roles for a group of hosts.
public struct Play: Sendable {
  public let name: String
  let hosts: Value
  let location: SourceLocation
  var gatherFacts = false
  var remoteUser: String?
  var serial: Value?
  var anyErrorsFatal = false
  var vars: [Value.Field] = []
  /// Variables with a default that the play declares.
  public private(set) var variables: [Variable] = []
  var environment: Value?
  var tags: [String] = []
  var preTasks = Tasks()
  var roles: [RoleUse] = []
  var tasks = Tasks()
  var handlers: [Task] = []

  public init(
    _ name: String, hosts: Value, file: String = #fileID, line: UInt = #line,
    @TasksBuilder tasks: () -> Tasks = { Tasks() }
  ) {
    self.name = name
    self.hosts = hosts
    self.tasks = tasks()
    location = SourceLocation(file: file, line: line)
  }

  private func with(_ change: (inout Play) -> Void) -> Play {
    var copy = self
    change(&copy)
    return copy
  }

  /// Gathers facts of the hosts first.
  public func gatheringFacts() -> Play { with { $0.gatherFacts = true } }
  /// The user that logs in.
  public func remoteUser(_ user: String) -> Play { with { $0.remoteUser = user } }
  /// How many hosts at a time: a number or a percentage.
  public func serial(_ size: Value) -> Play { with { $0.serial = size } }
  /// A failure on one host ends the run for all, once they have come to the end of the task.
  public func endingWithAnyFailure() -> Play { with { $0.anyErrorsFatal = true } }
  /// Variables with a default that this play writes in its `vars`.
  public func vars(_ variables: Variable...) -> Play { vars(variables) }
  public func vars(_ variables: [Variable]) -> Play { with { $0.variables += variables } }
  /// Plain variables of the play: names that others read.
  public func vars(_ vars: Value) -> Play { with { $0.vars += vars.fieldsOfMapping } }
  public func environment(_ environment: Value) -> Play { with { $0.environment = environment } }
  public func tags(_ tags: String...) -> Play { with { $0.tags += tags } }
  /// Tasks that run before the roles.
  public func preTasks(@TasksBuilder _ tasks: () -> Tasks) -> Play {
    with { $0.preTasks = tasks() }
  }
  public func roles(_ roles: RoleUse...) -> Play { with { $0.roles += roles } }
  public func handlers(_ handlers: Task...) -> Play { with { $0.handlers += handlers } }
}

/// A role in the `roles` of a play.
public struct RoleUse: Sendable {
  let name: String
  let vars: [Value.Field]

  public init(_ name: String, vars: Value = .mapping([])) {
    self.name = name
    self.vars = vars.fieldsOfMapping
  }
}
