internal import ByteText
internal import CPosix

/// Replaces the content of a file, or creates it, so that whoever looks sees the old file or the
/// new one, whole, and with its final owner and mode: never a part, never wider permissions.
///
/// The new content is written beside the file, given owner and mode, brought to the disk, and only
/// then takes the name. Attributes that are not set are taken from the file that is there.
/// - Parameters:
///   - existing: what is at `path`; nil if nothing is.
///   - stage: a folder of the same file system to write in, where what reads the folder of `path`
///     reads all that is in it; nil is that folder.
public func replaceFile(
  _ path: String, with bytes: [UInt8], attributes: FileAttributes, existing: FileStatus?,
  stage: String? = nil
) throws(ModuleFailure) {
  try checkPath(path)
  do throws(ModuleFailure) {
    try replaceWhole(path, with: bytes, attributes, existing, stage: stage)
  } catch {
    let isBound = [CPOSIX_EPERM, CPOSIX_EACCES, CPOSIX_EBUSY, CPOSIX_EXDEV, CPOSIX_ETXTBSY]
      .contains(Int(error.systemError))
    guard attributes.allowsUnsafeWrites, isBound, existing != nil else { throw error }
    try OpenFile(overwriting: path).writeAndSynchronize(bytes)
    if let status = try FileStatus.of(path) { try attributes.apply(to: path, status) }
  }
  try attributes.applyFlags(to: path)
}

private func replaceWhole(
  _ path: String, with bytes: [UInt8], _ attributes: FileAttributes, _ existing: FileStatus?,
  stage: String?
) throws(ModuleFailure) {
  let folder = splitPath(path).folder
  let temporary = temporaryPath(for: path, in: stage ?? folder)
  let file = try OpenFile(creating: temporary)
  do throws(ModuleFailure) {
    // The lock tells the next run, should this one be killed, that nobody works on the file.
    _ = cposix_try_lock(file.descriptor)
    try file.write(bytes)
    try attributes.apply(to: file, existing)
    try attributes.setContext(of: temporary, replacing: path, existing)
    try file.synchronize()
    try check(cposix_rename(temporary, path), "replace", path)
  } catch {
    _ = cposix_remove_file(temporary)
    throw error
  }
  try OpenFile(directory: folder).synchronize()
}

/// Removes a file or symlink; its folder is brought to the disk.
public func removeFile(_ path: String) throws(ModuleFailure) {
  try checkPath(path)
  try check(cposix_remove_file(path), "remove", path)
  try OpenFile(directory: splitPath(path).folder).synchronize()
}

/// The folder of a path and the name in it.
public func splitPath(_ path: String) -> (folder: String, name: String) {
  let scalars = path.scalars
  func withoutSlashes(_ end: Int) -> Int {
    var end = end
    while end > 1, scalars[end - 1] == "/" { end -= 1 }
    return end
  }
  let end = withoutSlashes(scalars.count)
  guard let slash = scalars[..<end].lastIndex(of: "/") else { return (".", path) }
  let folder = slash == 0 ? "/" : String(scalars[..<withoutSlashes(slash)])
  return (folder, String(scalars[(slash + 1)..<end]))
}

extension FileAttributes {
  /// Gives a new file the SELinux context of the one it replaces, or of the policy for its path,
  /// with the parts that are asked for.
  fileprivate func setContext(
    of temporary: String, replacing path: String, _ existing: FileStatus?
  ) throws(ModuleFailure) {
    guard SecurityContext.isOn,
      let usual = (existing == nil ? nil : SecurityContext.of(path)) ?? SecurityContext.usual(path)
    else { return }
    do throws(ModuleFailure) {
      try SecurityContext.set(context.context(changing: usual, at: path), of: temporary)
    } catch {
      // Some file systems keep no contexts, which matters to who asks for one.
      if !context.isEmpty || error.systemError != Int32(CPOSIX_EOPNOTSUPP) { throw error }
    }
  }

  /// Prepares a new file that will stand in for `existing`.
  fileprivate func apply(
    to file: borrowing OpenFile, _ existing: FileStatus?
  ) throws(ModuleFailure) {
    let made = try file.status()
    let uid = owner?.id ?? existing?.owner ?? made.owner
    let gid = group?.id ?? existing?.group ?? made.group
    if uid != made.owner || gid != made.group {
      let result = cposix_change_owner_descriptor(file.descriptor, uid, gid)
      // As Ansible does, an owner nobody asked for is kept only where that is allowed.
      let isAsked = owner != nil || group != nil
      if isAsked || result != -Int32(CPOSIX_EPERM) {
        try check(result, "set the owner of", file.path)
      }
    }
    let usual = existing?.mode ?? 0o666 & ~Int(cposix_umask())
    let bits = mode?.bits(changing: usual, isDirectory: false) ?? usual
    try check(
      cposix_change_mode_descriptor(file.descriptor, UInt32(bits)), "set the mode of", file.path)
  }
}

/// A new name beside `path` for what will take its name once it is complete, after removal of what
/// killed runs have left under such names.
func temporaryPath(for path: String) -> String {
  temporaryPath(for: path, in: splitPath(path).folder)
}

private func temporaryPath(for path: String, in folder: String) -> String {
  let (_, name) = splitPath(path)
  let prefix = ".ansible_tmp.\(String(name.scalars.prefix(60)))."
  removeAbandoned(prefix, in: folder)
  return "\(folder)/\(prefix)\(String(cposix_random(), radix: 36))"
}

/// Removes files and empty folders with this prefix that nobody holds the lock of.
private func removeAbandoned(_ prefix: String, in folder: String) {
  for name in (try? namesInDirectory(folder)) ?? [] where name.begins(with: prefix) {
    let path = "\(folder)/\(name)"
    guard let file = try? OpenFile(reading: path), cposix_try_lock(file.descriptor) == 0 else {
      continue
    }
    if cposix_remove_file(path) < 0 { _ = cposix_remove_directory(path) }
  }
}
