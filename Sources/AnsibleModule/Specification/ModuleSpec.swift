/// An Ansible module as seen from outside.
public struct ModuleSpec: Sendable {
  /// The short name, as in `kubeconfig`.
  public var name: String
  /// Whether the module can say what it would do; one that cannot is skipped in check mode.
  public var supportsCheckMode: Bool
  public var arguments: ArgumentSpec

  public init(_ name: String, supportsCheckMode: Bool, arguments: ArgumentSpec) {
    self.name = name
    self.supportsCheckMode = supportsCheckMode
    self.arguments = arguments
  }
}
