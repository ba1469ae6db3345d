public import AnsibleContent

/// The collection osa_ops.mcapi_vexxhost.
public enum McapiCollection {
  public static let metadata = Metadata.galaxy

  /// The whole collection.
  ///
  /// - Parameters:
  ///   - template: The files of `collection-template`, with paths inside it.
  ///   - changelog: The text of the project's CHANGELOG.md.
  public static func collection(template: [StaticFile], changelog: String) throws
    -> AnsibleCollection
  {
    let prose = template.filter { $0.path.hasSuffix(".md") }
    return AnsibleCollection(
      metadata: metadata,
      playbooks: Playbooks.all,
      roles: roles,
      configuration: Configuration.files,
      staticFiles: template.filter { !$0.path.hasSuffix(".md") },
      documents: try prose.map(Prose.completed) + roles.map(RoleReference.file)
        + [Changelog.file(from: changelog)] + ModuleDocumentation.files() + ActionPlugins.files(),
      known: Ansible.all + OSA.all + Operator.all + HandedOver.all)
  }

  static let roles: [any Role] = [
    ProxyRole(), RustRole(), ImagesRole(), ClusterTemplatesRole(), WorkloadClusterRole(),
    SonobuoyRole(),
  ]
}
