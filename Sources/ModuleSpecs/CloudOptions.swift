public import AnsibleModule

extension ArgumentSpec {
  /// What every module has that asks an OpenStack cloud: which cloud, and how to enter it.
  static var cloudOptions: [Option] {
    let secrets = [
      "password", "token", "application_credential_secret", "passcode", "client_secret",
      "access_token", "auth_token",
    ]
    return [
      Option("cloud", .raw, hiddenMembers: secrets),
      Option("auth", .dict, hiddenMembers: secrets),
      Option("auth_type"),
      Option("region_name", aliases: ["region"]),
      Option("interface", choices: ["public", "internal", "admin"], aliases: ["endpoint_type"]),
      Option("ca_cert", .path, aliases: ["cacert"]),
      Option("client_cert", .path, aliases: ["cert"]),
      Option("client_key", .path, aliases: ["key"]),
      Option("validate_certs", .bool, aliases: ["verify"]),
      Option("openrc", .path),
      Option("timeout", .int, aliases: ["api_timeout"]),
    ]
  }
}

/// What a task says of the cloud, for whoever enters it.
public struct CloudChoice: Sendable {
  /// The name of a cloud in clouds.yaml; nil where none is named.
  public let name: String?
  /// Under the keys of clouds.yaml.
  public let settings: JSONObject
  /// A file of OS_* variables.
  public let openRC: String?

  /// Of the options in `cloudOptions`. Those beside `cloud` count more than what it holds.
  ///
  /// Throws where `cloud` is neither a name nor a dictionary, and for no time at all.
  public init(_ parameters: Parameters) throws(ModuleFailure) {
    let cloud = parameters["cloud"]
    name = cloud.string
    if !cloud.isNull && cloud.string == nil && cloud.object == nil {
      throw ModuleFailure("cloud must be the name of a cloud, or a dictionary as in clouds.yaml")
    }
    var settings = cloud.object ?? JSONObject()
    if let auth = parameters["auth"].object {
      var all = settings["auth"]?.object ?? JSONObject()
      all.merge(auth)
      settings["auth"] = .object(all)
    }
    for name in ["auth_type", "region_name", "interface"] {
      take(name, as: name, parameters, &settings)
    }
    take("ca_cert", as: "cacert", parameters, &settings)
    take("client_cert", as: "cert", parameters, &settings)
    take("client_key", as: "key", parameters, &settings)
    take("validate_certs", as: "verify", parameters, &settings)
    take("timeout", as: "api_timeout", parameters, &settings)
    self.settings = settings
    openRC = parameters.optionalString("openrc")
  }
}

@inline(never)
private func take(
  _ option: String, as key: String, _ parameters: Parameters, _ settings: inout JSONObject
) {
  if parameters.has(option) { settings[key] = parameters[option] }
}
