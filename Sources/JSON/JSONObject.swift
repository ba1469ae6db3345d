internal import ByteText

/// The members of a JSON object, in the order in which their keys were first set. Keys are the same
/// if their bytes are.
///
/// Two objects are equal if they have the same members, whatever their order.
public struct JSONObject: Sendable {
  /// One reference, so that values of all kinds fit in two words and are cheap to pass on, in time
  /// and in code. Never changed while two objects share it.
  private final class Members: @unchecked Sendable {
    var keys: [String]
    var values: [JSONValue]
    var index: TextIndex

    init(_ keys: [String] = [], _ values: [JSONValue] = [], _ index: TextIndex = TextIndex()) {
      self.keys = keys
      self.values = values
      self.index = index
    }
  }

  private var members: Members

  @inline(never)
  public init() { members = Members() }

  /// The keys in order.
  public var keys: [String] { members.keys }
  /// The values in the order of their keys.
  fileprivate var values: [JSONValue] { members.values }

  public var isEmpty: Bool { count == 0 }
  public var count: Int { members.keys.count }

  /// The member `key`; setting nil removes it. A key set again keeps its place.
  public subscript(key: String) -> JSONValue? {
    @inline(never)
    get { members.index.place(of: key, in: members.keys).map { members.values[$0] } }
    @inline(never)
    set { set(key, newValue) }
  }

  private mutating func own() -> Members {
    if !isKnownUniquelyReferenced(&members) {
      members = Members(members.keys, members.values, members.index)
    }
    return members
  }

  @inline(never)
  private mutating func set(_ key: String, _ value: JSONValue?) {
    let members = own()
    let place = members.index.place(of: key, in: members.keys)
    guard let value else {
      if let place {
        members.keys.remove(at: place)
        members.values.remove(at: place)
        members.index.rebuild(members.keys)
      }
      return
    }
    if let place {
      members.values[place] = value
    } else {
      members.keys.append(key)
      members.values.append(value)
      members.index.noteLast(of: members.keys)
    }
  }

  /// Sets every member of `other`, whose values win.
  @inline(never)
  public mutating func merge(_ other: JSONObject) {
    for (key, value) in other { set(key, value) }
  }

  /// The object with each value changed.
  public func mapValues(_ change: (JSONValue) -> JSONValue) -> JSONObject {
    var changed = self
    let members = changed.own()
    for place in members.values.indices { members.values[place] = change(members.values[place]) }
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
    self.init()
    for (key, value) in elements { set(key, value) }
  }
}
