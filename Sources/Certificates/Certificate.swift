internal import ByteText

/// An X.509 certificate (RFC 5280), as far as can be told by reading it. Its signature is another
/// matter: see `chain(through:to:verifyingSignatures:)`.
public final class Certificate: Sendable {
  /// Its DER.
  public let bytes: [UInt8]
  /// Who holds the key that belongs to it.
  public let subject: DistinguishedName
  /// Who has signed it.
  public let issuer: DistinguishedName
  /// From when on it is valid.
  public let notBefore: Instant
  /// Until when it is valid, this second included; nil for one that does not expire.
  public let notAfter: Instant?
  let publicKey: PublicKey
  let extensions: Extensions
  /// Whether it is X.509 version 1, which has no extensions.
  private let isFirstVersion: Bool

  /// Reads DER.
  ///
  /// Throws for anything that is not one certificate and no more, and says at which byte it is not.
  public convenience init(der bytes: [UInt8]) throws(CertificateError) {
    do throws(DERFault) {
      try self.init(reading: bytes)
    } catch {
      throw CertificateError("is no X.509 certificate: \(error.text)")
    }
  }

  /// Reads all certificates of a PEM text, in its order: at least one. Other blocks are passed over.
  ///
  /// Throws for a block that is broken or no certificate, and says which.
  public static func all(inPEM text: [UInt8]) throws(CertificateError) -> [Certificate] {
    var certificates: [Certificate] = []
    for block in try PEMBlock.all(in: text) where block.label == "CERTIFICATE" {
      do throws(CertificateError) {
        certificates.append(try Certificate(der: block.bytes))
      } catch {
        throw CertificateError(
          "has a certificate \(certificates.count + 1) that \(error.message)")
      }
    }
    if certificates.isEmpty { throw CertificateError("has no PEM block CERTIFICATE") }
    return certificates
  }

  private init(reading bytes: [UInt8]) throws(DERFault) {
    var outer = DERReader(bytes)
    var parts = try outer.enter(DERTag.sequence)
    try outer.finish()
    var body = try parts.enter(DERTag.sequence)
    let algorithm = try parts.next(DERTag.sequence)
    _ = try parts.wholeBytes()
    try parts.finish()

    if let element = try body.optional(DERTag.around(0)) {
      var version = body.inside(element)
      isFirstVersion = version[try version.next(DERTag.integer)].elementsEqual([0])
      try version.finish()
    } else {
      isFirstVersion = true
    }
    _ = try body.next(DERTag.integer)
    let signed = try body.next(DERTag.sequence)
    if body[signed] != body[algorithm] { throw algorithm.fault(.algorithms) }
    issuer = try DistinguishedName(&body)
    var validity = try body.enter(DERTag.sequence)
    // A start that stands for none is late enough to be taken as it is.
    notBefore = try Instant.reading(&validity) ?? Instant(seconds: 253_402_300_799)
    notAfter = try Instant.reading(&validity)
    try validity.finish()
    subject = try DistinguishedName(&body)
    publicKey = try PublicKey(&body)
    // Unique identifiers, which nobody uses.
    _ = try body.optional(DERTag.plain(1))
    _ = try body.optional(DERTag.plain(2))
    if let element = try body.optional(DERTag.around(3)) {
      var list = body.inside(element)
      extensions = try Extensions(&list)
      try list.finish()
    } else {
      extensions = Extensions()
    }
    try body.finish()
    self.bytes = bytes
  }

  /// Whether basicConstraints says that this is the certificate of a CA; nil where nothing is said.
  public var isCA: Bool? { extensions.isCA }
  /// How many certificates of CAs may stand between this one and the last of a chain; nil for any
  /// number.
  public var pathLength: Int? { extensions.pathLength }
  /// The identifier of its key, if it has one.
  public var subjectKeyIdentifier: [UInt8]? { extensions.subjectKeyIdentifier }
  /// The identifier of the key that has signed it, if it names one.
  public var authorityKeyIdentifier: [UInt8]? { extensions.authorityKeyIdentifier }
  /// Its public key as SubjectPublicKeyInfo, in DER.
  public var publicKeyInfo: [UInt8] { Array(bytes[publicKey.info]) }
  /// Whether subject and issuer are the same.
  public var isSelfIssued: Bool { subject == issuer }

  /// Whether it may issue others: a CA, or self-issued and of version 1, which has no word for it;
  /// and with a key for that use, if uses are named.
  public var mayIssue: Bool {
    (extensions.isCA ?? (isFirstVersion && isSelfIssued)) && extensions.signsCertificates != false
  }

  /// Whether, by names and the identifiers of keys, this is whose key has signed the other one. Says
  /// nothing of the signature.
  public func isNamedIssuer(of certificate: Certificate) -> Bool {
    subject == certificate.issuer && hasIdentifiedKey(of: certificate)
  }

  /// Whether the identifiers of keys do not say otherwise.
  func hasIdentifiedKey(of certificate: Certificate) -> Bool {
    guard let own = subjectKeyIdentifier, let named = certificate.authorityKeyIdentifier else {
      return true
    }
    return own == named
  }
}
