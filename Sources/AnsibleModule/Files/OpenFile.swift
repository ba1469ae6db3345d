internal import ByteText
internal import CPosix

/// An open file, closed when it goes out of scope.
struct OpenFile: ~Copyable {
  let descriptor: Int32
  let path: String

  /// Opens for reading, without waiting for the writer of a FIFO.
  init(reading path: String) throws(ModuleFailure) {
    try checkPath(path)
    descriptor = try check(cposix_open_for_reading(path), "open", path)
    self.path = path
  }

  /// Empties a file that is there.
  init(overwriting path: String) throws(ModuleFailure) {
    try checkPath(path)
    descriptor = try check(cposix_open_for_overwriting(path), "write", path)
    self.path = path
  }

  init(directory path: String) throws(ModuleFailure) {
    descriptor = try check(cposix_open_directory(path), "open", path)
    self.path = path
  }

  /// Creates a file, 0600, where nothing may be yet.
  init(creating path: String) throws(ModuleFailure) {
    descriptor = try check(cposix_create_new(path), "create", path)
    self.path = path
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

  consuming func writeAndSynchronize(_ bytes: [UInt8]) throws(ModuleFailure) {
    try write(bytes)
    try synchronize()
  }

  /// Waits until what was written, or for a folder its names, would survive a loss of power.
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
  let file = try OpenFile(reading: path)
  let status = try file.status()
  switch status.kind {
  case .regular: break
  case .directory: throw ModuleFailure("\(path) is a directory")
  default: throw ModuleFailure("\(path) is not a regular file")
  }
  if status.size > limit {
    throw ModuleFailure("\(path) has \(status.size) bytes, more than the \(limit) it may have")
  }
  return try file.contents(limit: limit)
}
