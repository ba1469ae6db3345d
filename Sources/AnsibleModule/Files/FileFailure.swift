internal import ByteText
internal import CPosix

extension ModuleFailure {
  /// The system refused an operation on a file: "cannot open /etc/x: Permission denied".
  /// - Parameter error: a negative errno, as CPosix returns it.
  @inline(never)
  init(
    _ action: String, _ path: String, _ error: Int32, file: StaticString = #fileID,
    line: Int = #line
  ) {
    let text = String(cString: cposix_error_text(-error))
    self.init(
      "cannot \(action) \(path): \(text)\(hint(for: -error))", systemError: -error, file: file,
      line: line)
  }
}

/// Where the words of the system leave open what to do.
private func hint(for error: Int32) -> String {
  switch Int(error) {
  case CPOSIX_EPERM: "; it may be immutable (see lsattr), or this needs root (become: true)"
  case CPOSIX_EACCES: "; become a user who may (become: true)"
  case CPOSIX_ENOSPC: "; make room on its file system"
  case CPOSIX_EROFS: "; choose a path on a file system that is writable"
  default: ""
  }
}

/// Throws for a negative result of CPosix, else returns it.
@discardableResult
func check(
  _ result: Int32, _ action: String, _ path: String, file: StaticString = #fileID,
  line: Int = #line
) throws(ModuleFailure) -> Int32 {
  if result < 0 { throw ModuleFailure(action, path, result, file: file, line: line) }
  return result
}

/// C strings end at the first NUL: such a path would name another file.
func checkPath(_ path: String) throws(ModuleFailure) {
  if path.isEmpty { throw ModuleFailure("the path is empty") }
  if path.bytes.contains(0) { throw ModuleFailure("the path has a NUL byte") }
}
