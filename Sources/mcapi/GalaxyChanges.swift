import AnsibleContent
import Collection
import Foundation

/// The difference between the collection that the models describe and the one under galaxy/.
struct GalaxyChanges {
  enum Change {
    case create(GeneratedFile)
    case replace(GeneratedFile)
    case remove(path: String)

    var path: String {
      switch self {
      case .create(let file), .replace(let file): file.path
      case .remove(let path): path
      }
    }
    var verb: String {
      switch self {
      case .create: "create"
      case .replace: "change"
      case .remove: "remove"
      }
    }
  }

  let folder: URL
  let fileCount: Int
  let changes: [Change]

  /// Throws `Refusal` when a model breaks a rule.
  init(of project: Project) throws {
    let folder = project.collection
    let files = try project.models().files()
    let wanted = Set(files.map(\.path))
    self.folder = folder
    fileCount = files.count
    let written = files.compactMap { file -> Change? in
      let url = folder.appending(path: file.path)
      guard let present = try? Data(contentsOf: url) else { return .create(file) }
      let isSame = Array(present) == file.bytes && FileTree.isExecutable(url) == file.isExecutable
      return isSame ? nil : .replace(file)
    }
    let stale = try FileTree.files(below: folder).filter {
      !wanted.contains($0) && !BuildProducts.contains($0)
    }
    changes = (written + stale.map { .remove(path: $0) }).sorted { $0.path < $1.path }
  }

  /// Makes galaxy/ what the models say.
  func apply() throws {
    for change in changes {
      let file = folder.appending(path: change.path)
      switch change {
      case .create(let wanted), .replace(let wanted):
        try FileTree.write(wanted.bytes, to: file, executable: wanted.isExecutable)
      case .remove:
        try FileTree.remove(file, upTo: folder)
      }
    }
  }
}
