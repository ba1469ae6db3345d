internal import ByteText

/// An address of the API as it may be shown, and its parts.
final class Address {
  /// Without user and password, whatever else it may be.
  let shown: String
  /// `https://host:port`, as far as it is one.
  let origin: String
  /// The name or number of the host.
  let host: String

  @inline(never)
  init(_ url: String) {
    let schemeEnd = url.place(of: "://").map { $0 + 3 } ?? 0
    var rest = url.part(from: schemeEnd)
    var authority = rest
    for (place, byte) in rest.bytes.enumerated() where byte.isOne(of: "/?#") {
      authority = rest.part(from: 0, to: place)
      break
    }
    // A password may hold an @ itself: the last one ends it.
    var hostStart = 0
    for (place, byte) in authority.bytes.enumerated() where byte == UInt8(ascii: "@") {
      hostStart = place + 1
    }
    rest = rest.part(from: hostStart)
    authority = authority.part(from: hostStart)
    let scheme = url.part(from: 0, to: schemeEnd).lowercasedASCII
    shown = scheme + rest
    origin = scheme + authority.lowercasedASCII
    var host = authority
    if authority.begins(with: "["), let end = authority.place(of: "]") {
      host = authority.part(from: 1, to: end)
    } else if let colon = authority.place(of: ":") {
      host = authority.part(from: 0, to: colon)
    }
    self.host = host
  }
}

/// An address as a setting gives it: without slashes at its end. Throws for what no request could be
/// sent to.
@inline(never)
func checkedAddress(_ setting: Setting, _ text: String) throws(OpenStackError) -> String {
  let address = text.trimmed.withoutLast(UInt8(ascii: "/"))
  // Else a password with a / in it would be a path, and be shown as such.
  if Address(address).shown.place(of: "@") != nil {
    throw OpenStackError(
      .configuration,
      setting.place + " has an @ behind the host: write / ? # in a password as %2F %3F %23, and"
        + " @ in a path as %40")
  }
  let lower = address.lowercasedASCII
  let isWeb = lower.begins(with: "https://") || lower.begins(with: "http://")
  var isClean = true
  for byte in address.bytes where byte <= 0x20 || byte == 0x7F { isClean = false }
  if !isWeb || !isClean || Address(address).host.isEmpty {
    throw OpenStackError(
      .configuration,
      "\(setting.place) is not an address of HTTP or HTTPS: \(Address(address).shown); write it as"
        + " https://HOST:PORT/PATH")
  }
  return address
}

/// A text as one step of a path, or one value of a query: `a b/c` is `a%20b%2Fc`. The steps `.` and
/// `..`, which lead elsewhere, are `%2E` and `%2E%2E`.
@inline(never)
public func percentEncoded(_ text: String) -> String {
  let digits = "0123456789ABCDEF".bytes
  var bytes: [UInt8] = []
  let isDots = text == "." || text == ".."
  for byte in text.bytes {
    let isPlain =
      byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
      || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte.isOne(of: "-._~") && !isDots
    bytes += isPlain ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
  return String(bytes: bytes)
}
