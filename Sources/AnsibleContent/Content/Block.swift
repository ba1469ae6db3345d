/// Tasks that share keywords, with what to do when one fails and what to do in any case.
public struct Block: Sendable {
  public let name: String
  let tasks: Tasks
  let rescue: Tasks
  let always: Tasks
  let location: SourceLocation
  var keywords = Keywords()

  public init(
    _ name: String, file: String = #fileID, line: UInt = #line,
    @TasksBuilder tasks: () -> Tasks,
    @TasksBuilder rescue: () -> Tasks = { Tasks() },
    @TasksBuilder always: () -> Tasks = { Tasks() }
  ) {
    self.name = name
    self.tasks = tasks()
    self.rescue = rescue()
    self.always = always()
    location = SourceLocation(file: file, line: line)
  }

  private func with(_ change: (inout Block) -> Void) -> Block {
    var copy = self
    change(&copy)
    return copy
  }

  public func when(_ conditions: any JinjaConvertible...) -> Block {
    with { $0.keywords.when += conditions.map(\.expression) }
  }
  public func vars(_ vars: Value) -> Block { with { $0.keywords.vars += vars.fieldsOfMapping } }
  public func environment(_ environment: Value) -> Block {
    with { $0.keywords.environment = environment }
  }
  public func tags(_ tags: String...) -> Block { with { $0.keywords.tags += tags } }
  public func delegate(to host: Value) -> Block { with { $0.keywords.delegateTo = host } }
}
