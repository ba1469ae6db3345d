import Foundation

/// What lies below a folder, each entry with what a reader of it could see.
struct FileTree: Equatable {
  struct Entry: Equatable {
    let mode: Int
    let owner: String
    let group: String
    /// Nil for a folder.
    let content: Data?

    /// Whether only the owner may do anything with it.
    var isPrivate: Bool { mode & 0o077 == 0 }

    /// Whether both are files, or folders, and open to the same people for the same.
    func hasAttributes(of other: Entry) -> Bool {
      mode == other.mode && owner == other.owner && group == other.group
        && (content == nil) == (other.content == nil)
    }
  }

  /// By path relative to the folder.
  private(set) var entries: [String: Entry] = [:]

  init(of folder: String) throws {
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let found = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(path)")
      let isFile = found[.type] as? FileAttributeType == .typeRegular
      entries[path] = Entry(
        mode: found[.posixPermissions] as? Int ?? -1,
        owner: found[.ownerAccountName] as? String ?? "",
        group: found[.groupOwnerAccountName] as? String ?? "",
        content: isFile ? try Data(contentsOf: URL(filePath: "\(folder)/\(path)")) : nil)
    }
  }

  /// Files and folders that a run makes beside the ones it is asked for.
  var temporary: [String] {
    entries.keys.filter { URL(filePath: $0).lastPathComponent.hasPrefix(".ansible_tmp.") }
  }
}
