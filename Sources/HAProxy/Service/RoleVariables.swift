internal import ByteText
public import JSON

/// What the role's template reads from outside of the service, with the role's defaults
/// (its `defaults/main.yml` and `vars/`, series 2024.1 to 2026.1).
public final class RoleVariables: Sendable {
  /// Where a service without `haproxy_bind` listens: `haproxy_vip_binds`, or made of both VIPs.
  let vipBinds: [Bind]?
  let externalAddress: String?
  let extraVIPs: [String]
  let extraTLSVIPs: [String]
  /// In the name of the certificate: `haproxy_host`, else the host's own.
  let certificateHost: String
  let hostName: String
  let certificateFolder: String
  let systemCA: String
  let interval: String
  let rise: String
  let fall: String
  let stickTable: [String]
  let frontendH2: Bool
  let backendH2: Bool
  let frontendLines: [String]
  let redirectLines: [String]
  let nodeAddresses: JSONObject
  /// What the first line says; `ansible_managed`.
  let managed: String

  /// The names, as the role has them; `hostname` is the fact, `node_addresses` the addresses that
  /// the template looks up in the inventory.
  public static let names = [
    "haproxy_vip_binds", "haproxy_bind_external_lb_vip_address",
    "haproxy_bind_internal_lb_vip_address", "haproxy_bind_external_lb_vip_interface",
    "haproxy_bind_internal_lb_vip_interface", "extra_lb_vip_addresses",
    "extra_lb_tls_vip_addresses", "haproxy_host", "hostname", "haproxy_ssl_cert_path",
    "haproxy_system_ca", "haproxy_interval", "haproxy_rise", "haproxy_fall",
    "haproxy_stick_table", "haproxy_frontend_h2", "haproxy_backend_h2",
    "haproxy_frontend_extra_raw", "haproxy_frontend_redirect_extra_raw", "node_addresses",
    "ansible_managed",
  ]

  /// - Parameters:
  ///   - values: those that are given; null is not given.
  ///   - hostName: the name of this host, for those that do not give `hostname`.
  public init(_ values: JSONObject, hostName: String) throws(ServiceError) {
    var given = JSONObject()
    for (key, value) in values where !value.isNull { given[key] = value }
    let fields = KeyedValues(given, prefix: "role_variables.", faults: Faults())
    fields.allow(RoleVariables.names)

    extraVIPs = fields.addresses("extra_lb_vip_addresses")
    extraTLSVIPs = fields.addresses("extra_lb_tls_vip_addresses")
    externalAddress = fields.text("haproxy_bind_external_lb_vip_address", isListeningAddress)
    vipBinds =
      Bind.list(fields, "haproxy_vip_binds")
      ?? RoleVariables.usualBinds(fields, externalAddress, extraTLSVIPs)
    let ownName = fields.text("hostname", isName) ?? hostName
    self.hostName = ownName
    certificateHost = fields.text("haproxy_host", isName) ?? ownName
    certificateFolder =
      fields.text("haproxy_ssl_cert_path", isWord) ?? "/etc/haproxy/ssl"
    systemCA =
      fields.text("haproxy_system_ca", isWord) ?? "/etc/ssl/certs/ca-certificates.crt"
    interval = fields.text("haproxy_interval", isDuration) ?? "12000"
    rise = fields.text("haproxy_rise", isCount) ?? "3"
    fall = fields.text("haproxy_fall", isCount) ?? "3"
    stickTable = fields.texts("haproxy_stick_table") ?? []
    frontendH2 = fields.flag("haproxy_frontend_h2", .truth) ?? true
    backendH2 = fields.flag("haproxy_backend_h2", .truth) ?? false
    frontendLines = fields.texts("haproxy_frontend_extra_raw") ?? []
    redirectLines = fields.texts("haproxy_frontend_redirect_extra_raw") ?? frontendLines
    managed = fields.text("ansible_managed") ?? "Ansible managed"
    nodeAddresses = fields.dictionary("node_addresses") ?? JSONObject()
    for (name, value) in nodeAddresses {
      let place = "role_variables.node_addresses.\(name)"
      fields.take(fields.text(value, place), place, isServerAddress)
    }
    try fields.faults.throwFirst()
  }

  /// The role's `_haproxy_vip_binds`; nil where both VIPs are not given.
  private static func usualBinds(
    _ fields: KeyedValues, _ external: String?, _ extraTLS: [String]
  ) -> [Bind]? {
    guard let external,
      let internalAddress = fields.text("haproxy_bind_internal_lb_vip_address", isListeningAddress)
    else { return nil }
    let interface =
      fields.text("haproxy_bind_external_lb_vip_interface", isInterface) ?? ""
    let internalInterface =
      fields.text("haproxy_bind_internal_lb_vip_interface", isInterface) ?? ""
    var binds = [Bind(address: external, interface: interface, isExternal: true)]
    if internalAddress != external || internalInterface != interface {
      binds.append(Bind(address: internalAddress, interface: internalInterface))
    }
    return binds + extraTLS.map { Bind(address: $0, isExternal: true) }
  }
}

extension KeyedValues {
  fileprivate func addresses(_ key: String) -> [String] {
    var addresses: [String] = []
    forEach(key) {
      let address = text($0, $1)
      take(address, $1, isListeningAddress)
      addresses.append(address)
    }
    return addresses
  }
}
