import AnsibleContent
import Collection
import Foundation

/// The checkout that these tests belong to.
enum Checkout {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let collection = root.appending(path: "galaxy/ansible_collections/\(inCollections)")
  /// The collection's folder inside `ansible_collections`.
  static let inCollections =
    "\(McapiCollection.metadata.namespace)/\(McapiCollection.metadata.name)"
  static let configuration = collection.appending(path: "playbooks/files/openstack_deploy")
  static let standIns = root.appending(path: "lab/stand-ins")
  /// Collections of others, which `make test` installs.
  static let collections = root.appending(path: ".tools/collections")

  /// The collection as the models describe it.
  static func models() throws -> AnsibleCollection {
    let template = root.appending(path: "collection-template")
    return try McapiCollection.collection(
      template: files(below: template).map { path in
        let file = template.appending(path: path)
        return StaticFile(
          path: path, contents: Array(try Data(contentsOf: file)), isExecutable: isExecutable(file))
      },
      changelog: String(contentsOf: root.appending(path: "CHANGELOG.md"), encoding: .utf8))
  }

  /// Paths of the committed files of the collection, without what is built inside it.
  static func committedFiles() throws -> [String] {
    try files(below: collection).filter { !BuildProducts.contains($0) }
  }

  static func files(below folder: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { path in
      var isFolder: ObjCBool = false
      let file = folder.appending(path: path).path
      return FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }

  static func isExecutable(_ file: URL) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
    return (attributes?[.posixPermissions] as? Int ?? 0) & 0o100 != 0
  }
}
