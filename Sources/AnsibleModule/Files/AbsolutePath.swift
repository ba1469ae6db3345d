internal import ByteText

/// The path from the root on; a relative one is taken from the folder in which the module runs.
public func absolutePath(_ path: String) throws(ModuleFailure) -> String {
  try checkPath(path)
  if path.bytes.first == UInt8(ascii: "/") { return path }
  return try FolderWalk(".").folder.truePath(of: path)
}
