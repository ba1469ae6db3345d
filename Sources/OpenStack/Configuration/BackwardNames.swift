internal import ByteText
internal import JSON

// The settings have had other names, and stand below `auth` or beside it. openstacksdk's `magic_fixes`
// brings them to one form, and which one wins is its rule.

/// What belongs below `auth` and may stand beside it, with the names it had before.
private let newNames =
  "domain_id;domain_name;user_domain_id;user_domain_name;project_domain_id;project_domain_name;"
  + "auth_token token;passcode;tenant_id project_id;tenant_name project_name"

extension CloudSettings {
  /// All of it.
  @inline(never)
  mutating func modernize() throws(OpenStackError) {
    modernizeTimeout()
    if let old = general["auth_plugin"], general["auth_type"] == nil {
      general.set(old.renamed("auth_type"))
    }
    for line in newNames.parts(at: UInt8(ascii: ";")) {
      gather(line.parts(at: UInt8(ascii: " ")))
    }
    modernizeInterfaces()
    spreadDomain("domain_id", to: ["user_domain_id", "project_domain_id"])
    spreadDomain("domain_name", to: ["user_domain_name", "project_domain_name"])
    try fillTemplate()
  }

  /// Any `..._timeout` of old is the one there is.
  private mutating func modernizeTimeout() {
    var found: Setting?
    for setting in general.all
    where setting.key.ends(with: "timeout") && setting.key != "timeout"
      && setting.key != "api_timeout"
    {
      found = setting
    }
    if let found { general.set(found.renamed("api_timeout")) }
  }

  /// The last of the names is the one of today. The last that is there counts, and of each what stands beside `auth`, which may be a variable or
  /// an argument.
  private mutating func gather(_ names: [String]) {
    var found: Setting?
    for name in names {
      if let setting = auth[name] { found = setting }
      if let setting = general[name] { found = setting }
      auth.remove(name)
      general.remove(name)
    }
    if let found, !found.text.isEmpty { auth.set(found.renamed(names[names.count - 1])) }
  }

  /// `endpoint_type` is `interface`, of which there is always one before it.
  private mutating func modernizeInterfaces() {
    for setting in general.all where setting.key.ends(with: "endpoint_type") {
      let stem = setting.key.part(from: 0, to: setting.key.utf8.count - 13)
      general.remove(setting.key)
      general.set(setting.renamed(stem + "interface"))
    }
  }

  /// One domain for both user and project, where a project is asked for.
  private mutating func spreadDomain(_ name: String, to targets: [String]) {
    if auth["project_id"] == nil && auth["project_name"] == nil { return }
    guard let domain = auth[name] else { return }
    for target in targets where auth[target] == nil { auth.set(domain.renamed(target)) }
    auth.remove(name)
  }

  /// `{region_name}` in auth_url.
  private mutating func fillTemplate() throws(OpenStackError) {
    guard let setting = auth["auth_url"], let start = setting.text.place(of: "{") else { return }
    let url = setting.text
    guard let end = url.place(of: "}", from: start),
      let value = general[url.part(from: start + 1, to: end)]
    else {
      throw OpenStackError(
        .configuration, setting.place + " has braces that name no setting of the cloud")
    }
    let filled = url.replacing(url.part(from: start, to: end + 1), with: value.text)
    auth.set(Setting(key: "auth_url", value: .string(filled), place: setting.place))
    try fillTemplate()
  }
}
