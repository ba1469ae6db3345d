internal import ByteText
public import JSON

/// Why a module cannot do what its task asks: ends the run as a failed task.
public struct ModuleFailure: Error, Sendable, Equatable {
  /// What is wrong and what to do about it, for the person who runs the play.
  public var message: String
  /// More fields of the result. With `path` or `dest` Ansible's usual facts about that file follow.
  public var fields: JSONObject

  /// The errno where the system refused something; 0 for any other reason.
  var systemError: Int32 = 0
  let file: StaticString
  let line: Int

  /// - Parameters:
  ///   - file: where in the module this happened, for those who ask Ansible for tracebacks.
  ///   - line: the line in that file.
  public init(
    _ message: String, fields: JSONObject = [:], file: StaticString = #fileID, line: Int = #line
  ) {
    self.message = message
    self.fields = fields
    self.file = file
    self.line = line
  }

  /// Failures are the same if they tell the same.
  public static func == (left: ModuleFailure, right: ModuleFailure) -> Bool {
    left.message == right.message && left.fields == right.fields
  }

  /// What Ansible shows where it is asked for tracebacks.
  var traceback: String {
    var text = "Traceback (most recent call last):\n  File \"module/"
    text += file.description
    text += "\", line "
    text += line.description
    return text + "\nModuleFailure: " + message
  }
}
