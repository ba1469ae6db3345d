internal import ByteText
internal import JSON

/// Who asks, how that is proven, and for which project or domain.
///
/// Facts: Identity API v3, "Password authentication with scoped authorization" and the like;
/// keystoneauth1's options of each `auth_type`.
struct Credentials: Sendable {
  enum Way: Sendable { case password, applicationCredential, token }

  let way: Way
  /// Without a slash at its end, and with /v3.
  let address: String
  /// The settings that are used, under their keys.
  let settings: Settings

  /// Takes what the way to authenticate uses from `auth`, or else from beside it.
  ///
  /// - Parameter hint: what to add where nothing is said at all.
  init(_ cloud: CloudSettings, hint: String) throws(OpenStackError) {
    let type = cloud.general["auth_type"]
    let name = type?.text ?? ""
    switch name {
    case "password", "v3password": way = .password
    case "v3applicationcredential": way = .applicationCredential
    case "token", "v3token": way = .token
    default:
      throw OpenStackError(
        .configuration,
        "\(type?.place ?? "auth_type") is \"\(name)\"; it can be password, v3password,"
          + " v3applicationcredential, token or v3token")
    }
    var keys =
      "auth_url system_scope domain_id domain_name project_id project_name project_domain_id"
      + " project_domain_name trust_id"
    if name == "password" || name == "token" {
      keys += " default_domain_id default_domain_name"
    }
    if way != .token { keys += " user_id username user_domain_id user_domain_name" }
    switch way {
    case .password: keys += " password"
    case .token: keys += " token"
    case .applicationCredential:
      keys +=
        " application_credential_secret application_credential_id application_credential_name"
    }
    var settings = Settings()
    for key in keys.parts(at: 0x20) {
      if let setting = cloud.used(key, key == "username" ? "user_name" : key) {
        guard setting.value.string != nil else {
          throw OpenStackError(.configuration, setting.place + " is no text")
        }
        settings.set(setting.renamed(key))
      }
    }
    self.settings = settings
    guard let url = settings["auth_url"] else {
      throw OpenStackError(
        .configuration, "auth_url is missing: the address of Keystone, https://HOST:5000/v3" + hint)
    }
    let address = try checkedAddress(url, url.text)
    if address.ends(with: "/v2.0") {
      throw OpenStackError(
        .configuration,
        "\(url.place) names Identity API v2.0, which is gone: write \(Address(address).origin)/v3")
    }
    self.address = address.ends(with: "v3") ? address : address + "/v3"
    try check()
  }

  /// What proves who asks: never shown.
  var secrets: [String] {
    var secrets: [String] = []
    for setting in settings.all where isSecret(settingName: setting.key) {
      secrets.append(setting.text)
    }
    return secrets
  }

  /// The body of the request for a token.
  var body: JSONValue {
    var identity = JSONObject()
    switch way {
    case .password:
      identity["methods"] = ["password"]
      var user = self.user
      user["password"] = text("password")
      identity["password"] = .object(["user": .object(user)])
    case .token:
      identity["methods"] = ["token"]
      identity["token"] = .object(["id": text("token")])
    case .applicationCredential:
      identity["methods"] = ["application_credential"]
      var credential: JSONObject = ["secret": text("application_credential_secret")]
      if settings["application_credential_id"] != nil {
        credential["id"] = text("application_credential_id")
      } else {
        credential["name"] = text("application_credential_name")
        credential["user"] = .object(user)
      }
      identity["application_credential"] = .object(credential)
    }
    var auth: JSONObject = ["identity": .object(identity)]
    auth["scope"] = scope
    return .object(["auth": .object(auth)])
  }

  /// Nil: the user's default project, or that of the application credential.
  private var scope: JSONValue? {
    if settings["domain_id"] != nil {
      return .object(["domain": .object(["id": text("domain_id")])])
    }
    if settings["domain_name"] != nil {
      return .object(["domain": .object(["name": text("domain_name")])])
    }
    if settings["project_id"] != nil {
      return .object(["project": .object(["id": text("project_id")])])
    }
    if settings["project_name"] != nil {
      var project: JSONObject = ["name": text("project_name")]
      project["domain"] = domain(["project_domain_id", "default_domain_id"], "project_domain_name")
      return .object(["project": .object(project)])
    }
    if settings["trust_id"] != nil {
      return .object(["OS-TRUST:trust": .object(["id": text("trust_id")])])
    }
    if settings["system_scope"] != nil { return .object(["system": .object(["all": true])]) }
    return nil
  }

