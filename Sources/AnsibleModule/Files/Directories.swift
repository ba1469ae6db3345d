internal import ByteText
internal import CPosix

/// Makes sure that `path` is a directory, as `mkdir -p` does, and gives the attributes to it if it
/// had to be made; folders made on the way get 0755.
/// - Returns: the directories made, outermost first.
public func makeDirectory(
  _ path: String, attributes: FileAttributes
) throws(ModuleFailure) -> [String] {
  let missing = try missingDirectories(path)
  for directory in missing {
    try makeOne(
      directory, directory == missing.last ? attributes : FileAttributes(mode: .bits(0o755)))
  }
  return missing
}

/// A directory takes its name last, like a file: one that a killed run has left without its owner
/// would look to the next run like one that somebody wants as it is.
private func makeOne(
  _ directory: String, _ attributes: FileAttributes
) throws(ModuleFailure) {
  let temporary = temporaryPath(for: directory)
  try check(cposix_make_directory(temporary, 0o700), "create the directory", directory)
  do throws(ModuleFailure) {
    let open = try OpenFile(directory: temporary)
    _ = cposix_try_lock(open.descriptor)
    try attributes.apply(to: temporary, try open.status())
    let result = cposix_rename(temporary, directory)
    // One that appeared meanwhile is as good as one that was there.
    if result < 0, try FileStatus.of(directory, followingSymlink: true)?.kind == .directory {
      _ = cposix_remove_directory(temporary)
      return
    }
    try check(result, "create the directory", directory)
  } catch {
    _ = cposix_remove_directory(temporary)
    throw error
  }
}

/// The directories that `makeDirectory` would make, outermost first.
public func missingDirectories(_ path: String) throws(ModuleFailure) -> [String] {
  var missing: [String] = []
  var directory = path
  while true {
    if let status = try FileStatus.of(directory, followingSymlink: true) {
      guard status.kind == .directory else {
        throw ModuleFailure("\(directory) is not a directory")
      }
      return missing
    }
    missing.insert(directory, at: 0)
    let (folder, _) = splitPath(directory)
    if folder == directory || folder == "." { return missing }
    directory = folder
  }
}

/// The names in a folder, in no particular order.
public func namesInDirectory(_ path: String) throws(ModuleFailure) -> [String] {
  try checkPath(path)
  var names: [String] = []
  let result = withUnsafeMutablePointer(to: &names) { names in
    cposix_list(path, names) { context, name in
      context.assumingMemoryBound(to: [String].self).pointee.append(String(cString: name))
    }
  }
  try check(result, "list", path)
  return names
}
