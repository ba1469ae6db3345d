import AnsibleContent

/// Files inside the collection's folder that are built, not generated: git ignores them, and the
/// generator leaves them alone.
public enum BuildProducts {
  /// The module as ansible finds it, for x86_64.
  public static func modulePath(_ name: String) -> String { "plugins/modules/\(name)" }
  /// The module for another architecture, by what `uname -m` says there.
  public static func modulePath(_ name: String, architecture: String) -> String {
    "files/modules/\(architecture)/\(name)"
  }

  public static func contains(_ path: String) -> Bool {
    let isModule = path.hasPrefix("plugins/modules/") && !path.contains(".")
    return isModule || path.hasPrefix("files/modules/") || path.hasPrefix("tests/output/")
      || path.hasSuffix(".tar.gz")
  }

  /// Every compiled module.
  public static var modules: [String] { McapiCollection.metadata.actionGroup.modules }
}
