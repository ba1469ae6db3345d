public import JSON

/// Why a module cannot do what its task asks: ends the run as a failed task.
public struct ModuleFailure: Error, Sendable, Equatable {
  /// What is wrong and what to do about it, for the person who runs the play.
  public var message: String
  /// More fields of the result. With `path` or `dest` Ansible's usual facts about that file follow.
  public var fields: JSONObject

  public init(_ message: String, fields: JSONObject = [:]) {
    self.message = message
    self.fields = fields
  }
}
