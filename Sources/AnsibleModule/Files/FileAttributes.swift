internal import ByteText
internal import CPosix
internal import JSON

/// The owner, group, mode, SELinux context and chattr flags a file is to have; nil keeps, or for a
/// new file leaves to the system.
public struct FileAttributes: Sendable, Equatable {
  var owner: Account?
  var group: Account?
  var mode: FileMode?
  var context = SecurityContext()
  var flags: FileFlags?
  /// Whether the file may be written over in place where it cannot be replaced as a whole.
  var allowsUnsafeWrites = false

  /// A user or group by the name it was given; in check mode one that does not exist yet has no id.
  struct Account: Equatable {
    let name: String
    let id: UInt32?
  }

  /// Keeps all of a file that is there.
  public init() {}

  init(owner: Account? = nil, group: Account? = nil, mode: FileMode? = nil) {
    self.owner = owner
    self.group = group
    self.mode = mode
  }
}

extension Invocation {
  /// Reads the options that `ArgumentSpec.fileOptions` lists, those of them that the spec has.
  ///
  /// Throws Ansible's words for what it does not accept.
  public mutating func fileAttributes(path: String) throws(ModuleFailure) -> FileAttributes {
    var attributes = try fileAttributes(owner: "owner", group: "group", mode: "mode", path: path)
    let names = ["seuser", "serole", "setype", "selevel"]
    attributes.context.parts = names.map { parameters.optionalString($0) }
    if let text = parameters.optionalString("attributes") { attributes.flags = try FileFlags(text) }
    attributes.allowsUnsafeWrites = parameters.bool("unsafe_writes")
    return attributes
  }

  /// Gives an existing file or folder what the options `ArgumentSpec.fileOptions` say, in check mode
  /// only says what would change. With an option `follow` that is true, a symlink's target.
  public mutating func applyFileOptions(to path: String) throws(ModuleFailure) -> ModuleResult {
    let place = try FilePlace(path, follows: parameters.bool("follow"))
    let path = place.path
    let fields: JSONObject = ["path": .string(path)]
    guard let status = place.existing else {
      let names = ["owner", "group", "mode", "attributes"]
      if !names.contains(where: { parameters.has($0) }) {
        return ModuleResult(changed: false, fields: fields)
      }
      // A task before this one may be what would have made it.
      if isCheckMode { return ModuleResult(changed: true, fields: fields) }
      throw ModuleFailure("\(path) does not exist", fields: fields)
    }
    let attributes = try fileAttributes(path: path)
    if status.kind == .symlink, attributes.mode != nil || attributes.flags != nil {
      throw ModuleFailure(
        "\(path) is a symlink, which has no mode and attributes; follow: true changes those of the"
          + " file it points to", fields: fields)
    }
    let file = try OpenFile(holding: place.name, in: place.folder)
    guard let change = try attributes.difference(from: status, of: file) else {
      return ModuleResult(changed: false, fields: fields)
    }
    if !isCheckMode { try attributes.apply(to: file, status) }
    return ModuleResult(changed: true, diff: [change], fields: fields)
  }

  /// Reads options of this task that say owner, group and mode.
  ///
  /// Throws Ansible's words for a user or group that does not exist. In check mode that is a
  /// warning: an earlier task may be the one that would have made it.
  public mutating func fileAttributes(
    owner: String, group: String, mode: String, path: String
  ) throws(ModuleFailure) -> FileAttributes {
    var attributes = FileAttributes()
    attributes.context.specialFileSystems = specialFileSystems
    if let name = parameters.optionalString(owner) {
      attributes.owner = .init(name: name, id: Accounts.userID(name))
      if attributes.owner?.id == nil {
        try lookUpFailed("chown failed: failed to look up user \(name)", path)
      }
    }
    if let name = parameters.optionalString(group) {
      attributes.group = .init(name: name, id: Accounts.groupID(name))
      if attributes.group?.id == nil {
        try lookUpFailed("chgrp failed: failed to look up group \(name)", path)
      }
    }
    let value = parameters[mode]
    if !value.isNull { attributes.mode = try FileMode(value) }
    return attributes
  }

  private mutating func lookUpFailed(
    _ message: String, _ path: String
  ) throws(ModuleFailure) {
    guard isCheckMode else {
      throw ModuleFailure(message, fields: ["path": .string(path)])
    }
    warn(message)
  }
}

