/// What Galaxy, ansible-galaxy and Ansible itself want to know of a collection.
public struct GalaxyMetadata: Sendable {
  public let namespace: String
  public let name: String
  public let version: String
  public let summary: String
  public let authors: [String]
  /// SPDX identifiers.
  public let licenses: [String]
  public let tags: [String]
  public let dependencies: [(collection: String, range: String)]
  /// Addresses by galaxy.yml's own keys: repository, documentation, homepage, issues.
  public let links: [(key: String, url: String)]
  public let buildIgnore: [String]
  /// The range of ansible-core versions, such as `>=2.15.0`.
  public let requiresAnsible: String
  /// Names of the collection's modules, for `module_defaults` with `group/NAME`.
  public let actionGroup: (name: String, modules: [String])

  public init(
    namespace: String, name: String, version: String, summary: String, authors: [String],
    licenses: [String], tags: [String], dependencies: [(collection: String, range: String)],
    links: [(key: String, url: String)], buildIgnore: [String], requiresAnsible: String,
    actionGroup: (name: String, modules: [String])
  ) {
    self.namespace = namespace
    self.name = name
    self.version = version
    self.summary = summary
    self.authors = authors
    self.licenses = licenses
    self.tags = tags
    self.dependencies = dependencies
    self.links = links
    self.buildIgnore = buildIgnore
    self.requiresAnsible = requiresAnsible
    self.actionGroup = actionGroup
  }

  /// `namespace.name`
  public var fullName: String { "\(namespace).\(name)" }
  /// The file that ansible-galaxy makes of this version.
  public var tarball: String { "\(namespace)-\(name)-\(version).tar.gz" }
}
