internal import ByteText
internal import JSON

/// Where a frontend listens.
struct Bind: Sendable {
  /// An address, a host name or `*`.
  let address: String
  /// The network interface; empty for any.
  let interface: String
  /// Whether the role's variables call it external.
  let isExternal: Bool

  init(address: String, interface: String = "", isExternal: Bool = false) {
    self.address = address
    self.interface = interface
    self.isExternal = isExternal
  }

  /// A text, or a dictionary with `address` and perhaps `interface` and `type`.
  private init(_ value: JSONValue, _ place: String, _ outer: KeyedValues) {
    guard value.object != nil else {
      self.init(address: outer.text(value, place))
      outer.take(address, place, isListeningAddress)
      return
    }
    let fields = outer.inner(value, place)
    fields.allow(["address", "interface", "type", "pki_san_records"])
    // The role's own default for the interface is null.
    let isNamed = fields.values["interface"].map { !$0.isNull && $0 != "" } ?? false
    self.init(
      address: fields.required("address", isListeningAddress),
      interface: isNamed ? fields.text("interface", isInterface) ?? "" : "",
      isExternal: (fields.values["type"]?.string ?? "") == "external")
  }

  /// A list of them.
  static func list(_ fields: KeyedValues, _ key: String) -> [Bind]? {
    if !fields.has(key) { return nil }
    var binds: [Bind] = []
    fields.forEach(key) { binds.append(Bind($0, $1, fields)) }
    return binds
  }
}

/// A server of a backend.
struct Node: Sendable {
  let name: String
  /// Nil for a host that `addresses` did not have.
  let address: String?
  let port: String?
  let healthPort: String?
  let options: [String]

  /// A name whose address `addresses` has, or a dictionary with `name` and `ip_addr`.
  private init(_ value: JSONValue, _ place: String, _ outer: KeyedValues, _ addresses: JSONObject) {
    guard value.object != nil else {
      name = outer.text(value, place)
      outer.take(name, place, isName)
      address = addresses[name]?.string
      port = nil
      healthPort = nil
      options = []
      return
    }
    let fields = outer.inner(value, place)
    fields.allow(["name", "ip_addr", "backend_port", "check_port", "backend_server_options"])
    name = fields.required("name", isName)
    address = fields.required("ip_addr", isServerAddress)
    port = fields.text("backend_port", isPort)
    healthPort = fields.text("check_port", isPort)
    options = fields.texts("backend_server_options") ?? []
  }

  static func list(_ fields: KeyedValues, _ key: String, addresses: JSONObject) -> [Node] {
    var nodes: [Node] = []
    fields.forEach(key) { nodes.append(Node($0, $1, fields, addresses)) }
    return nodes
  }
}

/// An ACL and the backend for what it matches.
struct AccessRule: Sendable {
  let name: String
  let rule: String
  /// The backend without `-back`; nil is the service's own.
  let backend: String?

  static func list(_ fields: KeyedValues, _ key: String) -> [AccessRule]? {
    guard let object = fields.dictionary(key) else { return nil }
    var rules: [AccessRule] = []
    for (name, value) in object {
      fields.take(name, "a name in \(fields.place(key))", isName)
      let inner = fields.inner(value, "\(fields.place(key)).\(name)")
      inner.allow(["rule", "backend_name"])
      rules.append(
        AccessRule(
          name: name, rule: inner.required("rule"), backend: inner.text("backend_name", isName)))
    }
    return rules
  }
}
