internal import ByteText
internal import JSON

/// An attribute of a cluster template that a client sets.
///
/// Facts: `ClusterTemplate` and `ClusterTemplatePatchType` of Magnum 21 to 23.
struct TemplateField: Sendable {
  enum Kind: Sendable {
    case text, flag, number, labels
  }

  let name: String
  let kind: Kind
  /// Whether it may be taken away; Magnum keeps the others for good.
  let isRemovable: Bool
  /// Whether it may change while clusters refer to the template; see also the change itself.
  let isChangeableInUse: Bool

  private init(
    _ name: String, _ kind: Kind = .text, stays: Bool = false, changeable: Bool = false
  ) {
    self.name = name
    self.kind = kind
    isRemovable = !stays
    isChangeableInUse = changeable
  }

  static var all: [TemplateField] {
    [
      TemplateField("name", stays: true, changeable: true),
      TemplateField("coe", stays: true),
      TemplateField("server_type", stays: true),
      TemplateField("image_id", stays: true),
      TemplateField("flavor_id"),
      TemplateField("master_flavor_id"),
      TemplateField("keypair_id"),
      TemplateField("external_network_id", stays: true),
      TemplateField("fixed_network"),
      TemplateField("fixed_subnet"),
      TemplateField("dns_nameserver"),
      TemplateField("network_driver", stays: true),
      TemplateField("volume_driver"),
      TemplateField("docker_storage_driver"),
      TemplateField("docker_volume_size", .number),
      TemplateField("apiserver_port", .number),
      TemplateField("http_proxy"),
      TemplateField("https_proxy"),
      TemplateField("no_proxy"),
      TemplateField("insecure_registry"),
      TemplateField("registry_enabled", .flag, stays: true),
      TemplateField("tls_disabled", .flag, stays: true),
      TemplateField("floating_ip_enabled", .flag, stays: true),
      TemplateField("master_lb_enabled", .flag, stays: true),
      TemplateField("driver", stays: true),
      TemplateField("labels", .labels, stays: true),
      TemplateField("tags", changeable: true),
      TemplateField("public", .flag, stays: true, changeable: true),
      TemplateField("hidden", .flag, stays: true, changeable: true),
    ]
  }
}
