internal import ByteText
internal import CPosix

/// An open file, closed when it goes out of scope.
struct OpenFile: ~Copyable {
  let descriptor: Int32
  let path: String

  /// Takes over a descriptor.
  init(_ descriptor: Int32, _ path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  /// Opens for reading, without waiting for the writer of a FIFO; symlinks are followed.
  init(reading path: String) throws(ModuleFailure) {
    try checkPath(path)
    descriptor = try check(
      cposix_open_for_reading(Int32(CPOSIX_HERE), path, 1), "open", path)
    self.path = path
  }

  /// Opens a file or folder for reading; a symlink is refused.
  init(reading name: String, in folder: Folder) throws(ModuleFailure) {
    path = folder.path(of: name)
    descriptor = try check(cposix_open_for_reading(folder.descriptor, name, 0), "open", path)
  }

  /// Empties a file that is there.
  init(overwriting name: String, in folder: Folder) throws(ModuleFailure) {
    path = folder.path(of: name)
    descriptor = try check(cposix_open_for_overwriting(folder.descriptor, name), "write", path)
  }

  /// Creates a file, 0600, where nothing may be yet.
  init(creating name: String, in folder: Folder) throws(ModuleFailure) {
    path = folder.path(of: name)
    descriptor = try check(cposix_create_new(folder.descriptor, name), "create", path)
  }

  /// Holds whatever has this name, a symlink itself: its status and attributes can be asked for and
  /// changed, its content not be read.
  init(holding name: String, in folder: Folder) throws(ModuleFailure) {
    path = folder.path(of: name)
    descriptor = try check(cposix_hold(folder.descriptor, name), "look at", path)
  }

  /// Standard input, under a name for messages.
  init(standardInput name: String) {
    descriptor = 0
    path = name
  }

  deinit { _ = cposix_close(descriptor) }

  func status() throws(ModuleFailure) -> FileStatus {
    var status = cposix_status()
    try check(cposix_stat_descriptor(descriptor, &status), "look at", path)
    return FileStatus(status)
  }

  func write(_ bytes: [UInt8]) throws(ModuleFailure) {
    try check(cposix_write_all(descriptor, bytes, bytes.count), "write", path)
  }

  /// Waits until what was written would survive a loss of power.
  func synchronize() throws(ModuleFailure) {
    try check(cposix_sync(descriptor), "write", path)
  }

  /// What is left to read. Throws if it is more than `limit` bytes.
  func contents(limit: Int) throws(ModuleFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = cposix_read(descriptor, &chunk, chunk.count)
      if count < 0 { throw ModuleFailure("read", path, Int32(count)) }
      if count == 0 { return bytes }
      if bytes.count + Int(count) > limit {
        throw ModuleFailure("\(path) is larger than \(limit) bytes")
      }
      bytes += chunk[..<Int(count)]
    }
  }
}

/// The bytes of a regular file of at most `limit` bytes; symlinks are followed.
public func readFile(_ path: String, limit: Int) throws(ModuleFailure) -> [UInt8] {
  try OpenFile(reading: path).regularContents(limit: limit)
}

extension OpenFile {
  /// The bytes of what must be a regular file of at most `limit` bytes.
  func regularContents(limit: Int) throws(ModuleFailure) -> [UInt8] {
    let status = try status()
    switch status.kind {
    case .regular: break
    case .directory: throw ModuleFailure("\(path) is a directory")
    default: throw ModuleFailure("\(path) is not a regular file")
    }
    if status.size > limit {
      throw ModuleFailure("\(path) has \(status.size) bytes, more than the \(limit) it may have")
    }
    return try contents(limit: limit)
  }
}
