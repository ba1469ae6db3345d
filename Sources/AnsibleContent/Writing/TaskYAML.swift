import YAML

extension Task {
  var node: Node {
    var entries = Entries()
    entries.add("name", name)
    entries.add(action.name, action.node)
    keywords.addFront(to: &entries)
    entries.add("loop", loop)
    entries.add("loop_control", fields: loopControl)
    entries.add("register", register?.name)
    entries.add("until", until?.text)
    entries.add("retries", retries)
    entries.add("delay", delay)
    entries.add("changed_when", changedWhen.map(Self.condition))
    entries.add("failed_when", failedWhen.map(Self.condition))
    keywords.addBack(to: &entries)
    entries.add("notify", list: notify)
    entries.add("listen", list: listen)
    entries.add("tags", list: keywords.tags)
    return entries.node
  }

  /// `changed_when: false` is a boolean, anything else text.
  private static func condition(_ expression: Expression) -> Node {
    switch expression.text {
    case "true": .bool(true)
    case "false": .bool(false)
    default: .string(expression.text)
    }
  }
}

extension Action {
  var node: Node {
    freeForm.map(Node.string) ?? Value.mapping(arguments).node
  }
}

extension Block {
  var node: Node {
    // Keywords stand above the tasks, where a reader meets them first.
    var entries = Entries()
    entries.add("name", name)
    keywords.addFront(to: &entries)
    keywords.addBack(to: &entries)
    entries.add("tags", list: keywords.tags)
    entries.add("block", tasks.node)
    entries.add("rescue", rescue.isEmpty ? nil : rescue.node)
    entries.add("always", always.isEmpty ? nil : always.node)
    return entries.node
  }
}

extension Keywords {
  /// What the action is given.
  func addFront(to entries: inout Entries) {
    entries.add("vars", fields: vars)
    entries.add("environment", environment)
  }

  /// When, where and as whom it runs.
  func addBack(to entries: inout Entries) {
    entries.add("when", conditions: when)
    entries.add("delegate_to", delegateTo)
    entries.add("run_once", runOnce ? true : nil)
    entries.add("throttle", throttle.map { Value.int($0) })
    entries.add("become", become)
    entries.add("become_user", becomeUser)
    entries.add("check_mode", checkMode)
    entries.add("no_log", noLog ? true : nil)
  }
}

extension Tasks {
  /// The list, an empty line between its items.
  var node: Node {
    .sequence(
      items.enumerated().map { index, item in
        let node =
          switch item {
          case .task(let task): task.node
          case .block(let block): block.node
          }
        return index == 0 ? node : node.spaced()
      })
  }
}
