internal import ByteText

/// The type of an option, as Ansible's argument specs have it.
public indirect enum OptionType: Sendable, Equatable {
  case str
  case bool
  case int
  case float
  /// A list; `elements` is the type of each element, nil for elements of any type.
  case list(elements: OptionType? = nil)
  case dict
  /// A string with `$VARIABLE` and a leading `~` expanded on the target.
  case path
  /// Anything, as it came.
  case raw
  /// JSON text; lists and dictionaries are written as JSON. Ansible's `jsonarg`.
  case json
  /// A size such as `10MB`, as a number of bytes.
  case bytes
  /// A size such as `10Mb`, as a number of bits.
  case bits
}

extension OptionType {
  /// Ansible's name of the type.
  public var name: String {
    switch self {
    case .str: "str"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .list: "list"
    case .dict: "dict"
    case .path: "path"
    case .raw: "raw"
    case .json: "json"
    case .bytes: "bytes"
    case .bits: "bits"
    }
  }

  /// The type of the elements of a list, where it is fixed.
  public var elements: OptionType? {
    if case .list(let elements) = self { elements } else { nil }
  }

  /// Whether an option of this type may have sub-options: a dictionary or a list of them.
  public var mayHaveOptions: Bool { self == .dict || elements == .dict }
}
