/// A YAML file of variables or settings, each entry with its comment: group_vars, env.d, a vars
/// file of a role.
public struct VariableFile: Sendable {
  /// Written at the top of the file.
  public let summary: String
  public let fields: [Value.Field]

  public init(_ summary: String, _ fields: [Value.Field]) {
    self.summary = summary
    self.fields = fields
  }
}

/// A variable file with its place in the collection.
public struct PlacedVariableFile: Sendable {
  public let path: String
  public let file: VariableFile
  /// Names that the file uses or sets for the operator to override.
  public let variables: [Variable]

  public init(_ path: String, _ file: VariableFile, variables: [Variable] = []) {
    self.path = path
    self.file = file
    self.variables = variables
  }
}
