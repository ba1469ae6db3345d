internal import ByteText
internal import Certificates
internal import YAML

extension Kubeconfig {
  /// Until when a token is valid: the claim `exp` of a JSON Web Token (RFC 7519).
  /// Nil for any other token, and for one that does not expire. Nothing is verified.
  static func tokenExpiry(_ token: [UInt8]) -> Instant? {
    let parts = token[...].parts(at: UInt8(ascii: "."))
    guard parts.count == 3 else { return nil }
    // base64url, without padding.
    var base64 = parts[1].map { digit in
      switch digit {
      case UInt8(ascii: "-"): UInt8(ascii: "+")
      case UInt8(ascii: "_"): UInt8(ascii: "/")
      default: digit
      }
    }
    while base64.count % 4 != 0 { base64.append(UInt8(ascii: "=")) }
    guard let claims = decodeBase64(base64[...]), let document = try? Parser.parse(claims).first,
      let date = document.filled("exp")
    else { return nil }
    return wholeSeconds(date).map { Instant(seconds: $0) }
  }
}

/// The seconds of a JSON number, which may have a fraction; nil for one with an exponent, a sign, or
/// more than a duration can be added to.
private func wholeSeconds(_ text: String) -> Int64? {
  var seconds: Int64 = 0
  var isFraction = false
  for byte in text.bytes {
    switch byte {
    case UInt8(ascii: "."): isFraction = true
    case 0x30...0x39:
      if isFraction { continue }
      seconds = seconds * 10 + Int64(byte - 0x30)
      if seconds > 253_402_300_799 { return nil }
    default: return nil
    }
  }
  return seconds
}