extension FileAttributes {
  /// What would change in the file at `path`, as Ansible shows it; nil if it already is as it should be.
  public func difference(
    from status: FileStatus, at path: String
  ) throws(ModuleFailure) -> Diff? {
    let place = try FilePlace(path)
    return try difference(from: status, of: OpenFile(holding: place.name, in: place.folder))
  }

  /// Gives the file at `path` these attributes.
  public func apply(to path: String, _ status: FileStatus) throws(ModuleFailure) {
    let place = try FilePlace(path)
    try apply(to: OpenFile(holding: place.name, in: place.folder), status)
  }

  /// What would change in a file, as Ansible shows it; nil if it already is as it should be.
  func difference(
    from status: FileStatus, of file: borrowing OpenFile
  ) throws(ModuleFailure) -> Diff? {
    var before = JSONObject()
    var after = JSONObject()
    if let (old, new) = contexts(of: file, status), !(old == new) {
      before["secontext"] = .texts(SecurityContext.split(old))
      after["secontext"] = .texts(SecurityContext.split(new))
    }
    func note(_ name: String, _ id: UInt32, _ wanted: Account?) {
      guard let wanted, wanted.id != id else { return }
      before[name] = .int(Int(id))
      after[name] = wanted.id.map { .int(Int($0)) } ?? .string(wanted.name)
    }
    note("owner", status.owner, owner)
    note("group", status.group, group)
    let mode = mode(changing: status)
    if mode != status.mode {
      before["mode"] = .string(octal(status.mode))
      after["mode"] = .string(octal(mode))
    }
    if let flags, let old = try FileFlags.of(file), flags.bits(changing: old) != old {
      before["attributes"] = .string(FileFlags.letters(old))
      after["attributes"] = .string(flags.text)
    }
    return before.isEmpty ? nil : Diff(before: .object(before), after: .object(after))
  }

  /// Gives an existing file or directory these attributes.
  func apply(to file: borrowing OpenFile, _ status: FileStatus) throws(ModuleFailure) {
    if let (old, new) = contexts(of: file, status), !(old == new) {
      try SecurityContext.set(new, of: file)
    }
    let keep = UInt32.max
    if (owner?.id ?? status.owner) != status.owner || (group?.id ?? status.group) != status.group {
      try check(
        cposix_change_owner(file.descriptor, owner?.id ?? keep, group?.id ?? keep),
        "change the owner of", file.path)
    }
    // A change of owner clears the set-user-ID bit: the mode comes last.
    let mode = mode(changing: status)
    if mode != status.mode {
      try check(
        cposix_change_mode(file.descriptor, UInt32(mode)), "change the mode of", file.path)
    }
    try applyFlags(to: file)
  }

  /// The flags come last: an immutable file takes no other change.
  func applyFlags(to file: borrowing OpenFile) throws(ModuleFailure) {
    guard let flags else { return }
    guard let old = try FileFlags.of(file) else {
      throw ModuleFailure(
        "cannot set the attributes of \(file.path): its file system has none; leave attributes out")
    }
    if flags.bits(changing: old) != old { try flags.apply(to: file, old) }
  }

  /// The SELinux context of a file and the one asked for; nil where SELinux is off.
  private func contexts(
    of file: borrowing OpenFile, _ status: FileStatus
  ) -> (old: String, new: String)? {
    guard !context.isEmpty, let old = SecurityContext.of(file) else { return nil }
    let path = withName { cposix_true_path(file.descriptor, $0, $1) } ?? file.path
    return (old, context.context(changing: old, of: file, status.kind, at: path))
  }

  /// Gives what is new, before it has its name, the context `like` of what it replaces, or that of
  /// the policy for its path, with the parts that are asked for.
  func setContext(
    ofNew file: borrowing OpenFile, _ name: String, in folder: Folder, like: String?
  ) throws(ModuleFailure) {
    guard SecurityContext.isOn else { return }
    let kind = try file.status().kind
    let path = folder.truePath(of: name)
    let made = SecurityContext.of(file)
    guard let usual = like ?? SecurityContext.usual(path, kind) ?? made else { return }
    let wanted = context.context(changing: usual, of: file, kind, at: path)
    if made == wanted { return }
    do throws(ModuleFailure) {
      try SecurityContext.set(wanted, of: file)
    } catch {
      // Some file systems keep no contexts, which matters to who asks for one.
      if !context.isEmpty || error.systemError != Int32(CPOSIX_EOPNOTSUPP) { throw error }
    }
  }

  func mode(changing status: FileStatus) -> Int {
    mode?.bits(changing: status.mode, isDirectory: status.kind == .directory) ?? status.mode
  }
}
