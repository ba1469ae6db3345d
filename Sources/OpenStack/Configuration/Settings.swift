internal import ByteText
internal import JSON

/// One value of the configuration, and where it was written, for messages.
final class Setting: Sendable {
  let key: String
  /// A text, a list or an object: numbers and booleans are kept as the text that was written.
  let value: JSONValue
  /// As in `auth.password of cloud "default" in /etc/openstack/clouds.yaml` or `OS_PASSWORD`.
  let place: String

  @inline(never)
  init(key: String, value: JSONValue, place: String) {
    self.key = key
    self.value = value
    self.place = place
  }

  /// The text; empty where it is none.
  var text: String { value.string ?? "" }

  /// The same value under another name.
  func renamed(_ key: String) -> Setting { Setting(key: key, value: value, place: place) }
}

/// Settings in the order in which their keys were first set.
struct Settings: Sendable {
  private(set) var all: [Setting] = []

  subscript(key: String) -> Setting? {
    @inline(never)
    get {
      for setting in all where setting.key == key { return setting }
      return nil
    }
  }

  /// The text of a setting that is there and not empty.
  @inline(never)
  func filled(_ key: String) -> String? {
    guard let text = self[key]?.value.string, !text.isEmpty else { return nil }
    return text
  }

  /// Puts a value in place of an older one. Null takes the older one away.
  @inline(never)
  mutating func set(_ setting: Setting) {
    if setting.value.isNull { return remove(setting.key) }
    for place in all.indices where all[place].key == setting.key {
      all[place] = setting
      return
    }
    all.append(setting)
  }

  @inline(never)
  mutating func remove(_ key: String) {
    for place in all.indices where all[place].key == key {
      all.remove(at: place)
      return
    }
  }
}

/// What one layer says of a cloud, or all of them together.
struct CloudSettings: Sendable {
  var general = Settings()
  /// Those below `auth`.
  var auth = Settings()

  /// What `other` says counts.
  @inline(never)
  mutating func overlay(_ other: CloudSettings) {
    for setting in other.general.all { general.set(setting) }
    for setting in other.auth.all { auth.set(setting) }
  }

  /// Reads an object of settings. Keys may be written with - for _ and begin with `os_`.
  ///
  /// - Parameter layer: what follows the key in messages.
  @inline(never)
  init(_ object: JSONObject, _ layer: Layer) throws(OpenStackError) {
    for (key, value) in object {
      let key = layer.name(of: key)
      if key != "auth" {
        general.set(Setting(key: key, value: value, place: layer.place(key)))
        continue
      }
      if value.isNull { continue }
      guard let members = value.object else {
        throw OpenStackError(
          .configuration, layer.place(key) + " is no mapping; below auth stand auth_url, username …"
        )
      }
      for (key, value) in members {
        let key = layer.name(of: key)
        auth.set(Setting(key: key, value: value, place: layer.place("auth." + key)))
      }
    }
  }

  init() {}
}

/// Where settings come from.
struct Layer {
  /// What stands after the key, as ` of cloud "x" in FILE`.
  let words: String
  /// What stands before it, as `option `.
  let prefix: String
  /// Whether keys may begin with `os_`, as in arguments.
  let stripsPrefix: Bool

  func place(_ key: String) -> String { prefix + key + words }

  @inline(never)
  func name(of key: String) -> String {
    let name = key.underscored
    return stripsPrefix && name.begins(with: "os_") ? name.part(from: 3) : name
  }
}

extension String {
  /// With `_` for each `-`, as the keys of settings are written.
  var underscored: String {
    @inline(never)
    get {
      var bytes = self.bytes
      for place in bytes.indices where bytes[place] == UInt8(ascii: "-") {
        bytes[place] = UInt8(ascii: "_")
      }
      return String(bytes: bytes)
    }
  }
}
