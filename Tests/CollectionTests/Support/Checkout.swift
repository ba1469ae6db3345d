import AnsibleContent
import Collection
import Foundation
import TestSupport

@testable import mcapi

/// The checkout that these tests belong to.
enum Checkout {
  static let root = ProjectFolder.root

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
    try Project(root: root.path).models()
  }

  /// Paths of the committed files of the collection, without what is built inside it.
  static func committedFiles() throws -> [String] {
    try files(below: collection).filter { !BuildProducts.contains($0) }
  }

  static func files(below folder: URL) throws -> [String] { try FileTree.files(below: folder) }

  static func isExecutable(_ file: URL) -> Bool { FileTree.isExecutable(file) }
}
