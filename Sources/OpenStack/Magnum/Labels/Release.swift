internal import ByteText

/// A release of a program: three numbers.
package struct Release: Sendable {
  private let number: Int

  init(_ major: Int, _ minor: Int, _ patch: Int) {
    number = (major * 1000 + minor) * 1000 + patch
  }

  /// `0.33.0`, or with a v before it; nil for anything else. What follows the numbers behind `-` or
  /// `+` counts for nothing.
  @inline(never)
  init?(_ text: String) {
    var bytes = text.bytes
    for byte in bytes where byte <= 0x20 { return nil }
    if bytes.first == UInt8(ascii: "v") { bytes.removeFirst() }
    for (place, byte) in bytes.enumerated() where byte.isOne(of: "-+") {
      bytes = Array(bytes[..<place])
      break
    }
    let parts = bytes[...].parts(at: UInt8(ascii: "."))
    if parts.count != 3 { return nil }
    var numbers: [Int] = []
    for part in parts {
      guard let number = parseInteger(part, radix: 10), (0..<1000).contains(number),
        part.first != UInt8(ascii: "+"), part.first != UInt8(ascii: "-")
      else { return nil }
      numbers.append(number)
    }
    self.init(numbers[0], numbers[1], numbers[2])
  }

  /// `v0.33.0`
  package var text: String {
    "v\((number / 1_000_000).description).\((number / 1000 % 1000).description)."
      + (number % 1000).description
  }

  func isBefore(_ other: Release) -> Bool { number < other.number }
}
