internal import ByteText
internal import CPosix

extension RuntimeSocket {
  /// Runs `body` while no other one on this host runs it for a socket in the same folder: two that
  /// count servers and take one out at the same time could each take the other's last one.
  ///
  /// The folder is locked, since HAProxy makes the socket anew with each reload. Throws `.hung` if
  /// others hold it longer than the socket's time.
  public func exclusively<Value>(
    _ body: () throws(RuntimeError) -> Value
  ) throws(RuntimeError) -> Value {
    let lock = try lock(
      folderOf: path, milliseconds: timeout, whose: "it changes servers too")
    defer { if let lock { _ = cposix_close(lock) } }
    return try body()
  }
}

/// Takes the lock of the folder of HAProxy's configuration, which one run on this host has at a time,
/// until the process ends: two that put the configuration together at the same time could each leave
/// out the other's service.
///
/// Throws `.hung` if others hold it longer than that.
public func lockConfiguration(_ path: String, milliseconds: Int) throws(RuntimeError) {
  _ = try lock(
    folderOf: path, milliseconds: milliseconds, whose: "it writes HAProxy's configuration too")
}

/// Locks a folder itself, so that no file is left behind. Whoever may not read it runs without.
/// - Returns: the descriptor that holds the lock until it is closed.
private func lock(
  folderOf path: String, milliseconds: Int, whose: String
) throws(RuntimeError) -> Int32? {
  let bytes = Array(path.bytes.prefix(upTo: path.bytes.lastIndex(of: 0x2F) ?? 0))
  let folder = bytes.isEmpty ? "/" : String(bytes: bytes)
  let descriptor = cposix_open_for_reading(Int32(CPOSIX_HERE), folder, 1)
  if descriptor < 0 { return nil }
  let end = cposix_clock() + Int64(milliseconds)
  while cposix_try_lock(descriptor) < 0 {
    if cposix_clock() >= end {
      _ = cposix_close(descriptor)
      throw RuntimeError(
        .hung,
        "another run has held the lock of the folder \(folder) for \(seconds(milliseconds)); \(whose)"
      )
    }
    cposix_sleep(5)
  }
  return descriptor
}
