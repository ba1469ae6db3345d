internal import ByteText
internal import Certificates
internal import YAML

extension Kubeconfig {
  /// Until when a token is valid: the claim `exp` of a JSON Web Token (RFC 7519).
  /// Nil for any other token, and for one that does not expire. Nothing is verified.
  static func tokenExpiry(_ token: String) -> Instant? {
    let parts = token.bytes[...].parts(at: UInt8(ascii: "."))
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
    guard let claims = decodeBase64(String(bytes: base64)),
      let document = try? Parser.parse(claims).first, let seconds = document["exp"]?.int,
      // What a duration can be added to.
      0...253_402_300_799 ~= seconds
    else { return nil }
    return Instant(seconds: Int64(seconds))
  }
}
