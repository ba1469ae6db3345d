internal import ByteText

/// A private key, as far as is needed to say to which certificate it belongs. No part of it is ever
/// shown.
public struct PrivateKey: Sendable {
  private enum Kind: Sendable {
    case rsa(RSANumbers)
    /// The curve's object identifier and the public point, where the key has them.
    case elliptic(curve: ArraySlice<UInt8>?, point: ArraySlice<UInt8>?)
    case other
  }

  private let kind: Kind
  /// The object identifier of its algorithm.
  private let algorithm: ArraySlice<UInt8>
  /// Its DER.
  let bytes: [UInt8]

  /// Takes the first key of a PEM text, whatever its block is called: `RSA PRIVATE KEY`,
  /// `EC PRIVATE KEY` or `PRIVATE KEY`. Other blocks are passed over.
  ///
  /// Throws when there is none, when it is encrypted, or what is wrong with it.
  public init(inPEM text: [UInt8]) throws(CertificateError) {
    let blocks = try PEMBlock.all(in: text)
    let end = Array("PRIVATE KEY".utf8)
    guard let block = blocks.first(where: { $0.label.utf8.suffix(end.count).elementsEqual(end) })
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
      throw CertificateError("is no private key: at byte \(error.byte) its DER \(error.words)")
    }
    self.bytes = bytes
  }

  private static func read(_ bytes: [UInt8]) throws(DERFault) -> (ArraySlice<UInt8>, Kind) {
    var outer = DERReader(bytes[...])
    let whole = try outer.next(DERTag.sequence)
    try outer.end()
    var parts = DERReader(in: whole)
    _ = try parts.next(DERTag.integer)
    // The three forms differ in what follows their version.
    switch parts.nextTag {
    case DERTag.integer: return (rsaEncryption[...], .rsa(try rsa(whole)))
    case DERTag.octets: return (ellipticKey[...], try elliptic(whole, curve: nil))
    default: break
    }
    let (algorithm, parameters) = try readAlgorithm(&parts)
    let key = try parts.next(DERTag.octets)
    // Attributes and a public key may follow.
    while !parts.isAtEnd { _ = try parts.any() }
    if algorithm.elementsEqual(rsaEncryption) {
      return (algorithm, .rsa(try rsa(try only(in: key))))
    }
    if algorithm.elementsEqual(ellipticKey) {
      return (algorithm, try elliptic(try only(in: key), curve: curve(parameters)))
    }
    return (algorithm, .other)
  }

  private static func only(in octets: DERElement) throws(DERFault) -> DERElement {
    var reader = DERReader(in: octets)
    let element = try reader.next(DERTag.sequence)
    try reader.end()
    return element
  }

  private static func rsa(_ key: DERElement) throws(DERFault) -> RSANumbers {
    var parts = DERReader(in: key)
    _ = try parts.next(DERTag.integer)
    let numbers = try RSANumbers(&parts)
    // The secret exponent, two primes, two exponents, a coefficient.
    for _ in 0..<6 { _ = try parts.next(DERTag.integer) }
    _ = try parts.optional(DERTag.sequence)
    try parts.end()
    return numbers
  }

  private static func elliptic(
    _ key: DERElement, curve outer: ArraySlice<UInt8>?
  ) throws(DERFault) -> Kind {
    var parts = DERReader(in: key)
    _ = try parts.next(DERTag.integer)
    _ = try parts.next(DERTag.octets)
    var inner: ArraySlice<UInt8>?
    if let parameters = try parts.optional(DERTag.around(0)) {
      var reader = DERReader(in: parameters)
      inner = curve(try reader.any())
      try reader.end()
    }
    var point: ArraySlice<UInt8>?
    if let publicKey = try parts.optional(DERTag.around(1)) {
      var reader = DERReader(in: publicKey)
      point = try reader.wholeBytes()
      try reader.end()
    }
    try parts.end()
    return .elliptic(curve: outer ?? inner, point: point)
  }

  private static func curve(_ parameters: DERElement?) -> ArraySlice<UInt8>? {
    parameters?.tag == DERTag.oid ? parameters?.content : nil
  }

  /// Whether this is the key of the certificate: by the public half that an RSA or EC key holds, and
  /// by libcrypto for a key that does not show it.
  ///
  /// Throws when libcrypto is needed and is not there, or cannot read the key.
  public func matches(_ certificate: Certificate) throws(CertificateError) -> Bool {
    let other = certificate.publicKey
    if !algorithm.elementsEqual(other.algorithm) { return false }
    switch kind {
    case .rsa(let numbers):
      do throws(DERFault) {
        return numbers.isSame(as: try other.rsaNumbers())
      } catch {
        throw CertificateError(
          "cannot be compared with the RSA key of the certificate: at byte \(error.byte) its DER "
            + error.words)
      }
    case .elliptic(let curve?, let point?):
      guard let otherCurve = Self.curve(other.parameters) else { break }
      if !curve.elementsEqual(otherCurve) { return false }
      // Points of one form are equal when their bytes are.
      if point.first == 4, other.key.first == 4 { return point.elementsEqual(other.key) }
    default: break
    }
    return try Libcrypto.belongs(self, to: certificate)
  }
}

private let rsaEncryption: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]
private let ellipticKey: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]
