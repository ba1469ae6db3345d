internal import ByteText
public import JSON

/// A service in the vocabulary of OpenStack-Ansible's haproxy_server role.
public final class Service: Sendable {
  public enum Mode: Sendable { case http, tcp }

  /// The name of its fragment, and what its proxies' names begin with.
  public let name: String
  let mode: Mode
  let port: String?
  let backendPort: String?
  let healthPort: String?
  let algorithm: String
  /// The addresses it listens on.
  let binds: [Bind]
  let endsTLS: Bool
  let endsTLSOnAllVIPs: Bool
  let certificate: String?
  let nodes: [Node]
  let backupNodes: [Node]
  let backendOptions: [String]
  let backendLines: [String]
  let httpChecks: [String]
  let serverOptions: [String]
  let authority: Authority
  let usesTLS: Bool
  let checksOverTLS: Bool
  let backendH2: Bool
  let frontendH2: Bool
  let isBackendOnly: Bool
  let isFrontendOnly: Bool
  let frontendLines: [String]
  /// ACLs of the redirect to HTTPS; nil where the key is not there.
  let redirectRules: [AccessRule]?
  let rules: [AccessRule]
  let mapLines: [String]
  public let mapEntries: [MapEntry]
  let allowlist: [String]?
  let clientTimeout: String?
  let serverTimeout: String?
  let stickTable: [String]
  let defaultBackend: String?
  let acceptsBothProtocols: Bool
  let redirectPort: String?
  let redirectScheme: String
  let keepAlive: String?
  let interval: String
  let rise: String
  let fall: String
  let backupRise: String
  let backupFall: String
  /// Whether the dictionary asks for the service at all: `haproxy_service_enabled`, `state`.
  public let isWanted: Bool

  let variables: RoleVariables
  let series: Series
  /// The dictionary it was read from.
  let values: JSONObject

  /// Whose certificates a server must have.
  enum Authority {
    case any, system
    case file(String)
  }

  /// Whether the role writes a fragment at all: it skips a service without servers.
  public var hasContent: Bool { isFrontendOnly || !nodes.isEmpty || !backupNodes.isEmpty }

  /// A proxy of HAProxy that is there exactly if the service is.
  public var proxy: String? {
    if !isFrontendOnly { return name + "-back" }
    if isBackendOnly || binds.isEmpty { return nil }
    return acceptsBothProtocols ? name + "-tcp-redirect-front-1" : name + "-front-1"
  }

  /// Reads a service from its dictionary, in which every key and value is looked at: none can break
  /// out of its place in the configuration or of the folder of the fragments.
  ///
  /// - Parameter isAsked: whether the service is to be there, if its dictionary says so too. What
  ///   only its text needs may be missing in one that is not.
  public init(
    _ values: JSONObject, _ variables: RoleVariables, series: Series, isAsked: Bool = true
  ) throws(ServiceError) {
    try Vocabulary.check(values.keys)
    let fields = KeyedValues(values, faults: Faults())
    self.values = values
    self.variables = variables
    self.series = series

    name = fields.required("haproxy_service_name", isFileName)
    let isEnabled = fields.flag("haproxy_service_enabled", .words) ?? true
    isWanted = isAsked && isEnabled && values["state"] != "absent"

    isBackendOnly = fields.flag("haproxy_backend_only", .truth) ?? false
    isFrontendOnly = fields.flag("haproxy_frontend_only", .truth) ?? false
    acceptsBothProtocols = fields.flag("haproxy_accept_both_protocols", .truth) ?? false
    mode = fields.mode(
      isNeeded: !isBackendOnly && acceptsBothProtocols || series.needsBalanceType)
    port = fields.text("haproxy_port", isPort)
    backendPort = fields.text("haproxy_backend_port", isPort)
    healthPort = fields.text("haproxy_check_port", isPort)
    algorithm = fields.text("haproxy_balance_alg") ?? "leastconn"

    let ownBinds = Bind.list(fields, "haproxy_bind")
    let vips = variables.vipBinds.map { $0 + variables.extraVIPs.map { Bind(address: $0) } }
    binds = isBackendOnly ? [] : ownBinds ?? vips ?? []
    endsTLS = fields.flag("haproxy_ssl", .words) ?? false
    endsTLSOnAllVIPs = fields.flag("haproxy_ssl_all_vips", .words) ?? false
    certificate = fields.text("haproxy_ssl_path", isWord)
    frontendH2 = fields.flag("haproxy_frontend_h2", .truth) ?? variables.frontendH2
    redirectPort = fields.text("haproxy_redirect_http_port", isPort)
    redirectScheme = fields.text("haproxy_redirect_scheme") ?? "https if !{ ssl_fc }"
    redirectRules = AccessRule.list(fields, "haproxy_frontend_acls")
    rules = AccessRule.list(fields, "haproxy_acls") ?? []
    mapLines = fields.texts("haproxy_maps") ?? []
    mapEntries = MapEntry.list(fields, "haproxy_map_entries")
    allowlist = fields.networks("haproxy_allowlist_networks")
    clientTimeout = fields.text("haproxy_timeout_client", isDuration)
    keepAlive = fields.text("haproxy_http_keepalive_mode", isWord)
    frontendLines = fields.texts("haproxy_frontend_raw") ?? []
    defaultBackend = fields.text("haproxy_default_backend") {
      $0.isEmpty ? nil : isName($0)
    }

    let addresses = variables.nodeAddresses
    nodes = Node.list(fields, "haproxy_backend_nodes", addresses: addresses)
    backupNodes = Node.list(fields, "haproxy_backup_nodes", addresses: addresses)
    backendOptions = fields.texts("haproxy_backend_options") ?? []
    backendLines = fields.texts("haproxy_backend_arguments") ?? []
    httpChecks = fields.texts("haproxy_backend_httpcheck_options") ?? []
    serverOptions = fields.texts("haproxy_backend_server_options") ?? []
    usesTLS = fields.flag("haproxy_backend_ssl", .truth) ?? false
    checksOverTLS = fields.flag("haproxy_backend_ssl_check", .truth) ?? usesTLS
    authority = fields.authority()
    backendH2 = fields.flag("haproxy_backend_h2", .truth) ?? variables.backendH2
    serverTimeout = fields.text("haproxy_timeout_server", isDuration)
    let hasStickTable = fields.flag("haproxy_stick_table_enabled", .words) ?? true
    let ownTable = fields.texts("haproxy_stick_table")
    stickTable = hasStickTable ? ownTable ?? variables.stickTable : []
    interval = fields.text("interval", isDuration) ?? variables.interval
    rise = fields.text("backend_rise", isCount) ?? variables.rise
    fall = fields.text("backend_fall", isCount) ?? variables.fall
    backupRise = fields.text("backup_rise", isCount) ?? variables.rise
    backupFall = fields.text("backup_fall", isCount) ?? variables.fall

    if name == "00-haproxy" {
      fields.faults.note(
        "haproxy_service_name is \"00-haproxy\", the name of the role's own base configuration;"
          + " choose another one")
    }
    if isWanted && hasContent { noteWhole(fields) }
    try fields.faults.throwFirst()
  }

