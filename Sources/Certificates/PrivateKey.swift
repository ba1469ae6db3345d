internal import ByteText

/// A private key, as far as is needed to say to which certificate it belongs. No part of it is ever
/// shown.
public struct PrivateKey: Sendable {
  private enum Kind: Sendable {
    case rsa(RSANumbers)
    /// The public point, where the key has it.
    case elliptic(point: [UInt8]?)
    case other
  }

  private let kind: Kind
  private let algorithm: Algorithm
  /// Its DER.
  let bytes: [UInt8]

  /// Takes the first key of a PEM text, whatever its block is called: `RSA PRIVATE KEY`,
  /// `EC PRIVATE KEY` or `PRIVATE KEY`. Other blocks are passed over.
  ///
  /// Throws when there is none, when it is encrypted, or what is wrong with it.
  public init(inPEM text: [UInt8]) throws(CertificateError) {
    let blocks = try PEMBlock.all(in: text)
    guard let block = blocks.first(where: { $0.label.bytes[...].ends(with: "PRIVATE KEY") })
    else { throw CertificateError("has no PEM block PRIVATE KEY") }
    try self.init(block)
  }

  /// Takes the key of a PEM block.
  ///
  /// Throws when it is encrypted, or what is wrong with it.
  public init(_ block: PEMBlock) throws(CertificateError) {
    if block.isEncrypted {
      throw CertificateError(
        "is encrypted with a passphrase, which nobody could be asked for; decrypt it with openssl"
          + " pkey")
    }
    try self.init(der: block.bytes)
  }

  /// Reads DER: PKCS#1 (RFC 8017), SEC1 (RFC 5915) or PKCS#8 (RFC 5958).
  public init(der bytes: [UInt8]) throws(CertificateError) {
    do throws(DERFault) {
      (algorithm, kind) = try Self.read(bytes)
    } catch {
      throw CertificateError("is no private key: \(error.text)")
    }
    self.bytes = bytes
  }

  private static func read(_ bytes: [UInt8]) throws(DERFault) -> (Algorithm, Kind) {
    var outer = DERReader(bytes)
    var parts = try outer.enter(DERTag.sequence)
    try outer.finish()
    let start = parts
    _ = try parts.next(DERTag.integer)
    // The three forms differ in what follows their version.
    switch parts.nextTag {
    case DERTag.integer: return (Algorithm(name: rsaEncryption), .rsa(try rsa(start)))
    case DERTag.octets: return try elliptic(start, curve: nil)
    default: break
    }
    let algorithm = try Algorithm(&parts)
    let key = try parts.next(DERTag.octets)
    // Attributes and a public key may follow.
    while !parts.isAtEnd { _ = try parts.any() }
    if algorithm.name == rsaEncryption {
      return (algorithm, .rsa(try rsa(try parts.enterOnly(DERTag.sequence, in: key))))
    }
    if algorithm.name == ellipticKey {
      return try elliptic(
        try parts.enterOnly(DERTag.sequence, in: key), curve: algorithm.curve)
    }
    return (algorithm, .other)
  }

  @inline(never)
  private static func rsa(_ key: DERReader) throws(DERFault) -> RSANumbers {
    var parts = key
    _ = try parts.next(DERTag.integer)
    let numbers = try RSANumbers(&parts)
    // The secret exponent, two primes, two exponents, a coefficient.
    for _ in 0..<6 { _ = try parts.next(DERTag.integer) }
    _ = try parts.optional(DERTag.sequence)
    try parts.finish()
    return numbers
  }

  @inline(never)
  private static func elliptic(
    _ key: DERReader, curve outer: [UInt8]?
  ) throws(DERFault) -> (Algorithm, Kind) {
    var parts = key
    _ = try parts.next(DERTag.integer)
    _ = try parts.next(DERTag.octets)
    var curve = outer
    if let parameters = try parts.optional(DERTag.around(0)) {
      var inner = parts.inside(parameters)
      let element = try inner.any()
      try inner.finish()
      if curve == nil, element.tag == DERTag.oid { curve = Array(parts[element]) }
    }
    var point: [UInt8]?
    if let publicKey = try parts.optional(DERTag.around(1)) {
      var inner = parts.inside(publicKey)
      point = Array(parts.bytes[try inner.wholeBytes()])
      try inner.finish()
    }
    try parts.finish()
    return (Algorithm(name: ellipticKey, curve: curve), .elliptic(point: point))
  }

  /// Whether this is the key of the certificate: by the public half that an RSA or EC key holds, and
  /// by libcrypto for a key that does not show it.
  ///
  /// Throws when libcrypto is needed and is not there, or cannot read the key.
  public func matches(_ certificate: Certificate) throws(CertificateError) -> Bool {
    let other = certificate.publicKey
    if algorithm.name != other.algorithm.name { return false }
    switch kind {
    case .rsa(let numbers):
      do throws(DERFault) {
        return numbers.isSame(as: try other.rsaNumbers())
      } catch {
        throw CertificateError(
          "cannot be compared with the certificate, which has no RSA key: \(error.text)")
      }
    case .elliptic(let point?):
      guard let curve = algorithm.curve, let otherCurve = other.algorithm.curve else { break }
      if curve != otherCurve { return false }
      // Points of one form are equal when their bytes are.
      if point.first == 4, other.key.first == 4 { return point == other.key }
    default: break
    }
    return try Libcrypto.belongs(self, to: certificate)
  }
}

private let rsaEncryption: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]
private let ellipticKey: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]
