internal import ByteText
internal import CPosix
public import JSON

/// A `mode` as Ansible takes it: a number, octal digits, or symbolic clauses such as `u=rwX,g-w`.
public struct FileMode: Sendable, Equatable {
  private let value: Value

  private enum Value: Equatable {
    case bits(Int)
    case clauses([Clause])
  }

  /// One operator of a symbolic mode, for the users before it.
  fileprivate struct Clause: Equatable {
    /// Some of `ugo`.
    let users: [UInt8]
    /// Whether no user was written: then the umask holds back permissions.
    let usesUmask: Bool
    let operation: UInt8
    let permissions: [UInt8]
  }

  private init(_ value: Value) { self.value = value }

  static func bits(_ bits: Int) -> FileMode { FileMode(.bits(bits)) }

  /// Throws what Ansible says of a mode it cannot read.
  public init(_ value: JSONValue) throws(ModuleFailure) {
    if let bits = value.int ?? octalNumber(value.pythonText) {
      guard (0...0o7777).contains(bits) else {
        throw ModuleFailure(
          "Invalid mode supplied, only permission info is allowed",
          fields: ["details": value])
      }
      self.value = .bits(bits)
      return
    }
    var clauses: [Clause] = []
    for text in value.pythonText.bytes[...].parts(at: UInt8(ascii: ",")) {
      guard let parsed = FileMode.clauses(text) else {
        let text = String(bytes: text)
        throw ModuleFailure(
          "mode must be in octal or symbolic form",
          fields: ["details": .string("bad symbolic permission for mode: \(text)")])
      }
      clauses += parsed
    }
    self.value = .clauses(clauses)
  }

  /// The permission bits this mode makes of those a file has.
  func bits(
    changing current: Int, isDirectory: Bool, umask: Int = Int(cposix_umask())
  ) -> Int {
    switch value {
    case .bits(let bits): return bits
    case .clauses(let clauses):
      var mode = current
      for clause in clauses { mode = clause.applied(to: mode, isDirectory, umask: umask) }
      return mode
    }
  }

  private static func clauses(_ text: ArraySlice<UInt8>) -> [Clause]? {
    let isOperation = { (byte: UInt8) in byte.isOne(of: "+-=") }
    let written = Array(text.prefix { !isOperation($0) })
    let users = written.isEmpty || written == "a".bytes ? "ugo".bytes : written
    guard users.allSatisfy({ $0.isOne(of: "ugo") }) else { return nil }
    var clauses: [Clause] = []
    var rest = text.dropFirst(written.count)
    while let operation = rest.popFirst() {
      let permissions = Array(rest.prefix { !isOperation($0) })
      guard permissions.allSatisfy({ $0.isOne(of: "rwxXstugo") }) else { return nil }
      rest = rest.dropFirst(permissions.count)
      clauses.append(
        Clause(
          users: users, usesUmask: written.isEmpty, operation: operation, permissions: permissions))
    }
    return clauses
  }
}

extension FileMode.Clause {
  fileprivate func applied(to mode: Int, _ isDirectory: Bool, umask: Int) -> Int {
    let hidden = usesUmask ? umask : 0
    var mode = mode
    for user in users {
      let (shift, special) =
        switch user {
        case UInt8(ascii: "u"): (6, 0o4000)
        case UInt8(ascii: "g"): (3, 0o2000)
        default: (0, 0o1000)
        }
      // Copies (u+g) and X look at the mode as the users before this one have left it.
      var asked = 0
      for permission in permissions {
        asked |= bits(permission, of: mode, shift, special, hidden, isDirectory)
      }
      mode =
        switch operation {
        case UInt8(ascii: "+"): mode | asked
        case UInt8(ascii: "-"): mode & ~asked
        default: mode & ~(0o7 << shift | special) | asked
        }
    }
    return mode
  }

  private func bits(
    _ permission: UInt8, of mode: Int, _ shift: Int, _ special: Int, _ hidden: Int,
    _ isDirectory: Bool
  ) -> Int {
    switch permission {
    case UInt8(ascii: "r"): 0o4 << shift & ~hidden
    case UInt8(ascii: "w"): 0o2 << shift & ~hidden
    case UInt8(ascii: "x"): 0o1 << shift & ~hidden
    case UInt8(ascii: "X"): isDirectory || mode & 0o111 != 0 ? 0o1 << shift : 0
    case UInt8(ascii: "s"): special & 0o6000
    case UInt8(ascii: "t"): special & 0o1000
    case UInt8(ascii: "u"): (mode >> 6 & 0o7) << shift
    case UInt8(ascii: "g"): (mode >> 3 & 0o7) << shift
    default: (mode & 0o7) << shift
    }
  }
}

/// `int(text, 8)`
private func octalNumber(_ text: String) -> Int? {
  let digits = text.scalars.stripped
  let hasPrefix = digits.count > 2 && digits.dropFirst().first == "o" && digits.first == "0"
  return integer(digits.dropFirst(hasPrefix ? 2 : 0), radix: 8)
}
