internal import ByteText
internal import JSON

/// What a service contributes to a map file that several services share.
public struct MapEntry: Sendable {
  /// The map: `/etc/haproxy/NAME.map`.
  public let name: String
  /// Sorts the contributions, as text; `00` by default.
  public let order: String
  /// Whether it is to be there.
  public let isPresent: Bool
  public let entries: [String]

  /// The contribution as the role writes it.
  public var text: String { entries.map { $0 + "\n" }.joined() }

  static func list(_ fields: KeyedValues, _ key: String) -> [MapEntry] {
    var entries: [MapEntry] = []
    fields.forEach(key) { value, place in
      let inner = fields.inner(value, place)
      inner.allow(["name", "order", "state", "entries"])
      if !inner.has("entries") { fields.faults.note("\(inner.place("entries")) is missing") }
      entries.append(
        MapEntry(
          name: inner.required("name", isFileName), order: inner.text("order", isFileName) ?? "00",
          isPresent: (inner.text("state") ?? "") != "absent",
          entries: inner.texts("entries") ?? []))
    }
    return entries
  }
}
