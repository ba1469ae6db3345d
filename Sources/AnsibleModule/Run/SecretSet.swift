internal import ByteText
internal import JSON

/// Texts that must not leave the module, and their removal from what does, as Ansible's
/// `remove_values` does it.
struct SecretSet {
  private var texts = TextSet()

  /// Adds each string and number in `value`. Booleans, null and keys are no secrets.
  mutating func insert(_ value: JSONValue) {
    switch value {
    case .null, .bool: break
    case .int, .double: texts.insert(value.pythonText)
    case .string(let text): if !text.isEmpty { texts.insert(text) }
    case .array(let elements): for element in elements { insert(element) }
    case .object(let object): for (_, value) in object { insert(value) }
    }
  }

  /// The texts, in Python's order.
  var sorted: [String] { texts.texts.sortedByBytes() }

  /// The value without secrets: a string or number that is one is replaced as a whole, a secret
  /// inside a longer string by asterisks. Keys stay.
  func redacting(_ value: JSONValue) -> JSONValue {
    texts.isEmpty ? value : redact(value, longestFirst)
  }

  private var longestFirst: [[UInt8]] {
    var secrets: [[UInt8]] = []
    for text in texts.texts {
      secrets.append(text.bytes)
      var place = secrets.count - 1
      while place > 0, secrets[place - 1].count < secrets[place].count {
        secrets.swapAt(place - 1, place)
        place -= 1
      }
    }
    return secrets
  }

  private func redact(_ value: JSONValue, _ secrets: [[UInt8]]) -> JSONValue {
    switch value {
    case .null, .bool: return value
    case .int, .double:
      let text = value.pythonText.bytes
      return secrets.contains { text.first(of: $0, from: 0) != nil } ? placeholder : value
    case .string(let text):
      if texts.contains(text) { return placeholder }
      var bytes = text.bytes
      for secret in secrets { bytes.replace(secret, with: asterisks) }
      return .string(String(bytes: bytes))
    case .array(let elements): return .array(elements.map { redact($0, secrets) })
    case .object(let object): return .object(object.mapValues { redact($0, secrets) })
    }
  }
}

private let placeholder: JSONValue = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
private let asterisks = "********".bytes

extension [UInt8] {
  fileprivate func first(of pattern: [UInt8], from start: Int) -> Int? {
    guard let head = pattern.first, count - pattern.count >= start else { return nil }
    for position in start...(count - pattern.count)
    where self[position] == head
      && self[position..<(position + pattern.count)].elementsEqual(pattern)
    {
      return position
    }
    return nil
  }

  fileprivate mutating func replace(_ pattern: [UInt8], with replacement: [UInt8]) {
    guard first(of: pattern, from: 0) != nil else { return }
    var result: [UInt8] = []
    var position = 0
    while let found = first(of: pattern, from: position) {
      result += self[position..<found]
      result += replacement
      position = found + pattern.count
    }
    self = result + self[position...]
  }
}
