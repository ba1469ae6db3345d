internal import ByteText
internal import CPosix

/// The path from the root on; a relative one is taken from the folder in which the module runs.
public func absolutePath(_ path: String) throws(ModuleFailure) -> String {
  try checkPath(path)
  if path.utf8.first == UInt8(ascii: "/") { return path }
  guard let folder = withName({ cposix_real_path(".", $0, $1) }) else {
    throw ModuleFailure("\(path) is relative, and the folder of this run is gone")
  }
  return "\(folder)/\(path)"
}
