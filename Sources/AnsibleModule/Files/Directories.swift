internal import ByteText
internal import CPosix

/// Makes sure that `path` is a directory, as `mkdir -p` does, and gives the attributes to it if it
/// had to be made; folders made on the way get 0755.
/// - Returns: the directories made, outermost first.
public func makeDirectory(
  _ path: String, attributes: FileAttributes
) throws(ModuleFailure) -> [String] {
  var walk = try FolderWalk(path)
  return try walk.makeMissing(attributes)
}

extension FolderWalk {
  /// Makes the folders that are missing, so that the walk ends in the last.
  /// - Returns: their paths, outermost first.
  mutating func makeMissing(_ attributes: FileAttributes) throws(ModuleFailure) -> [String] {
    var made: [String] = []
    var usual = FileAttributes(mode: .bits(0o755))
    usual.context.specialFileSystems = attributes.context.specialFileSystems
    for place in missing.indices {
      let isLast = place == missing.count - 1
      folder = try folder.makeFolder(missing[place], isLast ? attributes : usual)
      made.append(folder.path)
    }
    missing = []
    return made
  }
}

extension Folder {
  /// A directory takes its name last, like a file: one that a killed run has left without its owner
  /// would look to the next run like one that somebody wants as it is.
  fileprivate func makeFolder(
    _ name: String, _ attributes: FileAttributes
  ) throws(ModuleFailure) -> Folder {
    let place = path(of: name)
    let temporary = temporaryName(for: name)
    try check(
      cposix_make_directory(descriptor, temporary, 0o700), "create the directory", place)
    do throws(ModuleFailure) {
      let open = try OpenFile(reading: temporary, in: self)
      _ = cposix_try_lock(open.descriptor)
      try attributes.setContext(ofNew: open, name, in: self, like: nil)
      try attributes.apply(to: open, try open.status())
      let result = cposix_rename(descriptor, temporary, descriptor, name)
      if result < 0 { _ = cposix_remove_directory(descriptor, temporary) }
      // One that appeared meanwhile is as good as one that was there.
      let held =
        result < 0
        ? cposix_hold_folder(descriptor, name) : cposix_hold_folder(open.descriptor, ".")
      if held < 0 {
        throw ModuleFailure("create the directory", place, result < 0 ? result : held)
      }
      return Folder(OpenFile(held, place))
    } catch {
      _ = cposix_remove_directory(descriptor, temporary)
      throw error
    }
  }
}

/// The names in a folder, in no particular order.
public func namesInDirectory(_ path: String) throws(ModuleFailure) -> [String] {
  guard let folder = try FolderWalk(path).end else {
    throw ModuleFailure("list", path, -Int32(CPOSIX_ENOENT))
  }
  return try folder.names()
}
