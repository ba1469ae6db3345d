internal import ByteText
internal import CPosix
internal import JSON

/// The owner, group and mode a file is to have; nil keeps, or for a new file leaves to the system.
public struct FileAttributes: Sendable, Equatable {
  var owner: Account?
  var group: Account?
  var mode: FileMode?

  /// A user or group by the name it was given; in check mode one that does not exist yet has no id.
  struct Account: Equatable {
    let name: String
    let id: UInt32?
  }

  init(owner: Account? = nil, group: Account? = nil, mode: FileMode? = nil) {
    self.owner = owner
    self.group = group
    self.mode = mode
  }
}

extension Invocation {
  /// Reads the options of this task that say owner, group and mode.
  ///
  /// Throws Ansible's words for a user or group that does not exist. In check mode that is a
  /// warning: an earlier task may be the one that would have made it.
  public mutating func fileAttributes(
    owner: String = "owner", group: String = "group", mode: String = "mode", path: String
  ) throws(ModuleFailure) -> FileAttributes {
    var attributes = FileAttributes()
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
  /// What would change in a file, as Ansible shows it; nil if it already is as it should be.
  public func difference(from status: FileStatus) -> Diff? {
    var before = JSONObject()
    var after = JSONObject()
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
    return before.isEmpty ? nil : Diff(before: .object(before), after: .object(after))
  }

  /// Gives an existing file or directory these attributes.
  public func apply(to path: String, _ status: FileStatus) throws(ModuleFailure) {
    let keep = UInt32.max
    if (owner?.id ?? status.owner) != status.owner || (group?.id ?? status.group) != status.group {
      try check(
        cposix_change_owner(path, owner?.id ?? keep, group?.id ?? keep), "change the owner of",
        path)
    }
    // A change of owner clears the set-user-ID bit: the mode comes last.
    let mode = mode(changing: status)
    if mode != status.mode {
      try check(cposix_change_mode(path, UInt32(mode)), "change the mode of", path)
    }
  }

  func mode(changing status: FileStatus) -> Int {
    mode?.bits(changing: status.mode, isDirectory: status.kind == .directory) ?? status.mode
  }
}
