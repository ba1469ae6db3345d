import AnsibleContent
import ArgumentParser
import Collection
import Foundation

/// The checkout: where the generator reads and writes.
struct Project {
  let root: URL

  var template: URL { root.appending(path: "collection-template") }
  var galaxy: URL { root.appending(path: "galaxy") }
  /// The folder of the generated collection.
  var collection: URL {
    galaxy.appending(
      path:
        "ansible_collections/\(McapiCollection.metadata.namespace)/\(McapiCollection.metadata.name)"
    )
  }

  /// Throws when neither `root` nor a folder above the current one is the project.
  init(root: String?) throws {
    var folder = URL(filePath: root ?? FileManager.default.currentDirectoryPath).standardizedFileURL
    while !Self.isProject(folder) {
      guard root == nil, folder.path != "/" else {
        throw ValidationError(
          "\(root ?? "the current folder") is not the project: it has no Package.swift with Sources/Collection beside it. Change to the checkout or pass --root."
        )
      }
      folder.deleteLastPathComponent()
    }
    self.root = folder
  }

  private static func isProject(_ folder: URL) -> Bool {
    ["Package.swift", "Sources/Collection"].allSatisfy {
      FileManager.default.fileExists(atPath: folder.appending(path: $0).path)
    }
  }

  /// The models, with the files of the template.
  func models() throws -> AnsibleCollection {
    let changelog = try String(contentsOf: root.appending(path: "CHANGELOG.md"), encoding: .utf8)
    return try McapiCollection.collection(template: templateFiles(), changelog: changelog)
  }

  private func templateFiles() throws -> [StaticFile] {
    try FileTree.files(below: template).map { path in
      let file = template.appending(path: path)
      return StaticFile(
        path: path, contents: Array(try Data(contentsOf: file)),
        isExecutable: FileTree.isExecutable(file))
    }
  }
}
