internal import ByteText
internal import JSON

/// A file that a task wants in a folder: its content, who may read it, and the folder's own
/// attributes.
public final class ManagedFile {
  let place: FilePlace
  let attributes: FileAttributes
  let folder: FileAttributes
  /// What is there now; nil if nothing is. Never a folder, a symlink or a device.
  public let existing: FileStatus?
  /// The path of the task, or where a symlink of that name leads that is followed.
  public var path: String { place.path }

  /// Takes from the options of the task `owner`, `group` and `mode` for the file, and
  /// `directory_owner`, `directory_group` and `directory_mode` for the folder it lies in.
  ///
  /// What is given for the folder is enforced. What is not given keeps an existing folder as it is;
  /// one that must be made gets the file's owner and group, and 0700.
  ///
  /// A symlink is refused unless the option `follow` is true. Then the file it points to is meant; a
  /// link that points to nothing is itself replaced, as ansible.builtin.copy does.
  public init(_ path: String, _ invocation: inout Invocation) throws(ModuleFailure) {
    attributes = try invocation.fileAttributes(path: path)
    folder = try invocation.fileAttributes(
      owner: "directory_owner", group: "directory_group", mode: "directory_mode", path: path)
    let given = try FilePlace(path)
    if given.existing?.kind == .symlink, invocation.parameters.bool("follow") {
      let target = try FilePlace(path, follows: true)
      place = target.existing == nil ? given : target
      existing = target.existing
    } else {
      place = given
      existing = given.existing
    }
    try checkReplaceable()
  }

  /// Removes what is at `path`, a symlink itself; a folder is refused.
  public static func remove(
    _ path: String, _ invocation: Invocation
  ) throws(ModuleFailure) -> ModuleResult {
    let place = try FilePlace(path)
    let status = place.existing
    if status?.kind == .directory {
      throw ModuleFailure("\(path) is a directory; name the file in it")
    }
    if status != nil && !invocation.isCheckMode { try place.folder.remove(place.name) }
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
      throw ModuleFailure(
        "\(path) is a symlink; name the file it points to, set follow to true, or remove the link")
    case .other:
      throw ModuleFailure("\(path) is not a regular file")
    }
  }

  /// The bytes there now, if there is a file of at most `limit` bytes.
  public func contents(limit: Int) throws(ModuleFailure) -> [UInt8]? {
    guard let existing, existing.size <= limit else { return nil }
    return try OpenFile(reading: place.name, in: place.folder).regularContents(limit: limit)
  }

  /// Makes the file, its folder and the attributes of both what they should be.
  /// - Parameters:
  ///   - bytes: the content; nil keeps it.
  ///   - diff: how a change of content is shown.
  public func write(
    _ bytes: [UInt8]?, diff: Diff?, _ invocation: Invocation
  ) throws(ModuleFailure) -> ModuleResult {
    var diffs: [Diff] = []
    var place = place
    if let change = try prepareFolder(of: &place, invocation) { diffs.append(change) }
    if bytes != nil, let diff { diffs.append(diff) }
    var isMended = false
    if let existing {
      let file = try OpenFile(holding: place.name, in: place.folder)
      if let change = try attributes.difference(from: existing, of: file) {
        diffs.append(change)
        isMended = true
      }
      if bytes == nil, isMended, !invocation.isCheckMode {
        try attributes.apply(to: file, existing)
      }
    }
    var fields: JSONObject = ["path": .string(path)]
    if bytes != nil, existing != nil, invocation.parameters.bool("backup") {
      fields["backup_file"] = .string(try place.backUp(isCheckMode: invocation.isCheckMode))
    }
    if let bytes, !invocation.isCheckMode {
      try place.folder.replace(place.name, with: bytes, attributes, existing)
    }
    return ModuleResult(
      changed: bytes != nil || !diffs.isEmpty, diff: diffs, fields: fields)
  }

  private func prepareFolder(
    of place: inout FilePlace, _ invocation: Invocation
  ) throws(ModuleFailure) -> Diff? {
    let directory = splitPath(path).folder
    guard let found = place.walk.end else {
      var attributes = FileAttributes(
        owner: folder.owner ?? attributes.owner, group: folder.group ?? attributes.group,
        mode: folder.mode ?? .bits(0o700))
      attributes.context = folder.context
      if !invocation.isCheckMode { _ = try place.walk.makeMissing(attributes) }
      return Diff(before: ["state": "absent"], after: ["state": "directory"], header: directory)
    }
    let status = try found.file.status()
    guard var change = try folder.difference(from: status, of: found.file) else { return nil }
    if try FileStatus.of(directory)?.kind == .symlink {
      throw ModuleFailure(
        "\(directory) is a symlink, whose owner and mode are not changed; name the folder it"
          + " points to")
    }
    change.header = directory
    if !invocation.isCheckMode { try folder.apply(to: found.file, status) }
    return change
  }
}
