internal import ByteText
internal import CPosix
internal import JSON

/// What a path names, and its owner and permissions.
public struct FileStatus: Sendable, Equatable {
  public enum Kind: Sendable { case regular, directory, symlink, other }
  public let kind: Kind
  /// Permission bits, 07777 at most.
  public let mode: Int
  public let owner: UInt32
  public let group: UInt32
  /// Bytes.
  public let size: Int
  /// Names of the file, hard links.
  public let links: Int

  init(_ status: cposix_status) {
    kind =
      switch Int(status.kind) {
      case CPOSIX_REGULAR: .regular
      case CPOSIX_DIRECTORY: .directory
      case CPOSIX_SYMLINK: .symlink
      default: .other
      }
    mode = Int(status.mode)
    owner = status.uid
    group = status.gid
    size = Int(status.size)
    links = Int(status.links)
  }

  /// The status of `path`; nil if nothing is there. A symlink itself unless `followingSymlink`.
  public static func of(
    _ path: String, followingSymlink: Bool = false
  ) throws(ModuleFailure) -> FileStatus? {
    try checkPath(path)
    var status = cposix_status()
    let result = Int(cposix_stat(Int32(CPOSIX_HERE), path, followingSymlink ? 1 : 0, &status))
    if result == -CPOSIX_ENOENT { return nil }
    try check(Int32(result), "look at", path)
    return FileStatus(status)
  }
}

/// Adds what Ansible reports about the file a result names in `path` or `dest`, if it exists.
func addFileFacts(to output: inout JSONObject) {
  guard let path = (output["path"] ?? output["dest"])?.string,
    let target = try? FileStatus.of(path, followingSymlink: true),
    let status = try? FileStatus.of(path)
  else { return }
  output["uid"] = .int(Int(status.owner))
  output["gid"] = .int(Int(status.group))
  output["owner"] = .string(Accounts.userName(status.owner))
  output["group"] = .string(Accounts.groupName(status.group))
  output["mode"] = .string(octal(status.mode))
  output["state"] =
    switch (status.kind, target.kind) {
    case (.symlink, _): "link"
    case (.directory, _): "directory"
    default: target.links > 1 ? "hard" : "file"
    }
  output["size"] = .int(status.size)
}

/// Permission bits as Ansible writes them: `0640`.
func octal(_ mode: Int) -> String {
  let digits = integerText(UInt64(mode), radix: 8)
  return (mode < 8 ? "000" : mode < 64 ? "00" : "0") + digits
}
