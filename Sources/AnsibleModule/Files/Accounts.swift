internal import ByteText
internal import CPosix

/// Users and groups of the system, asked through NSS.
enum Accounts {
  /// The number of a user, given by name or by number; nil for a name that is not known.
  static func userID(_ name: String) -> UInt32? {
    if let number = accountNumber(name) { return number }
    var id: UInt32 = 0
    return !name.bytes.contains(0) && cposix_user_id(name, &id) == 1 ? id : nil
  }

  /// The number of a group, given by name or by number; nil for a name that is not known.
  static func groupID(_ name: String) -> UInt32? {
    if let number = accountNumber(name) { return number }
    var id: UInt32 = 0
    return !name.bytes.contains(0) && cposix_group_id(name, &id) == 1 ? id : nil
  }

  /// The name of a user, or the number where it has none.
  static func userName(_ id: UInt32) -> String {
    withName { cposix_user_name(id, $0, $1) } ?? id.description
  }

  /// The name of a group, or the number where it has none.
  static func groupName(_ id: UInt32) -> String {
    withName { cposix_group_name(id, $0, $1) } ?? id.description
  }
}

private func accountNumber(_ text: String) -> UInt32? {
  integer(text.scalars[...], radix: 10).flatMap { UInt32(exactly: $0) }
}

/// Runs a lookup that fills a buffer with a C string and returns 1 if it found something.
func withName(_ lookUp: (UnsafeMutablePointer<CChar>, Int) -> Int32) -> String? {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
    guard let start = buffer.baseAddress, lookUp(start, buffer.count) == 1 else { return nil }
    return String(cString: start)
  }
}
