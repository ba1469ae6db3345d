internal import ByteText
internal import JSON

/// How the role's template reads a flag.
enum FlagReading {
  /// Through the filter `bool`, which knows words such as "yes" and "no".
  case words
  /// As Python takes a value for true: the text "no" is true.
  case truth
}

extension KeyedValues {
  /// A boolean, or what stands for one; nil for a key that is not there, false for null.
  ///
  /// A word of negation in a flag that the template reads as true is a fault.
  func flag(_ key: String, _ reading: FlagReading) -> Bool? {
    guard let value = values[key] else { return nil }
    if value.isNull { return false }
    if let flag = value.bool { return flag }
    if let number = value.int, 0...1 ~= number { return number == 1 }
    guard let word = value.string else {
      noteType(value, place(key), "a boolean")
      return nil
    }
    let lower = word.lowercasedASCII
    if ["yes", "on", "1", "true"].contains(lower) { return true }
    if !["no", "off", "0", "false"].contains(lower) {
      faults.note("\(place(key)) is \(quoted(word)); write true or false")
    } else if reading == .truth {
      faults.note(
        "\(place(key)) is the text \(quoted(word)), which the haproxy_server role takes for true;"
          + " write the boolean false")
    }
    return false
  }
}
