internal import ByteText
internal import JSON

/// A file that a task wants in a folder: its content, who may read it, and the folder's own
/// attributes.
public struct ManagedFile {
  public let path: String
  let attributes: FileAttributes
  let folder: FileAttributes
  /// What is at the path now; nil if nothing is. Never a folder, a symlink or a device.
  public let existing: FileStatus?

  /// Takes from the options of the task `owner`, `group` and `mode` for the file, and
  /// `directory_owner`, `directory_group` and `directory_mode` for the folder it lies in.
  ///
  /// What is given for the folder is enforced. What is not given keeps an existing folder as it is;
  /// one that must be made gets the file's owner and group, and 0700.
  public init(_ path: String, _ invocation: inout Invocation) throws(ModuleFailure) {
    self.path = path
    attributes = try invocation.fileAttributes(path: path)
    folder = try invocation.fileAttributes(
      owner: "directory_owner", group: "directory_group", mode: "directory_mode", path: path)
    existing = try FileStatus.of(path)
    try checkReplaceable()
  }

  /// Removes what is at `path`, a symlink itself; a folder is refused.
  public static func remove(
    _ path: String, _ invocation: Invocation
  ) throws(ModuleFailure) -> ModuleResult {
    let status = try FileStatus.of(path)
    if status?.kind == .directory {
      throw ModuleFailure("\(path) is a directory; name the file in it")
    }
    if status != nil && !invocation.isCheckMode { try removeFile(path) }
    let states: [JSONValue] = [["state": "file"], ["state": "absent"]]
    return ModuleResult(
      changed: status != nil,
      diff: status == nil ? [] : [Diff(before: states[0], after: states[1], header: path)],
      fields: ["path": .string(path), "state": "absent"])
  }

  private func checkReplaceable() throws(ModuleFailure) {
    switch existing?.kind {
    case nil, .regular: break
    case .directory:
      throw ModuleFailure("\(path) is a directory; name the file in it")
    case .symlink:
      throw ModuleFailure("\(path) is a symlink; name the file it points to, or remove the link")
    case .other:
      throw ModuleFailure("\(path) is not a regular file")
    }
  }

  /// The bytes there now, if there is a file of at most `limit` bytes.
  public func contents(limit: Int) throws(ModuleFailure) -> [UInt8]? {
    guard let existing, existing.size <= limit else { return nil }
    return try readFile(path, limit: limit)
  }

  /// Makes the file, its folder and the attributes of both what they should be.
  /// - Parameters:
  ///   - bytes: the content; nil keeps it.
  ///   - diff: how a change of content is shown.
  public func write(
    _ bytes: [UInt8]?, diff: Diff?, _ invocation: Invocation
  ) throws(ModuleFailure) -> ModuleResult {
    var diffs: [Diff] = []
    if let change = try prepareFolder(invocation) { diffs.append(change) }
    if bytes != nil, let diff { diffs.append(diff) }
    var change: Diff?
    if let existing { change = try attributes.difference(from: existing, at: path) }
    if let change { diffs.append(change) }
    var fields: JSONObject = ["path": .string(path)]
    if bytes != nil, let existing, invocation.parameters.bool("backup") {
      fields["backup_file"] = .string(
        try backUp(path, existing, isCheckMode: invocation.isCheckMode))
    }
    if !invocation.isCheckMode {
      if let bytes {
        try replaceFile(path, with: bytes, attributes: attributes, existing: existing)
      } else if change != nil, let existing {
        try attributes.apply(to: path, existing)
      }
    }
    return ModuleResult(
      changed: bytes != nil || !diffs.isEmpty, diff: diffs, fields: fields)
  }

  private func prepareFolder(_ invocation: Invocation) throws(ModuleFailure) -> Diff? {
    let directory = splitPath(path).folder
    guard let status = try FileStatus.of(directory, followingSymlink: true) else {
      let attributes = FileAttributes(
        owner: folder.owner ?? attributes.owner, group: folder.group ?? attributes.group,
        mode: folder.mode ?? .bits(0o700))
      if !invocation.isCheckMode { _ = try makeDirectory(directory, attributes: attributes) }
      return Diff(before: ["state": "absent"], after: ["state": "directory"], header: directory)
    }
    guard status.kind == .directory else {
      throw ModuleFailure("\(directory) is not a directory")
    }
    guard var change = try folder.difference(from: status, at: directory) else { return nil }
    if try FileStatus.of(directory)?.kind == .symlink {
      throw ModuleFailure(
        "\(directory) is a symlink, whose owner and mode are not changed; name the folder it"
          + " points to")
    }
    change.header = directory
    if !invocation.isCheckMode { try folder.apply(to: directory, status) }
    return change
  }
}
