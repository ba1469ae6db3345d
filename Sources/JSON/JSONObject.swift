/// The members of a JSON object, in the order in which their keys were first set.
///
/// Two objects are equal if they have the same members, whatever their order.
public struct JSONObject: Sendable {
  /// The keys in order.
  public private(set) var keys: [String] = []
  private var values: [String: JSONValue] = [:]

  public init() {}

  public var isEmpty: Bool { keys.isEmpty }
  public var count: Int { keys.count }

  /// The member `key`; setting nil removes it. A key set again keeps its place.
  public subscript(key: String) -> JSONValue? {
    get { values[key] }
    set {
      if let newValue {
        if values.updateValue(newValue, forKey: key) == nil { keys.append(key) }
      } else if values.removeValue(forKey: key) != nil {
        keys.removeAll { $0 == key }
      }
    }
  }

  /// Sets every member of `other`, whose values win.
  public mutating func merge(_ other: JSONObject) {
    for (key, value) in other { self[key] = value }
  }
}

extension JSONObject: Sequence {
  public struct Iterator: IteratorProtocol {
    fileprivate let object: JSONObject
    private var place = 0

    fileprivate init(_ object: JSONObject) { self.object = object }

    public mutating func next() -> (key: String, value: JSONValue)? {
      guard place < object.keys.count else { return nil }
      let key = object.keys[place]
      place += 1
      return object.values[key].map { (key, $0) }
    }
  }

  /// The members in order.
  public func makeIterator() -> Iterator { Iterator(self) }
}

extension JSONObject: Hashable {
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.values == right.values
  }

  public func hash(into hasher: inout Hasher) { values.hash(into: &hasher) }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    for (key, value) in elements { self[key] = value }
  }
}
