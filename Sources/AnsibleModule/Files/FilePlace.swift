internal import ByteText
internal import CPosix

/// Where a file is, or would be: its folder, held, and its name in it.
struct FilePlace {
  /// As it was given, or where a followed symlink leads.
  let path: String
  /// The folder, as far as it is there.
  var walk: FolderWalk
  let name: String
  /// What is there, maybe a symlink; nil if nothing is.
  let existing: FileStatus?

  /// - Parameter follows: whether a symlink of that name is followed to the file it points to, under
  ///   the rule for folders: `FolderWalk`.
  init(_ path: String, follows: Bool = false) throws(ModuleFailure) {
    var place = path
    var links = SymlinkCount(path)
    while true {
      let (folder, name) = splitPath(place)
      let walk = try FolderWalk(folder)
      let existing = try walk.end?.status(of: name)
      if follows, existing?.kind == .symlink {
        try links.count()
        let target = try OpenFile(holding: name, in: walk.folder).target()
        place = target.begins(with: "/") ? target : walk.folder.truePath(of: target)
        continue
      }
      let isFollowed = place != path
      self.path = isFollowed && walk.missing.isEmpty ? walk.folder.truePath(of: name) : place
      self.walk = walk
      self.name = name
      self.existing = existing
      return
    }
  }

  /// The folder; throws where it is missing.
  var folder: Folder {
    get throws(ModuleFailure) {
      guard let folder = walk.end else {
        throw ModuleFailure("open", splitPath(path).folder, -Int32(CPOSIX_ENOENT))
      }
      return folder
    }
  }
}
