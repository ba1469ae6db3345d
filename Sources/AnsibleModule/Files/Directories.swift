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
    // Narrow until it has its owner; one that appeared meanwhile is as good as one that was there.
    let result = cposix_make_directory(directory, 0o700)
    if result == -Int32(CPOSIX_EEXIST) { continue }
    try check(result, "create the directory", directory)
    let isLast = directory == missing.last
    guard let status = try FileStatus.of(directory) else { continue }
    if isLast {
      try attributes.apply(to: directory, status)
    } else {
      try check(cposix_change_mode(directory, 0o755), "change the mode of", directory)
    }
  }
  return missing
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
