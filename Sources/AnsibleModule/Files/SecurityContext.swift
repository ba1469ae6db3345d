internal import ByteText
internal import CPosix

/// The parts of an SELinux context that a task asks for; nil keeps a part.
struct SecurityContext: Sendable, Equatable {
  var parts: [String?] = [nil, nil, nil, nil]

  var isEmpty: Bool { parts.allSatisfy { $0 == nil } }

  /// Whether SELinux is on here; where it is not, nothing of this has an effect.
  static var isOn: Bool { cposix_selinux_is_on() == 1 }

  /// The context of a file, nil where there is none.
  static func of(_ path: String) -> String? { withName { cposix_selinux_context(path, $0, $1) } }

  /// The context that the policy gives to a file of this path.
  static func usual(_ path: String) -> String? {
    withName { cposix_selinux_usual_context(path, $0, $1) }
  }

  /// The context that is asked for a file that has `current`; `_default` is what the policy says.
  func context(changing current: String, at path: String) -> String {
    if isEmpty { return current }
    var result = SecurityContext.split(current)
    let usual = SecurityContext.usual(path).map { SecurityContext.split($0) } ?? []
    for place in result.indices {
      guard let part = parts[place] else { continue }
      result[place] = part != "_default" ? part : place < usual.count ? usual[place] : result[place]
    }
    return result.joined(separator: ":")
  }

  static func set(_ context: String, of path: String) throws(ModuleFailure) {
    try check(cposix_selinux_set_context(path, context), "set the SELinux context of", path)
  }

  /// User, role, type and level; the level may have colons.
  static func split(_ context: String) -> [String] {
    var parts: [[UInt8]] = [[]]
    for byte in context.utf8 {
      if byte == UInt8(ascii: ":") && parts.count < 4 {
        parts.append([])
      } else {
        parts[parts.count - 1].append(byte)
      }
    }
    return parts.map { String(decoding: $0, as: UTF8.self) }
  }
}
