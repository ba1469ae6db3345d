internal import ByteText
internal import JSON

/// The first fault of a dictionary, and of those inside it.
///
/// Reading goes on behind a fault, with values that are thrown away, so that none of the many places
/// that read one has to end early.
final class Faults {
  private var first: ServiceError?

  func note(_ message: String) {
    if first == nil { first = ServiceError(message) }
  }

  func throwFirst() throws(ServiceError) {
    if let first { throw first }
  }
}

/// The members of a dictionary, read in the types that the role's template takes them for.
final class KeyedValues {
  let values: JSONObject
  /// What stands before a key in a message: "", or the path of the dictionary and a dot.
  let prefix: String
  let faults: Faults

  init(_ values: JSONObject, prefix: String = "", faults: Faults) {
    self.values = values
    self.prefix = prefix
    self.faults = faults
  }

  func has(_ key: String) -> Bool { values[key] != nil }

  func place(_ key: String) -> String { prefix + key }

  /// A member; null, which the template would write as `None`, is a fault.
  private func value(_ key: String) -> JSONValue? {
    guard let value = values[key] else { return nil }
    if !value.isNull { return value }
    faults.note("\(place(key)) is null; give it a value or leave the key out")
    return nil
  }

  /// A text on one line, or a number as text.
  func text(_ key: String) -> String? { value(key).map { text($0, place(key)) } }

  func text(_ value: JSONValue, _ place: String) -> String {
    if let number = value.int { return String(number) }
    guard let text = value.string else {
      noteType(value, place, "a text")
      return ""
    }
    take(text, place, isLine)
    return text
  }

  func required(_ key: String) -> String {
    if !has(key) { faults.note("\(place(key)) is missing") }
    return text(key) ?? ""
  }

  /// A text that must be as `check` wants it.
  func text(_ key: String, _ check: (String) -> String?) -> String? {
    guard let text = text(key) else { return nil }
    take(text, place(key), check)
    return text
  }

  func required(_ key: String, _ check: (String) -> String?) -> String {
    let text = required(key)
    take(text, place(key), check)
    return text
  }

  /// - Parameter check: what is wrong with a text, to be written behind its place; nil if nothing.
  func take(_ text: String, _ place: String, _ check: (String) -> String?) {
    if let fault = check(text) { faults.note(place + fault) }
  }

  func list(_ key: String) -> [JSONValue]? {
    guard let value = value(key) else { return nil }
    if let list = value.array { return list }
    noteType(value, place(key), "a list")
    return nil
  }

  /// Each element of a list with its place.
  func forEach(_ key: String, _ body: (JSONValue, String) -> Void) {
    for (index, value) in (list(key) ?? []).enumerated() { body(value, "\(place(key))[\(index)]") }
  }

  /// Texts, each on one line.
  func texts(_ key: String) -> [String]? {
    if !has(key) { return nil }
    var texts: [String] = []
    forEach(key) { texts.append(text($0, $1)) }
    return texts
  }

  /// The members of a dictionary, in order.
  func dictionary(_ key: String) -> JSONObject? {
    value(key).map { inner($0, place(key)).values }
  }

  /// A dictionary inside this one.
  func inner(_ value: JSONValue, _ place: String) -> KeyedValues {
    if value.object == nil { noteType(value, place, "a dictionary") }
    return KeyedValues(value.object ?? JSONObject(), prefix: place + ".", faults: faults)
  }

  /// Notes a key that is not among these.
  func allow(_ keys: [String]) {
    for key in values.keys where !keys.contains(key) {
      faults.note(
        "\(quoted(prefix + key)) is not known; there may be \(keys.listed)")
    }
  }

  func noteType(_ value: JSONValue, _ place: String, _ wanted: String) {
    let kind =
      switch value {
      case .null: "null"
      case .bool: "a boolean"
      case .int, .double: "a number"
      case .string: "a text"
      case .array: "a list"
      case .object: "a dictionary"
      }
    faults.note("\(place) is \(kind) and must be \(wanted)")
  }
}
