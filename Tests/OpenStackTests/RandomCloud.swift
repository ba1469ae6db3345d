import JSON

/// Configurations of clouds as people write them, and as they should not; the same for the same seed.
struct RandomCloud {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// What a process would find around it, and what it would be asked.
  struct Case {
    /// Paths below the folder of the case, and what stands in the files.
    var files: [(path: String, text: String)] = []
    var environment: [(name: String, value: String)] = []
    var cloud: String?
    var arguments = JSONObject()
  }

  mutating func next() -> Case {
    var made = Case()
    let names = some(of: ["alpha", "beta", "gamma delta"], atLeast: 1)
    if !chance(8) {
      let path = place("clouds")
      var clouds = JSONObject()
      for name in names { clouds[name] = .object(cloud()) }
      made.files.append((path, text(.object(["clouds": .object(clouds)]), path)))
      // A file that another one hides.
      if chance(4) {
        let other = place("clouds")
        if other != path {
          made.files.append((other, text(.object(["clouds": ["hidden": .object(cloud())]]), other)))
        }
      }
      if path.hasPrefix("elsewhere/") {
        made.environment.append(("OS_CLIENT_CONFIG_FILE", "@/" + path))
      }
    }
    if chance(3) {
      let path = place("secure")
      var clouds = JSONObject()
      for name in some(of: names + ["secret only"], atLeast: 1) {
        var settings: JSONObject = ["auth": ["password": .string(pick(texts))]]
        if chance(4) { settings["region_name"] = .string(pick(regions)) }
        if chance(4) { settings["password"] = .string(pick(texts)) }
        clouds[name] = .object(settings)
      }
      made.files.append((path, text(.object(["clouds": .object(clouds)]), path)))
      if path.hasPrefix("elsewhere/") {
        made.environment.append(("OS_CLIENT_SECURE_FILE", "@/" + path))
      }
    }
    if chance(3) {
      for (key, value) in auth() {
        made.environment.append(("OS_" + key.uppercased(), value.string ?? "1"))
      }
      if chance(2) { made.environment.append(("OS_INTERFACE", pick(interfaces))) }
      if chance(3) { made.environment.append(("OS_ENDPOINT_TYPE", pick(interfaces))) }
      if chance(3) { made.environment.append(("OS_INSECURE", pick(["true", "false", "True"]))) }
      if chance(3) { made.environment.append(("OS_CACERT", "/pki/env.pem")) }
      if chance(6) { made.environment.append(("OS_AUTH_TYPE", pick(types))) }
      if chance(5) { made.environment.append(("OS_IDENTITY_API_VERSION", "3")) }
      if chance(5) { made.environment.append(("OS_CLOUD_NAME", "of the environment")) }
    }
    if chance(3) { made.environment.append(("OS_REGION_NAME", pick(regions))) }
    if chance(6) { made.environment.append(("OS_LOG_LEVEL", "debug")) }
    if chance(3) { made.environment.append(("OS_CLOUD", pick(names + names + ["envvars"]))) }
    if chance(2) { made.cloud = pick(names + names + names + ["nobody", "envvars"]) }
    if chance(3) {
      if chance(2) { made.arguments["auth"] = .object(auth()) }
      if chance(2) { made.arguments["region_name"] = .string(pick(regions)) }
      if chance(3) { made.arguments["interface"] = .string(pick(interfaces)) }
      if chance(4) { made.arguments["verify"] = .bool(chance(2)) }
      if chance(4) { made.arguments["cacert"] = .string("/pki/argument.pem") }
      if chance(4) { made.arguments["auth_type"] = chance(2) ? .null : .string(pick(types)) }
      if chance(4) { made.arguments["api_timeout"] = .int(7) }
    }
    return made
  }

  private let texts = ["s3cret", "p ss", "x: y", "a#b", "é", "12", "-", "[x", "yes!", "0"]
  private let regions = ["RegionOne", "RegionTwo", "north"]
  private let interfaces = ["public", "internal", "admin", "internalURL", "publicURL"]
  private let types = [
    "password", "password", "password", "v3password", "v3password", "v3applicationcredential",
    "token", "v3token",
  ]

