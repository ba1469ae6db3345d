/// A module with its arguments: what a task does.
public struct Action: Sendable {
  /// The spec to check the arguments against; nil for the few actions that take any key.
  public let spec: ModuleSpec?
  /// Fully qualified name.
  public let name: String
  public let arguments: [Value.Field]
  /// Stands in place of the arguments: `meta: flush_handlers`.
  public let freeForm: String?

  /// Arguments that are nil are left out.
  public init(_ spec: ModuleSpec, _ arguments: [(String, Value?)]) {
    self.spec = spec
    name = spec.name
    self.arguments = arguments.compactMap { key, value in value.map { Value.Field(key, $0) } }
    freeForm = nil
  }

  private init(name: String, arguments: [Value.Field], freeForm: String? = nil) {
    spec = nil
    self.name = name
    self.arguments = arguments
    self.freeForm = freeForm
  }

  /// `ansible.builtin.set_fact`: each key becomes a variable.
  public static func setFacts(_ facts: [(Variable, Value)]) -> Action {
    Action(
      name: "ansible.builtin.set_fact", arguments: facts.map { Value.Field($0.0.name, $0.1) })
  }

  /// `ansible.builtin.meta`, with an action such as `flush_handlers` or `end_play`.
  public static func meta(_ action: String) -> Action {
    Action(name: "ansible.builtin.meta", arguments: [], freeForm: action)
  }

  /// The role that this action brings in, when it is a literal name.
  var roleName: String? {
    guard name == "ansible.builtin.include_role" || name == "ansible.builtin.import_role" else {
      return nil
    }
    return arguments.first { $0.key == "name" }?.value.literalText
  }
}
