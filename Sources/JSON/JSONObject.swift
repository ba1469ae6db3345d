internal import ByteText

/// The members of a JSON object, in the order in which their keys were first set. Keys are the same
/// if their bytes are.
///
/// Two objects are equal if they have the same members, whatever their order.
public struct JSONObject: Sendable {
  /// The keys in order.
  public private(set) var keys: [String] = []
  private var values: [JSONValue] = []
  private var index = TextIndex()

  public init() {}

  public var isEmpty: Bool { keys.isEmpty }
  public var count: Int { keys.count }

  /// The member `key`; setting nil removes it. A key set again keeps its place.
  public subscript(key: String) -> JSONValue? {
    @inline(never)
    get { index.place(of: key, in: keys).map { values[$0] } }
    set { set(key, newValue) }
  }

  @inline(never)
  private mutating func set(_ key: String, _ value: JSONValue?) {
    let place = index.place(of: key, in: keys)
    guard let value else {
      if let place {
        keys.remove(at: place)
        values.remove(at: place)
        index.rebuild(keys)
      }
      return
    }
    if let place {
      values[place] = value
    } else {
      keys.append(key)
      values.append(value)
      index.noteLast(of: keys)
    }
  }

  /// Sets every member of `other`, whose values win.
  public mutating func merge(_ other: JSONObject) {
    for (key, value) in other { set(key, value) }
  }

  /// The object with each value changed.
  public func mapValues(_ change: (JSONValue) -> JSONValue) -> JSONObject {
    var changed = self
    for place in values.indices { changed.values[place] = change(values[place]) }
    return changed
  }
}

extension JSONObject: Sequence {
  public struct Iterator: IteratorProtocol {
    fileprivate let object: JSONObject
    private var place = 0

    fileprivate init(_ object: JSONObject) { self.object = object }

    public mutating func next() -> (key: String, value: JSONValue)? {
      guard place < object.keys.count else { return nil }
      defer { place += 1 }
      return (object.keys[place], object.values[place])
    }
  }

  /// The members in order.
  public func makeIterator() -> Iterator { Iterator(self) }
}

extension JSONObject: Equatable {
  @inline(never)
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    if left.count != right.count { return false }
    for (key, value) in left {
      guard let other = right[key], value == other else { return false }
    }
    return true
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    for (key, value) in elements { set(key, value) }
  }
}
