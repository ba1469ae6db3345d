internal import ByteText
internal import CPosix

extension FilePlace {
  /// Copies a file beside itself, as `NAME.PID.2026-01-31@23:59:59~`, with its owner, mode and SELinux
  /// context.
  /// - Returns: the path of the copy, which in check mode is only named.
  func backUp(isCheckMode: Bool) throws(ModuleFailure) -> String {
    let time =
      withName { text, size in
        cposix_local_time(text, size)
        return 1
      } ?? ""
    let suffix = ".\(Int(cposix_process_id())).\(time)~"
    if !isCheckMode {
      let file = try OpenFile(reading: name, in: folder)
      let status = try file.status()
      let bytes = try file.contents(limit: Int.max)
      try folder.replace(
        name + suffix, with: bytes, FileAttributes(), status, context: SecurityContext.of(file))
    }
    return path + suffix
  }
}
