internal import ByteText
internal import JSON

/// Everything that is needed to enter a cloud, found as openstacksdk finds it: clouds.yaml,
/// secure.yaml, the OS_* variables, and what the caller says.
///
/// Facts: openstack/config/loader.py and cloud_region.py of openstacksdk 4.7, and keystoneauth1's
/// options of each `auth_type`. On purpose it differs from them in this:
///
/// - Values without quotes are the text that was written: a password `0123` is no octal number.
/// - `verify` and `insecure` take true, yes, on, 1 and their opposites from files and variables alike,
///   and nothing else but a path; openstacksdk takes `OS_VERIFY=false` for the name of a file.
/// - Null is nothing said, below `auth` too, where it becomes the word "None" there.
/// - `verify` of the caller counts more than `insecure` of files and variables, and the other way
///   round; openstacksdk lets `insecure` win, whoever says it.
/// - A vendor profile (`profile`) is refused.
/// - Keys of `auth` that the way to authenticate does not use are passed over.
/// - `-` in a key is `_`, in every key and before anything else is done.
/// - Texts are filled with other settings (`{region_name}`) in `auth_url` alone.
public final class Cloud: Sendable {
  /// Empty where there is none: all was said by the caller.
  public let name: String
  /// The region; nil: any.
  public let region: String?
  /// The files that were read, clouds.yaml first.
  public let files: [String]
  /// What the operator should know, whole sentences.
  public let warnings: [String]
  /// Milliseconds for one request, `api_timeout`; nil where it is not set.
  public let timeout: Int?
  let credentials: Credentials
  let trust: Trust
  private let settings: Settings

  /// Finds the cloud that is asked for.
  ///
  /// Throws what is missing or wrong, where it stands and what to do; never a secret.
  public init(
    _ request: CloudRequest = CloudRequest(), in surroundings: Surroundings = .process
  ) throws(OpenStackError) {
    var surroundings = surroundings
    var source = ""
    if let path = request.openRC {
      let path = surroundings.expanded(path)
      source = " in " + path
      var all = try variables(ofOpenRC: path)
      for variable in surroundings.variables where !variable.name.begins(with: "OS_") {
        all.append(variable)
      }
      surroundings.variables = all
    }
    let clouds = try Clouds(surroundings, source: source)
    let arguments = try CloudSettings(
      texts(.object(request.settings)).object ?? JSONObject(),
      Layer(words: "", prefix: "option ", stripsPrefix: true))
    let name = request.cloud ?? arguments.general.filled("cloud") ?? clouds.usual ?? ""
    let base = clouds[name]
    if base == nil && !name.isEmpty { throw clouds.unknown(name) }

    // Defaults, the cloud, its region, the caller.
    var settings = CloudSettings()
    for (key, value) in [("interface", "public"), ("auth_type", "password")] {
      settings.general.set(Setting(key: key, value: .string(value), place: "default of " + key))
    }
    let cloud = base ?? CloudSettings()
    settings.overlay(cloud)
    settings.general.remove("regions")
    let asked = arguments.general.filled("region_name") ?? ""
    let region = try chosenRegion(asked, of: cloud, name)
    if let region {
      settings.overlay(
        try CloudSettings(
          region.values,
          Layer(
            words: " of region \"\(region.name)\" of cloud \"\(name)\"", prefix: "",
            stripsPrefix: false)))
    }
    settings.overlay(arguments)
    settings.general.heed(verifying: arguments.general)
    let regionName = region?.name ?? asked
    settings.general.set(
      Setting(key: "region_name", value: .string(regionName), place: "region_name"))
    try refuseProfile(settings.general, name, clouds.environmentName)
    try settings.modernize()

    self.name = name
    self.region = regionName.isEmpty ? nil : regionName
    files = clouds.files
    var warnings = clouds.remarks
    self.settings = settings.general
    trust = try Trust(settings.general, surroundings, &warnings)
    self.warnings = warnings
    timeout = try milliseconds(settings.general["api_timeout"])
    credentials = try Credentials(settings, hint: base == nil ? "; " + clouds.known : "")
  }

  /// A setting of one service, under any of its names: `container_infra_interface`.
  @inline(never)
  func setting(_ key: String, of service: Service) -> Setting? {
    for name in service.types {
      let prefix = name.underscored
      if let setting = settings[prefix + "_" + key],
        !setting.text.isEmpty
          || setting.value.array != nil
      {
        return setting
      }
    }
    return nil
  }

