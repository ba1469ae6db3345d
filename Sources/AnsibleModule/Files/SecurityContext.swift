internal import ByteText
internal import CPosix

/// The parts of an SELinux context that a task asks for; nil keeps a part.
struct SecurityContext: Sendable, Equatable {
  var parts: [String?] = [nil, nil, nil, nil]
  /// Types of file systems whose files all have the context of the mount: setting another is no use.
  var specialFileSystems: [String] = []

  var isEmpty: Bool { parts.allSatisfy { $0 == nil } }

  /// Whether SELinux is on here; where it is not, nothing of this has an effect.
  static var isOn: Bool { cposix_selinux_is_on() == 1 }

  /// The context of a file, nil where there is none.
  static func of(_ file: borrowing OpenFile) -> String? {
    let descriptor = file.descriptor
    return withName { cposix_selinux_context(descriptor, $0, $1) }
  }

  /// The context that the policy gives to a file of this path.
  static func usual(_ path: String, _ kind: FileStatus.Kind) -> String? {
    withName { cposix_selinux_usual_context(path, kind == .directory ? 1 : 0, $0, $1) }
  }

  /// The context that a file is to have which has `current`, or would have: that of the mount where
  /// it lies on a special file system, else with the parts that are asked for; `_default` is what the
  /// policy says.
  func context(
    changing current: String, of file: borrowing OpenFile, _ kind: FileStatus.Kind, at path: String
  ) -> String {
    if let special = contextOfSpecialMount(of: file) { return special }
    if isEmpty { return current }
    let usual = SecurityContext.usual(path, kind).map { SecurityContext.split($0) } ?? []
    return context(changing: current, usual: usual)
  }

  func context(changing current: String, usual: [String]) -> String {
    var result = SecurityContext.split(current)
    for place in result.indices {
      guard let part = parts[place] else { continue }
      result[place] = part != "_default" ? part : place < usual.count ? usual[place] : result[place]
    }
    return result.joined(separator: ":")
  }

  /// The context of the mount that a file lies on if its type has one of the special names in it,
  /// which is how Ansible compares them.
  private func contextOfSpecialMount(of file: borrowing OpenFile) -> String? {
    if specialFileSystems.isEmpty { return nil }
    let descriptor = file.descriptor
    var type = ""
    let point = withName { point, size in
      let found = withName { cposix_mount(descriptor, point, size, $0, $1) }
      type = found ?? ""
      return found == nil ? 0 : 1
    }
    guard let point, specialFileSystems.contains(where: { type.has($0) }),
      let mount = try? OpenFile(reading: point)
    else { return nil }
    return SecurityContext.of(mount)
  }

  static func set(_ context: String, of file: borrowing OpenFile) throws(ModuleFailure) {
    try check(
      cposix_selinux_set_context(file.descriptor, context), "set the SELinux context of", file.path)
  }

  /// User, role, type and level; the level may have colons.
  static func split(_ context: String) -> [String] {
    var parts: [String] = []
    for part in context.bytes[...].parts(at: UInt8(ascii: ":")) {
      let text = String(bytes: part)
      if parts.count < 4 { parts.append(text) } else { parts[3] += ":" + text }
    }
    return parts
  }
}

extension String {
  fileprivate func has(_ part: String) -> Bool {
    var rest = bytes[...]
    while rest.count >= part.bytes.count {
      if rest.begins(with: part) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
