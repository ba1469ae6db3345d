/// A playbook of the collection: plays, and other playbooks that it brings in.
public struct Playbook: Sendable {
  public enum Item: Sendable {
    case play(Play)
    case `import`(PlaybookImport)
  }

  /// The name without `.yml`: what stands after the collection's name on the command line.
  public let name: String
  /// What it achieves: the comment at the top of the file, and the text of the reference.
  public let summary: String
  public let items: [Item]

  public init(_ name: String, _ summary: String, @PlaybookBuilder items: () -> [Item]) {
    self.name = name
    self.summary = summary
    self.items = items()
  }

  /// Path inside the collection.
  public var path: String { "playbooks/\(name).yml" }

  public var plays: [Play] {
    items.compactMap { if case .play(let play) = $0 { play } else { nil } }
  }
  public var imports: [PlaybookImport] {
    items.compactMap { if case .import(let other) = $0 { other } else { nil } }
  }
}

/// `import_playbook`.
public struct PlaybookImport: Sendable {
  public let name: String
  /// Fully qualified name of the playbook. An expression here sees extra variables only.
  public let playbook: Value
  var vars: [Value.Field] = []
  var when: [Expression] = []
  var tags: [String] = []
  let location: SourceLocation

  public init(
    _ name: String, _ playbook: Value, file: String = #fileID, line: UInt = #line
  ) {
    self.name = name
    self.playbook = playbook
    location = SourceLocation(file: file, line: line)
  }

  private func with(_ change: (inout PlaybookImport) -> Void) -> PlaybookImport {
    var copy = self
    change(&copy)
    return copy
  }

  public func vars(_ vars: Value) -> PlaybookImport { with { $0.vars += vars.fieldsOfMapping } }
  /// Holds for every task of that playbook.
  public func when(_ conditions: any JinjaConvertible...) -> PlaybookImport {
    with { $0.when += conditions.map(\.expression) }
  }
  public func tags(_ tags: String...) -> PlaybookImport { with { $0.tags += tags } }
}

/// Lists plays and imports one below the other.
@resultBuilder
public enum PlaybookBuilder {
  public static func buildExpression(_ play: Play) -> Playbook.Item { .play(play) }
  public static func buildExpression(_ other: PlaybookImport) -> Playbook.Item { .import(other) }
  public static func buildBlock(_ items: Playbook.Item...) -> [Playbook.Item] { items }
}
