internal import ByteText
internal import CPosix

/// How far the folders of a path are there.
struct FolderWalk {
  /// The last folder that is there, held.
  var folder: Folder
  /// The names below it that are not, outermost first; none if all of the path is there.
  var missing: [String] = []

  /// The folder that the whole path leads to; nil where it is missing.
  var end: Folder? { missing.isEmpty ? folder : nil }

  /// Goes a path from folder to folder, each held before the next is looked for in it.
  ///
  /// Symlinks on the way are followed where root or the user who runs this has made them, as an
  /// administrator does who moves /var to another disk. One that is somebody else's is refused: its
  /// owner would choose where the module writes. The kernel has the same rule for /tmp,
  /// fs.protected_symlinks.
  init(_ path: String) throws(ModuleFailure) {
    try checkPath(path)
    folder = try path.start
    var names = [String](path.components.reversed())
    var links = SymlinkCount(path)
    while let name = names.popLast() {
      let place = folder.path(of: name)
      let result = cposix_hold_folder(folder.descriptor, name)
      switch Int(result) {
      case -CPOSIX_ENOENT:
        missing = [name] + names.reversed()
        return
      case -CPOSIX_ENOTDIR:
        // This may be the link's end, a file or a folder that came since.
        let held = try OpenFile(holding: name, in: folder)
        guard try held.status().kind == .symlink else {
          throw ModuleFailure("open", place, result)
        }
        try links.count()
        let target = try held.target()
        if target.begins(with: "/") { folder = try target.start }
        names += target.components.reversed()
      default:
        folder = Folder(OpenFile(try check(result, "open", place), place))
      }
    }
  }
}

/// Stops after as many symlinks as the kernel would follow.
struct SymlinkCount {
  private let path: String
  private var left = 40

  init(_ path: String) { self.path = path }

  mutating func count() throws(ModuleFailure) {
    if left == 0 { throw ModuleFailure("follow", path, -Int32(CPOSIX_ELOOP)) }
    left -= 1
  }
}

extension OpenFile {
  /// Where a held symlink points. Throws if it belongs to somebody who could point it elsewhere.
  func target() throws(ModuleFailure) -> String {
    let owner = try status().owner
    if owner != 0 && owner != cposix_effective_user() {
      throw ModuleFailure(
        "\(path) is a symlink of \(Accounts.userName(owner)), who decides where it leads: it is not"
          + " followed; name the path that it points to, or give the link to root"
          + " (chown -h root \(path))")
    }
    guard let target = withName({ cposix_read_link(descriptor, $0, $1) }) else {
      throw ModuleFailure("\(path) is a symlink that cannot be read")
    }
    return target
  }
}

extension String {
  /// The folder that a path begins at.
  fileprivate var start: Folder {
    get throws(ModuleFailure) {
      let start = begins(with: "/") ? "/" : "."
      let held = cposix_hold_folder(Int32(CPOSIX_HERE), start)
      return Folder(OpenFile(try check(held, "open", start), start))
    }
  }

  /// The names in a path.
  fileprivate var components: [String] {
    var names: [String] = []
    for name in bytes[...].parts(at: UInt8(ascii: "/")) where !name.isEmpty && !name.isText(".") {
      names.append(String(bytes: name))
    }
    return names
  }
}
