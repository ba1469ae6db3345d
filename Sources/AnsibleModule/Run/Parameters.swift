public import JSON

/// The parameters of a task after validation: each option of the spec is there, null if it was not
/// given and has no default, and in its type.
public struct Parameters: Sendable {
  let values: JSONObject

  /// Any value; null for a name the spec does not have.
  public subscript(name: String) -> JSONValue { values[name] ?? .null }

  /// Whether the option has a value.
  public func has(_ name: String) -> Bool { !self[name].isNull }

  /// The text of a `str`, `path` or `json` option that may be null.
  public func optionalString(_ name: String) -> String? { self[name].string }

  /// The text of a `str`, `path` or `json` option that is required or has a default.
  public func string(_ name: String) throws(ModuleFailure) -> String {
    guard let value = self[name].string else { throw missing(name) }
    return value
  }

  /// The value of a `bool` option; null is false.
  public func bool(_ name: String) -> Bool { self[name].bool ?? false }

  /// The number of an `int`, `bytes` or `bits` option that may be null.
  public func optionalInt(_ name: String) -> Int? { self[name].int }

  /// The number of an `int`, `bytes` or `bits` option that is required or has a default.
  public func int(_ name: String) throws(ModuleFailure) -> Int {
    guard let value = self[name].int else { throw missing(name) }
    return value
  }

  /// The strings in a list of them; null is an empty list.
  public func strings(_ name: String) -> [String] {
    self[name].array?.compactMap { $0.string } ?? []
  }

  private func missing(_ name: String) -> ModuleFailure {
    ModuleFailure("\(name) has no value")
  }
}