  /// One cloud of a file.
  private mutating func cloud() -> JSONObject {
    var cloud = JSONObject()
    if !chance(12) { cloud["auth"] = .object(auth()) }
    if chance(6) { for (key, value) in auth() where chance(2) { cloud[key] = value } }
    if chance(5) { cloud["auth_type"] = .string(pick(types)) }
    if chance(12) { cloud["auth_plugin"] = .string(pick(types)) }
    switch below(8) {
    case 0...2: cloud["region_name"] = .string(pick(regions))
    case 3: cloud["region_name"] = "RegionOne,north"
    case 4: cloud["region_name"] = ["RegionTwo", "RegionOne"]
    case 5:
      cloud["regions"] = [
        "RegionOne",
        [
          "name": "north",
          "values": ["auth": ["auth_url": "https://north:5000/v3"], "interface": "admin"],
        ],
      ]
    case 6: cloud["regions"] = [["name": "RegionTwo"], "RegionOne"]
    default: break
    }
    if chance(2) { cloud["interface"] = .string(pick(interfaces)) }
    if chance(5) { cloud["endpoint_type"] = .string(pick(interfaces)) }
    if chance(8) { cloud["interface"] = ["internal", "public"] }
    if chance(6) { cloud["container_infra_interface"] = .string(pick(interfaces)) }
    if chance(8) { cloud["container_infra_endpoint_type"] = .string(pick(interfaces)) }
    if chance(6) { cloud["container_infrastructure_region_name"] = .string(pick(regions)) }
    if chance(4) { cloud["verify"] = .bool(chance(2)) }
    if chance(4) { cloud["insecure"] = chance(2) ? .bool(chance(2)) : "True" }
    if chance(3) { cloud["cacert"] = .string(pick(["/pki/ca.pem", "~/ca.pem"])) }
    if chance(8) { cloud["cert"] = "~/client.pem" }
    if chance(8) { cloud["key"] = "/pki/client.key" }
    if chance(5) { cloud["container_infra_endpoint_override"] = "https://magnum:9511/v1" }
    if chance(8) { cloud["container_infrastructure_management_endpoint"] = "http://other:1/v1" }
    if chance(6) { cloud["container_infra_api_version"] = chance(2) ? "1.10" : 1 }
    if chance(6) { cloud["api_timeout"] = 30 }
    if chance(8) { cloud["magnum_timeout"] = 20 }
    if chance(6) { cloud["networks"] = [["name": "public", "routes_externally": true]] }
    return cloud
  }

  /// Credentials, mostly complete, in old names and new.
  private mutating func auth() -> JSONObject {
    var auth = JSONObject()
    if !chance(30) {
      auth["auth_url"] = .string(
        pick([
          "https://keystone:5000/v3", "https://keystone:5000", "https://keystone:5000/",
          "http://[2001:db8::1]/identity/v3/", "https://{region_name}.example:5000/v3",
        ]))
    }
    if !chance(20) { auth[pick(["username", "username", "user_name"])] = .string(pick(texts)) }
    if chance(6) { auth["user_id"] = "0a1b2c" }
    if !chance(20) { auth["password"] = chance(8) ? 12345 : .string(pick(texts)) }
    if !chance(6) {
      let keys = ["project_name", "project_name", "tenant_name", "project_id", "tenant_id"]
      auth[pick(keys)] = .string(pick(["admin", "77"]))
      if chance(8) { auth["tenant_name"] = "other" }
      if chance(12) { auth["project_id"] = "" }
    }
    switch below(6) {
    case 0: auth["domain_name"] = "Default"
    case 1: auth["domain_id"] = "default"
    case 2: auth["default_domain_name"] = "Default"
    default:
      if !chance(20) { auth["user_domain_name"] = "Users" }
      if chance(4) { auth["user_domain_id"] = "users" }
      if !chance(20) { auth[pick(["project_domain_name", "project_domain_id"])] = "Projects" }
    }
    if chance(40) { auth["system_scope"] = "all" }
    if chance(60) { auth["trust_id"] = "trust" }
    if chance(4) {
      auth["application_credential_id"] = "app"
      auth["application_credential_secret"] = "hidden"
    }
    if chance(10) { auth["application_credential_name"] = "app name" }
    if chance(6) { auth[pick(["token", "auth_token"])] = "gAAAA" }
    return auth
  }

  private mutating func place(_ stem: String) -> String {
    let ending = pick([".yaml", ".yaml", ".yml", ".json"])
    return pick(["cwd/", "home/.config/openstack/", "system/", "elsewhere/my-"]) + stem + ending
  }

  // MARK: Writing

  private mutating func text(_ value: JSONValue, _ path: String) -> String {
    path.hasSuffix("json") ? value.jsonText : "# made up\n" + yaml(value, indent: 0)
  }

  private mutating func yaml(_ value: JSONValue, indent: Int) -> String {
    let margin = String(repeating: "  ", count: indent)
    switch value {
    case .object(let object) where !object.isEmpty:
      var text = ""
      for (key, value) in object {
        let isBlock = value.object?.isEmpty == false
        text += margin + scalar(.string(key)) + ":"
        text += isBlock ? "\n" + yaml(value, indent: indent + 1) : " \(scalar(value))\n"
      }
      return text
    default: return margin + scalar(value) + "\n"
    }
  }

  /// Flow style for lists; plain text where it means the same.
  private mutating func scalar(_ value: JSONValue) -> String {
    guard let text = value.string else { return value.jsonText }
    let isPlain = text.utf8.allSatisfy {
      ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "/")
    }
    let words = ["yes", "no", "true", "false", "True", "on", "off", "null", "n", "y", ""]
    if isPlain && !words.contains(text) && chance(2) { return text }
    if !text.contains("'") && chance(2) { return "'\(text)'" }
    return value.jsonText
  }

  // MARK: Chance

  private mutating func below(_ count: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % count
  }

  private mutating func chance(_ count: Int) -> Bool { below(count) == 0 }
  private mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

  private mutating func some(of values: [String], atLeast count: Int) -> [String] {
    let chosen = values.filter { _ in chance(2) }
    return chosen.count < count ? [values[0]] : chosen
  }
}
