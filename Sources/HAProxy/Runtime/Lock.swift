internal import ByteText
internal import CPosix

extension RuntimeSocket {
  /// Runs `body` while no other one on this host runs it for a socket in the same folder: two that
  /// count servers and take one out at the same time could each take the other's last one.
  ///
  /// The folder is locked, since HAProxy makes the socket anew with each reload. Whoever may not read
  /// the folder runs without. Throws `.hung` if others hold it longer than the socket's time.
  public func exclusively<Value>(
    _ body: () throws(RuntimeError) -> Value
  ) throws(RuntimeError) -> Value {
    let folder = Array(
      path.bytes.prefix(upTo: path.bytes.lastIndex(of: 0x2F) ?? path.bytes.startIndex))
    let descriptor = cposix_open_for_reading(
      Int32(CPOSIX_HERE), folder.isEmpty ? "/" : String(bytes: folder), 1)
    if descriptor < 0 { return try body() }
    defer { _ = cposix_close(descriptor) }
    let end = cposix_clock() + Int64(timeout)
    while cposix_try_lock(descriptor) < 0 {
      if cposix_clock() >= end {
        throw RuntimeError(
          .hung,
          "another run has held the folder of \(path) for \(seconds(timeout)); it changes servers too"
        )
      }
      cposix_sleep(5)
    }
    return try body()
  }
}
