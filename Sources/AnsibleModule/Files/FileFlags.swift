internal import ByteText
internal import CPosix

/// The `attributes` of a file as Ansible takes them from chattr: letters behind `+`, `-` or `=`.
struct FileFlags: Sendable, Equatable {
  let operation: UInt8
  let letters: String
  let bits: UInt32

  /// Throws for a letter that chattr does not have.
  init?(_ text: String) throws(ModuleFailure) {
    var rest = text.bytes[...]
    var operation = UInt8(ascii: "=")
    if let first = rest.first, first.isOne(of: "+-=") {
      operation = first
      rest = rest.dropFirst()
    }
    if rest.isEmpty { return nil }
    var bits: UInt32 = 0
    for letter in rest {
      guard let flag = known.first(where: { $0.letter == letter }) else {
        throw ModuleFailure("attributes has the letter \(text), which chattr does not have")
      }
      bits |= flag.bit
    }
    self.operation = operation
    self.bits = bits
    letters = String(bytes: rest)
  }

  /// As Ansible shows what is asked for.
  var text: String { String(bytes: [operation]) + letters }

  /// The flags these make of those a file has. What the file system keeps for itself stays.
  func bits(changing current: UInt32) -> UInt32 {
    switch operation {
    case UInt8(ascii: "+"): current | bits
    case UInt8(ascii: "-"): current & ~bits
    default: current & ~changeable | bits
    }
  }

  /// The flags of a file; nil where its file system has none.
  static func of(_ file: borrowing OpenFile) throws(ModuleFailure) -> UInt32? {
    var flags: UInt32 = 0
    let result = Int(cposix_get_flags(file.descriptor, &flags))
    if result == -CPOSIX_ENOTTY || result == -CPOSIX_EOPNOTSUPP { return nil }
    try check(Int32(result), "read the attributes of", file.path)
    return flags
  }

  /// The letters that lsattr shows, in its order.
  static func letters(_ flags: UInt32) -> String {
    String(
      decoding: known.filter { flags & $0.bit != 0 }.map { $0.letter }, as: UTF8.self)
  }

  func apply(to file: borrowing OpenFile, _ current: UInt32) throws(ModuleFailure) {
    try check(
      cposix_set_flags(file.descriptor, bits(changing: current)), "set the attributes of",
      file.path)
  }
}

/// FS_*_FL of <linux/fs.h>.
private let known: [(letter: UInt8, bit: UInt32)] = [
  (UInt8(ascii: "s"), 0x1), (UInt8(ascii: "u"), 0x2), (UInt8(ascii: "S"), 0x8),
  (UInt8(ascii: "D"), 0x10000), (UInt8(ascii: "i"), 0x10), (UInt8(ascii: "a"), 0x20),
  (UInt8(ascii: "d"), 0x40), (UInt8(ascii: "A"), 0x80), (UInt8(ascii: "c"), 0x4),
  (UInt8(ascii: "E"), 0x800), (UInt8(ascii: "j"), 0x4000), (UInt8(ascii: "I"), 0x1000),
  (UInt8(ascii: "t"), 0x8000), (UInt8(ascii: "T"), 0x20000), (UInt8(ascii: "e"), 0x80000),
  (UInt8(ascii: "C"), 0x800000), (UInt8(ascii: "x"), 0x200_0000), (UInt8(ascii: "F"), 0x4000_0000),
  (UInt8(ascii: "N"), 0x1000_0000), (UInt8(ascii: "P"), 0x2000_0000),
  (UInt8(ascii: "V"), 0x10_0000), (UInt8(ascii: "m"), 0x400),
]

/// Flags that a person sets; the others (e, E, I, N, V) are the file system's own.
private let changeable: UInt32 = 0x6283_C4FF
