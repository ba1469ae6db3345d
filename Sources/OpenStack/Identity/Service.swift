internal import ByteText

/// A service of OpenStack, by its names in catalogs and settings.
///
/// Facts: service-types-authority, as os-service-types 1.8 has it.
public struct Service: Sendable {
  /// The official type and those it had before; the order in which settings are looked for.
  let types: [String]
  /// The type as it stands in catalogs and headers.
  let name: String
  /// What the addresses of its API end with; catalogs name it, or leave it out.
  let versionPath: String

  /// Magnum.
  public static let containerInfra = Service(
    types: ["container-infrastructure-management", "container-infrastructure", "container-infra"],
    name: "container-infra", versionPath: "v1")
  /// Glance.
  public static let image = Service("image", "v2")
  /// Nova.
  public static let compute = Service("compute", "v2.1")
  /// Neutron.
  public static let network = Service("network", "v2.0")
  /// Keystone.
  public static let identity = Service("identity", "v3")

  init(types: [String], name: String, versionPath: String) {
    self.types = types
    self.name = name
    self.versionPath = versionPath
  }

  /// One that has never had another name.
  @inline(never)
  private init(_ name: String, _ versionPath: String) {
    self.init(types: [name], name: name, versionPath: versionPath)
  }

  /// A root address with the version of the API at its end.
  @inline(never)
  func versioned(_ address: String) -> String {
    let address = address.withoutLast(UInt8(ascii: "/"))
    let start = address.place(of: "://").map { $0 + 3 } ?? 0
    for step in address.part(from: start).parts(at: UInt8(ascii: "/")).dropFirst() {
      let bytes = step.bytes
      // v2, v2.1: also where a project follows, as old catalogs of Nova have it.
      if bytes.count > 1, bytes[0] == UInt8(ascii: "v"),
        bytes[1] >= UInt8(ascii: "1") && bytes[1] <= UInt8(ascii: "9")
      {
        return address
      }
    }
    return address + "/" + versionPath
  }
}
