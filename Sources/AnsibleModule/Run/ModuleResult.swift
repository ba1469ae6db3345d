public import JSON

/// What a module reports after it has done, or found done, what its task asks.
public struct ModuleResult: Sendable, Equatable {
  public var changed: Bool
  /// A sentence for the person who runs the play; nil says nothing.
  public var message: String?
  /// What is shown under `--diff`.
  public var diff: [Diff]
  /// More fields. With `path` or `dest` Ansible's usual facts about that file follow.
  public var fields: JSONObject

  public init(
    changed: Bool, message: String? = nil, diff: [Diff] = [], fields: JSONObject = [:]
  ) {
    self.changed = changed
    self.message = message
    self.diff = diff
    self.fields = fields
  }
}

/// One change as Ansible shows it under `--diff`.
public struct Diff: Sendable, Equatable {
  /// Text or a dictionary.
  public var before: JSONValue
  public var after: JSONValue
  /// What the change is about, mostly a path; nil for a change of attributes.
  public var header: String?

  public init(before: JSONValue, after: JSONValue, header: String? = nil) {
    self.before = before
    self.after = after
    self.header = header
  }

  var json: JSONValue {
    var object: JSONObject = ["before": before, "after": after]
    if let header {
      object["before_header"] = .string(header)
      object["after_header"] = .string(header)
    }
    return .object(object)
  }
}