  /// The interfaces of the catalog that may serve, the best first; none: any.
  @inline(never)
  func interfaces(for service: Service) -> [String] {
    guard let setting = setting("interface", of: service) ?? settings["interface"] else {
      return []
    }
    var names: [String] = []
    for value in setting.value.array ?? [setting.value] {
      // publicURL and the like are the names of Identity API v2.
      if let name = value.string, !name.isEmpty {
        names.append(name.ends(with: "URL") ? name.part(from: 0, to: name.utf8.count - 3) : name)
      }
    }
    return names
  }

  /// The region in which a service is looked for.
  func region(for service: Service) -> String? {
    setting("region_name", of: service)?.text ?? region
  }

  /// The address that is set for a service in place of the catalog's.
  func address(of service: Service) -> Setting? {
    setting("endpoint_override", of: service) ?? setting("endpoint", of: service)
  }

  /// The microversion that is set for a service: `container_infra_default_microversion`, or what
  /// `container_infra_api_version` says if that is one, as 1.10. 1 and 2.0 name an API as a whole.
  @inline(never)
  public func version(of service: Service) -> String? {
    if let setting = setting("default_microversion", of: service) { return setting.text }
    guard let text = setting("api_version", of: service)?.text else { return nil }
    let parts = text.bytes[...].parts(at: UInt8(ascii: "."))
    guard parts.count == 2, parseInteger(parts[0], radix: 10) != nil,
      let minor = parseInteger(parts[1], radix: 10), minor > 0
    else { return nil }
    return text
  }
}

private func refuseProfile(
  _ settings: Settings, _ name: String, _ environmentName: String
) throws(OpenStackError) {
  guard let setting = settings["profile"] ?? settings["cloud"] else { return }
  // The name of a cloud among the caller's settings has served already.
  if setting.text.isEmpty || setting.text == environmentName || setting.text == name { return }
  throw OpenStackError(
    .configuration,
    "\(setting.place) names the vendor profile \"\(setting.text)\", and profiles are not supported;"
      + " write what it stands for (auth_url, region_name) into the cloud itself")
}

extension Settings {
  /// Takes away what files and variables say against the caller's own `verify` or `insecure`, each of
  /// which has a say in the same thing.
  @inline(never)
  fileprivate mutating func heed(verifying caller: Settings) {
    let (verify, insecure) = (caller.filled("verify"), caller.filled("insecure"))
    if verify != nil && insecure == nil { remove("insecure") }
    // A file of CAs, which it may name too, says nothing against it.
    if insecure != nil && verify == nil, let setting = self["verify"], !setting.namesFile {
      remove("verify")
    }
  }
}

extension Setting {
  /// Whether `verify` is the path of CAs.
  fileprivate var namesFile: Bool { text.begins(with: "/") || text.begins(with: "~/") }
}

extension Trust {
  /// From `verify`, `insecure`, `cacert`, `cert` and `key`. Where no CA is set, REQUESTS_CA_BUNDLE and
  /// CURL_CA_BUNDLE name one, as for python-requests.
  @inline(never)
  init(
    _ settings: Settings, _ surroundings: Surroundings, _ warnings: inout [String]
  ) throws(OpenStackError) {
    if let setting = settings["verify"], !setting.text.isEmpty {
      if setting.namesFile {
        authorities = surroundings.expanded(setting.text)
      } else {
        verifies = try flag(setting)
      }
    }
    if let setting = settings["insecure"], !setting.text.isEmpty, try flag(setting) {
      verifies = false
    }
    if let path = settings.filled("cacert") { authorities = surroundings.expanded(path) }
    if !verifies {
      if let authorities {
        warnings.append(
          "the server's certificate is not verified although a CA is named (\(authorities)):"
            + " verify is false, or insecure true")
      }
      authorities = nil
    } else if authorities == nil {
      authorities =
        surroundings.filled("REQUESTS_CA_BUNDLE") ?? surroundings.filled("CURL_CA_BUNDLE")
    }
    if let path = settings.filled("cert") {
      certificate = surroundings.expanded(path)
      key = settings.filled("key").map { surroundings.expanded($0) }
    }
  }
}

@inline(never)
private func flag(_ setting: Setting) throws(OpenStackError) -> Bool {
  switch setting.text.lowercasedASCII {
  case "true", "yes", "on", "1": return true
  case "false", "no", "off", "0": return false
  default:
    throw OpenStackError(.configuration, setting.place + " must be true or false")
  }
}

/// Seconds as milliseconds.
private func milliseconds(_ setting: Setting?) throws(OpenStackError) -> Int? {
  guard let setting, !setting.text.isEmpty else { return nil }
  guard let seconds = parseNumber(setting.text), seconds > 0, seconds < 1_000_000 else {
    throw OpenStackError(.configuration, setting.place + " is not a number of seconds above 0")
  }
  // None at all would be no limit for libcurl.
  return max(1, Int(seconds * 1000))
}