  /// The port of its servers that have none of their own.
  var usualPort: String? { backendPort ?? port }

  /// Notes what is wrong with more than one key.
  private func noteWhole(_ fields: KeyedValues) {
    if !isBackendOnly { noteFrontend(fields) }
    for node in isFrontendOnly ? [] : nodes + backupNodes {
      if node.address == nil {
        fields.faults.note(
          "the address of node \(quoted(node.name)) is not known; give it in"
            + " role_variables.node_addresses, or write the node as {name: ..., ip_addr: ...}")
      }
      if (node.port ?? usualPort) == nil || (node.healthPort ?? healthPort ?? usualPort) == nil {
        fields.faults.note(
          "haproxy_backend_port is missing, and node \(quoted(node.name)) has no ports of its own")
      }
    }
  }

  private func noteFrontend(_ fields: KeyedValues) {
    if port == nil { fields.faults.note("haproxy_port is missing") }
    if !fields.has("haproxy_bind") && variables.vipBinds == nil {
      fields.faults.note(
        "where to listen is not known: give haproxy_bind in the service, or"
          + " haproxy_vip_binds, or both haproxy_bind_external_lb_vip_address and"
          + " haproxy_bind_internal_lb_vip_address, in role_variables")
    }
    if redirectPort != nil {
      // The template reads it as true where it is any text.
      _ = fields.flag("haproxy_ssl", .truth)
      if !fields.has("haproxy_ssl") {
        fields.faults.note("haproxy_redirect_http_port needs haproxy_ssl, which is missing")
      }
    }
    if acceptsBothProtocols, let usualPort {
      // Two frontends more, whose ports the role makes by adding 10000 and 20000.
      fields.take(usualPort, "the port that haproxy_accept_both_protocols adds 20000 to") {
        isPort($0, largest: 45535)
      }
    }
  }
}

extension KeyedValues {
  fileprivate func mode(isNeeded: Bool) -> Service.Mode {
    let key = "haproxy_balance_type"
    guard let mode = text(key) else {
      if isNeeded { faults.note("\(key) is missing, which the role has no default for here") }
      return .http
    }
    if mode == "tcp" { return .tcp }
    if mode != "http" { faults.note("\(key) is \(quoted(mode)); write http or tcp") }
    return .http
  }

  fileprivate func networks(_ key: String) -> [String]? {
    let networks = texts(key)
    for (index, network) in (networks ?? []).enumerated() {
      take(network, "\(place(key))[\(index)]", isNetwork)
    }
    return networks
  }

  /// `haproxy_backend_ca`: a path, or whether the system's store is taken.
  fileprivate func authority() -> Service.Authority {
    let key = "haproxy_backend_ca"
    guard let path = values[key]?.string else {
      return flag(key, .truth) ?? false ? .system : .any
    }
    if path.isEmpty { return .any }
    take(path, key, isWord)
    if path.bytes.first != UInt8(ascii: "/") && path.bytes.first != UInt8(ascii: "@") {
      faults.note("\(key) is \(quoted(path)); write a boolean or an absolute path")
    }
    return .file(path)
  }
}
