/// A whole collection: what the generator checks and writes.
public struct AnsibleCollection: Sendable {
  public let metadata: GalaxyMetadata
  public let playbooks: [Playbook]
  public let roles: [any Role]
  /// Variable files that ship with the collection, such as group_vars examples.
  public let configuration: [PlacedVariableFile]
  /// Files that enter the collection as they are, header added: templates, scripts, plugins.
  public let staticFiles: [StaticFile]
  /// Documents and metadata that somebody made from the models.
  public let documents: [GeneratedFile]
  /// Variables that playbooks and roles may use beside their own: the operator's,
  /// OpenStack-Ansible's and Ansible's.
  public let known: [Variable]

  public init(
    metadata: GalaxyMetadata, playbooks: [Playbook], roles: [any Role],
    configuration: [PlacedVariableFile], staticFiles: [StaticFile], documents: [GeneratedFile],
    known: [Variable]
  ) {
    self.metadata = metadata
    self.playbooks = playbooks
    self.roles = roles
    self.configuration = configuration
    self.staticFiles = staticFiles
    self.documents = documents
    self.known = known
  }

  /// Every file of the collection, sorted by path.
  ///
  /// Throws ``Refusal`` with every problem found when a model breaks a rule; nothing is half done
  /// then.
  public func files() throws -> [GeneratedFile] {
    let problems = Rules.problems(in: self)
    guard problems.isEmpty else { throw Refusal(problems: problems) }
    let files =
      try playbooks.map { try $0.file() } + roles.flatMap { try $0.files(metadata: metadata) }
      + configuration.map { try $0.generatedFile() } + metadata.files()
      + staticFiles.map(\.generatedFile) + documents
    let paths = files.map(\.path)
    let twice = Set(paths.filter { path in paths.count(where: { $0 == path }) > 1 }).sorted()
    guard twice.isEmpty else {
      throw Refusal(
        problems: twice.map {
          Problem(
            file: $0, place: "the collection", "two models write this file", "keep one of them")
        })
    }
    return files.sorted { $0.path < $1.path }
  }

  /// Every use of the escape hatch, with its place in the sources.
  public var rawJinja: [RawJinja] { Readings(of: self).all.flatMap(\.raw) }
}

/// Why nothing was generated.
public struct Refusal: Error, CustomStringConvertible {
  public let problems: [Problem]

  public init(problems: [Problem]) { self.problems = problems }

  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
