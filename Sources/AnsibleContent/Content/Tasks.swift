/// A list of tasks and blocks, in order.
public struct Tasks: Sendable {
  public enum Item: Sendable {
    case task(Task)
    case block(Block)
  }

  public var items: [Item]

  public init(_ items: [Item] = []) { self.items = items }

  public init(@TasksBuilder _ tasks: () -> Tasks) { self = tasks() }

  public var isEmpty: Bool { items.isEmpty }

  /// Every task, those inside blocks too, in the order of the file, with the blocks around it.
  var flattened: [(task: Task, blocks: [Block])] {
    items.flatMap { item -> [(Task, [Block])] in
      switch item {
      case .task(let task): [(task, [])]
      case .block(let block):
        (block.tasks.flattened + block.rescue.flattened + block.always.flattened)
          .map { ($0.task, [block] + $0.blocks) }
      }
    }
  }

  /// Every block, those inside blocks too.
  var blocks: [Block] {
    items.flatMap { item -> [Block] in
      guard case .block(let block) = item else { return [] }
      return [block] + block.tasks.blocks + block.rescue.blocks + block.always.blocks
    }
  }
}

/// Lists tasks and blocks one below the other.
@resultBuilder
public enum TasksBuilder {
  public static func buildExpression(_ task: Task) -> [Tasks.Item] { [.task(task)] }
  public static func buildExpression(_ block: Block) -> [Tasks.Item] { [.block(block)] }
  public static func buildExpression(_ tasks: Tasks) -> [Tasks.Item] { tasks.items }
  public static func buildExpression(_ tasks: [Task]) -> [Tasks.Item] { tasks.map { .task($0) } }
  public static func buildBlock(_ parts: [Tasks.Item]...) -> [Tasks.Item] { parts.flatMap { $0 } }
  public static func buildArray(_ parts: [[Tasks.Item]]) -> [Tasks.Item] { parts.flatMap { $0 } }
  public static func buildOptional(_ part: [Tasks.Item]?) -> [Tasks.Item] { part ?? [] }
  public static func buildEither(first: [Tasks.Item]) -> [Tasks.Item] { first }
  public static func buildEither(second: [Tasks.Item]) -> [Tasks.Item] { second }
  public static func buildFinalResult(_ items: [Tasks.Item]) -> Tasks { Tasks(items) }
}
