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
  let place = try FilePlace(path)
  var stageFolder: Folder?
  if let stage { stageFolder = try FolderWalk(stage).folder }
  try place.folder.replace(place.name, with: bytes, attributes, existing, stage: stageFolder)
}

/// Removes a file or symlink; its folder is brought to the disk.
public func removeFile(_ path: String) throws(ModuleFailure) {
  let place = try FilePlace(path)
  try place.folder.remove(place.name)
}

extension Folder {
  /// `replaceFile` for a name in this folder.
  /// - Parameter context: the SELinux context of a new file; nil takes that of the file which is
  ///   replaced, or the policy's.
  func replace(
    _ name: String, with bytes: [UInt8], _ attributes: FileAttributes, _ existing: FileStatus?,
    context: String? = nil, stage: Folder? = nil
  ) throws(ModuleFailure) {
    do throws(ModuleFailure) {
      try replaceWhole(name, with: bytes, attributes, existing, context, in: stage ?? self)
    } catch {
      let isBound = [CPOSIX_EPERM, CPOSIX_EACCES, CPOSIX_EBUSY, CPOSIX_EXDEV, CPOSIX_ETXTBSY]
        .contains(Int(error.systemError))
      guard attributes.allowsUnsafeWrites, isBound, existing != nil else { throw error }
      let file = try OpenFile(overwriting: name, in: self)
      try file.write(bytes)
      try file.synchronize()
      try attributes.apply(to: file, try file.status())
    }
    if attributes.flags != nil { try attributes.applyFlags(to: OpenFile(holding: name, in: self)) }
  }

  private func replaceWhole(
    _ name: String, with bytes: [UInt8], _ attributes: FileAttributes, _ existing: FileStatus?,
    _ context: String?, in stage: Folder
  ) throws(ModuleFailure) {
    let temporary = stage.temporaryName(for: name)
    let file = try OpenFile(creating: temporary, in: stage)
    do throws(ModuleFailure) {
      // The lock tells the next run, should this one be killed, that nobody works on the file.
      _ = cposix_try_lock(file.descriptor)
      try file.write(bytes)
      try attributes.apply(toNew: file, existing)
      let old = existing == nil || context != nil ? context : try self.context(of: name)
      try attributes.setContext(ofNew: file, name, in: self, like: old)
      try file.synchronize()
      try check(
        cposix_rename(stage.descriptor, temporary, descriptor, name), "replace", path(of: name))
    } catch {
      _ = cposix_remove_file(stage.descriptor, temporary)
      throw error
    }
    try synchronize()
  }

  /// The SELinux context of what has this name; nil where SELinux is off.
  private func context(of name: String) throws(ModuleFailure) -> String? {
    SecurityContext.isOn ? SecurityContext.of(try OpenFile(holding: name, in: self)) : nil
  }
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
  /// Prepares a new file that will stand in for `existing`.
  fileprivate func apply(
    toNew file: borrowing OpenFile, _ existing: FileStatus?
  ) throws(ModuleFailure) {
    let made = try file.status()
    let uid = owner?.id ?? existing?.owner ?? made.owner
    let gid = group?.id ?? existing?.group ?? made.group
    if uid != made.owner || gid != made.group {
      let result = cposix_change_owner(file.descriptor, uid, gid)
      // As Ansible does, an owner nobody asked for is kept only where that is allowed.
      let isAsked = owner != nil || group != nil
      if isAsked || result != -Int32(CPOSIX_EPERM) {
        try check(result, "set the owner of", file.path)
      }
    }
    let usual = existing?.mode ?? 0o666 & ~Int(cposix_umask())
    let bits = mode?.bits(changing: usual, isDirectory: false) ?? usual
    try check(cposix_change_mode(file.descriptor, UInt32(bits)), "set the mode of", file.path)
  }
}
