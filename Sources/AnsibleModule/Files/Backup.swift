internal import CPosix

/// Copies a file beside itself, as `NAME.PID.2026-01-31@23:59:59~`, with its owner and mode.
/// - Returns: the path of the copy, which in check mode is only named.
func backUp(
  _ path: String, _ status: FileStatus, isCheckMode: Bool
) throws(ModuleFailure) -> String {
  let time =
    withName { text, size in
      cposix_local_time(text, size)
      return 1
    } ?? ""
  let copy = "\(path).\(Int(cposix_process_id())).\(time)~"
  if isCheckMode { return copy }
  let bytes = try readFile(path, limit: Int.max)
  try replaceFile(copy, with: bytes, attributes: FileAttributes(), existing: status)
  return copy
}
