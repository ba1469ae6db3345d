/// A task: a name, an action and its keywords. Each method returns a changed copy, so that a task
/// reads as in Ansible: what is done first, the circumstances below it.
public struct Task: Sendable {
  public let name: String
  public let action: Action
  public let location: SourceLocation
  var keywords = Keywords()
  var loop: Value?
  /// Nil where it is `item`.
  var loopVariable: String?
  var loopControl: [Value.Field] = []
  var register: Variable?
  var notify: [String] = []
  var changedWhen: Expression?
  var failedWhen: Expression?
  var until: Expression?
  var retries: Value?
  var delay: Value?
  var listen: [String] = []

  public init(
    _ name: String, _ action: Action, file: String = #fileID, line: UInt = #line
  ) {
    self.name = name
    self.action = action
    location = SourceLocation(file: file, line: line)
  }

  private func with(_ change: (inout Task) -> Void) -> Task {
    var copy = self
    change(&copy)
    return copy
  }

  /// All conditions must hold.
  public func when(_ conditions: any JinjaConvertible...) -> Task {
    with { $0.keywords.when += conditions.map(\.expression) }
  }
  /// With a variable of its own for the element, what the task includes may loop, too.
  public func loop(_ items: Value, as variable: Variable? = nil, label: Value? = nil) -> Task {
    with {
      $0.loop = items
      $0.loopVariable = variable?.name
      $0.loopControl =
        (variable.map { [Value.Field("loop_var", .text(Template(stringLiteral: $0.name)))] } ?? [])
        + (label.map { [Value.Field("label", $0)] } ?? [])
    }
  }
  public func register(_ variable: Variable) -> Task { with { $0.register = variable } }
  /// Names of handlers or topics that they listen to.
  public func notify(_ topics: String...) -> Task { with { $0.notify += topics } }
  public func changedWhen(_ condition: any JinjaConvertible) -> Task {
    with { $0.changedWhen = condition.expression }
  }
  public func failedWhen(_ condition: any JinjaConvertible) -> Task {
    with { $0.failedWhen = condition.expression }
  }
  /// Repeats until the condition holds: at most `retries` times, `delay` seconds apart.
  public func until(_ condition: Expression, retries: Value, delay: Value) -> Task {
    with {
      $0.until = condition
      $0.retries = retries
      $0.delay = delay
    }
  }
  public func vars(_ vars: Value) -> Task { with { $0.keywords.vars += vars.fieldsOfMapping } }
  public func environment(_ environment: Value) -> Task {
    with { $0.keywords.environment = environment }
  }
  public func tags(_ tags: String...) -> Task { with { $0.keywords.tags += tags } }
  public func delegate(to host: Value) -> Task { with { $0.keywords.delegateTo = host } }
  public func runOnce() -> Task { with { $0.keywords.runOnce = true } }
  /// Neither arguments nor result appear in any output.
  public func noLog() -> Task { with { $0.keywords.noLog = true } }
  /// Runs also in check mode, since it changes nothing.
  public func inCheckModeToo() -> Task { with { $0.keywords.checkMode = false } }
  /// Runs in check mode always: it tells what would change, and whether that could be done.
  public func inCheckModeOnly() -> Task { with { $0.keywords.checkMode = true } }
  /// One host after the other, however many the play works on at a time.
  public func oneHostAtATime() -> Task { with { $0.keywords.throttle = 1 } }
  public func become(user: Value? = nil) -> Task {
    with {
      $0.keywords.become = true
      $0.keywords.becomeUser = user
    }
  }
  /// As a handler: the topics that also start it.
  public func listen(_ topics: String...) -> Task { with { $0.listen += topics } }
}

/// Keywords that tasks, blocks and role uses share.
struct Keywords: Sendable {
  var when: [Expression] = []
  var vars: [Value.Field] = []
  var environment: Value?
  var tags: [String] = []
  var delegateTo: Value?
  var runOnce = false
  var throttle: Int?
  var noLog = false
  var checkMode: Bool?
  var become: Bool?
  var becomeUser: Value?
}

extension Value {
  /// The entries when this is a mapping, else none.
  var fieldsOfMapping: [Field] {
    if case .mapping(let fields) = self { fields } else { [] }
  }
}
