internal import ByteText

extension Node {
  /// The scalar's text if it is a string, nil for any other type; `scalar?.text` gives the text of
  /// numbers, booleans and dates too.
  public var string: String? {
    guard let scalar, scalar.tag == .string else { return nil }
    return scalar.text
  }

  /// Decimal, `0x`, `0b`, octal with a leading zero, or base 60 (`1:30` is 90); nil if it does not
  /// fit in an `Int`.
  public var int: Int? {
    guard let scalar, scalar.tag == .int else { return nil }
    return Number.int(scalar.text)
  }

  /// A float, or an integer that fits in an `Int`.
  public var double: Double? {
    guard let scalar else { return nil }
    switch scalar.tag {
    case .float: return Number.double(scalar.text)
    case .int: return Number.int(scalar.text).map { Double($0) }
    default: return nil
    }
  }

  /// `true`, `yes` or `on`, `false`, `no` or `off`, each also capitalised or in capitals.
  public var bool: Bool? {
    guard let scalar, scalar.tag == .bool else { return nil }
    return Resolver.isTrue(scalar.text)
  }

  public var isNull: Bool {
    guard let scalar else { return false }
    return scalar.tag == .null
  }

  public var scalar: Scalar? {
    if case .scalar(let scalar) = content { return scalar }
    return nil
  }

  public var items: [Node]? {
    if case .sequence(let items) = content { return items }
    return nil
  }

  public var entries: [Entry]? {
    if case .mapping(let entries) = content { return entries }
    return nil
  }

  /// The value under a string key; of repeated keys the last, as PyYAML reads them.
  ///
  /// Setting replaces that value or appends an entry, setting nil removes every entry with the
  /// key, and setting in a node that is not a mapping makes it one.
  public subscript(key: String) -> Node? {
    @inline(never)
    get { entries?.last { $0.has(key) }?.value }
    @inline(never)
    set {
      var entries = self.entries ?? []
      guard let newValue else {
        entries.removeAll { $0.has(key) }
        content = .mapping(entries)
        return
      }
      if let place = entries.lastIndex(where: { $0.has(key) }) {
        entries[place].value = newValue
      } else {
        entries.append(Entry(key: .string(key), value: newValue))
      }
      content = .mapping(entries)
    }
  }
}

extension Node.Entry {
  fileprivate func has(_ name: String) -> Bool {
    guard let scalar = key.scalar, scalar.tag == .string else { return false }
    return scalar.text == name
  }
}