  private var user: JSONObject {
    if settings["user_id"] != nil { return ["id": text("user_id")] }
    var user: JSONObject = ["name": text("username")]
    user["domain"] = domain(["user_domain_id", "default_domain_id"], "user_domain_name")
    return user
  }

  /// By id before name, as keystoneauth1 does.
  @inline(never)
  private func domain(_ ids: [String], _ name: String) -> JSONValue? {
    for key in ids where settings[key] != nil { return .object(["id": text(key)]) }
    for key in [name, "default_domain_name"] where settings[key] != nil {
      return .object(["name": text(key)])
    }
    return nil
  }

  private func text(_ key: String) -> JSONValue { settings[key]?.value ?? .null }

  /// What is used, and where each of it stands, for a person whom Keystone has refused.
  var description: String {
    var words: [String] = []
    for setting in settings.all where setting.key != "auth_url" {
      words.append(
        isSecret(settingName: setting.key)
          ? "\(setting.key) (\(setting.place))"
          : "\(setting.key) \"\(setting.text)\" (\(setting.place))")
    }
    return words.listed
  }
}

extension CloudSettings {
  /// Below `auth` first; there and beside it the name of today before the old one. Empty is nothing
  /// said.
  @inline(never)
  fileprivate func used(_ key: String, _ old: String) -> Setting? {
    for setting in [auth[key] ?? auth[old], general[key] ?? general[old]] {
      if let setting, !setting.text.isEmpty || setting.value.string == nil { return setting }
    }
    return nil
  }
}

extension Credentials {
  /// Throws for what Keystone would refuse without saying why.
  private func check() throws(OpenStackError) {
    switch way {
    case .password:
      try need("password")
      try checkUser()
    case .token: try need("token")
    case .applicationCredential:
      try need("application_credential_secret")
      if settings["application_credential_id"] == nil {
        if settings["application_credential_name"] == nil { try need("application_credential_id") }
        try checkUser()
      }
    }
    try checkScope()
  }

  private func need(_ key: String) throws(OpenStackError) {
    if settings[key] != nil { return }
    throw OpenStackError(
      .configuration,
      "\(key) is missing: auth_type \(way == .password ? "password" : way == .token ? "token" : "v3applicationcredential")"
        + " needs it, below auth, in secure.yaml or as OS_* variable")
  }

  private func checkUser() throws(OpenStackError) {
    if settings["user_id"] != nil { return }
    try need("username")
    if domain(["user_domain_id", "default_domain_id"], "user_domain_name") == nil {
      throw OpenStackError(
        .configuration,
        "user_domain_name (or user_domain_id) is missing: the name of a user is one within its domain"
      )
    }
  }

  private func checkScope() throws(OpenStackError) {
    var scopes: [Setting] = []
    for keys in [
      ["domain_id", "domain_name"], ["project_id", "project_name"], ["trust_id"], ["system_scope"],
    ] {
      for key in keys {
        guard let setting = settings[key] else { continue }
        scopes.append(setting)
        break
      }
    }
    if way == .applicationCredential, let scope = scopes.first {
      throw OpenStackError(
        .configuration,
        "an application credential is for the project it was made in and asks for no other: remove"
          + " \(scope.place)")
    }
    if scopes.count > 1 {
      throw OpenStackError(
        .configuration,
        "a token is for one project, one domain or the system: remove all but one of"
          + " \(scopes.map { $0.place }.listed)")
    }
    if let system = settings["system_scope"], system.text != "all" {
      throw OpenStackError(.configuration, "\(system.place) can only be \"all\"")
    }
    if settings["project_name"] != nil, settings["project_id"] == nil,
      domain(["project_domain_id", "default_domain_id"], "project_domain_name") == nil
    {
      throw OpenStackError(
        .configuration,
        "project_domain_name (or project_domain_id) is missing: the name of a project is one within"
          + " its domain")
    }
  }
}
