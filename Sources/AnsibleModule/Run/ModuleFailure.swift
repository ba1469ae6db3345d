internal import ByteText
public import JSON

/// Why a module cannot do what its task asks: ends the run as a failed task.
public struct ModuleFailure: Error, Sendable, Equatable {
  /// One reference, which an error is thrown by in a register: what takes more is copied wherever a
  /// failure passes through.
  private final class Details: Sendable {
    let message: String
    let fields: JSONObject
    let systemError: Int32
    let file: StaticString
    let line: Int

    init(
      _ message: String, _ fields: JSONObject, _ systemError: Int32, _ file: StaticString,
      _ line: Int
    ) {
      self.message = message
      self.fields = fields
      self.systemError = systemError
      self.file = file
      self.line = line
    }
  }

  private let details: Details

  /// What is wrong and what to do about it, for the person who runs the play.
  public var message: String { details.message }
  /// More fields of the result. With `path` or `dest` Ansible's usual facts about that file follow.
  public var fields: JSONObject { details.fields }
  /// The errno where the system refused something; 0 for any other reason.
  var systemError: Int32 { details.systemError }

  /// - Parameters:
  ///   - file: where in the module this happened, for those who ask Ansible for tracebacks.
  ///   - line: the line in that file.
  public init(
    _ message: String, fields: JSONObject = [:], file: StaticString = #fileID, line: Int = #line
  ) {
    self.init(message, fields: fields, systemError: 0, file: file, line: line)
  }

  @inline(never)
  init(
    _ message: String, fields: JSONObject = [:], systemError: Int32, file: StaticString, line: Int
  ) {
    details = Details(message, fields, systemError, file, line)
  }

  /// Failures are the same if they tell the same.
  public static func == (left: ModuleFailure, right: ModuleFailure) -> Bool {
    left.message == right.message && left.fields == right.fields
  }

  /// What Ansible shows where it is asked for tracebacks.
  var traceback: String {
    var text = "Traceback (most recent call last):\n  File \"module/"
    text += details.file.description
    text += "\", line "
    text += details.line.description
    return text + "\nModuleFailure: " + message
  }
}
