internal import ByteText
internal import CPosix

/// A folder that is held: what is done in it is done in this very folder, whatever becomes of the
/// path by which it was found.
///
/// A module often runs as root in folders that belong to somebody else. Their owner may at any time
/// put a symlink where a folder was; a path that is looked at and then used again would lead the
/// module's next step to where the link points.
final class Folder {
  /// Held, and not open for reading: who may enter a folder may not always list it.
  let file: OpenFile

  init(_ file: consuming OpenFile) { self.file = file }

  /// As it was found, for messages.
  var path: String { file.path }
  var descriptor: Int32 { file.descriptor }

  /// The path of a name in it.
  func path(of name: String) -> String { join(path, name) }

  /// The path of a name in it, without symlinks.
  func truePath(of name: String) -> String {
    join(withName { cposix_true_path(descriptor, $0, $1) } ?? path, name)
  }

  private func join(_ folder: String, _ name: String) -> String {
    folder == "/" ? "/" + name : folder == "." ? name : "\(folder)/\(name)"
  }

  /// What the name stands for, a symlink itself; nil if nothing is there.
  func status(of name: String) throws(ModuleFailure) -> FileStatus? {
    var status = cposix_status()
    let result = cposix_stat(descriptor, name, 0, &status)
    if result == -Int32(CPOSIX_ENOENT) { return nil }
    try check(result, "look at", path(of: name))
    return FileStatus(status)
  }

  /// What it holds, in no particular order.
  func names() throws(ModuleFailure) -> [String] {
    var names: [String] = []
    let result = withUnsafeMutablePointer(to: &names) { names in
      cposix_list(descriptor, names) { context, name in
        context.assumingMemoryBound(to: [String].self).pointee.append(String(cString: name))
      }
    }
    try check(result, "list", path)
    return names
  }

  /// Waits until its names would survive a loss of power.
  func synchronize() throws(ModuleFailure) {
    try check(cposix_sync_folder(descriptor), "write", path)
  }

  /// Removes a file or symlink.
  func remove(_ name: String) throws(ModuleFailure) {
    try check(cposix_remove_file(descriptor, name), "remove", path(of: name))
    try synchronize()
  }

  /// A new name for what will take the name `name` once it is complete, after removal of what killed
  /// runs have left under such names.
  func temporaryName(for name: String) -> String {
    let prefix = ".ansible_tmp.\(String(name.scalars.prefix(60)))."
    removeAbandoned(prefix)
    return prefix + integerText(cposix_random(), radix: 36)
  }

  /// Removes files and empty folders with this prefix that nobody holds the lock of.
  private func removeAbandoned(_ prefix: String) {
    for name in (try? names()) ?? [] where name.begins(with: prefix) {
      guard let file = try? OpenFile(reading: name, in: self),
        cposix_try_lock(file.descriptor) == 0
      else { continue }
      if cposix_remove_file(descriptor, name) < 0 {
        _ = cposix_remove_directory(descriptor, name)
      }
    }
  }
}
