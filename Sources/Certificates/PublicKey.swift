/// The public key of a certificate, read but not understood: two are compared by their bytes.
struct PublicKey: Sendable {
  /// Where the SubjectPublicKeyInfo of RFC 5280 is.
  let info: Range<Int>
  let algorithm: Algorithm
  let key: [UInt8]

  init(_ reader: inout DERReader) throws(DERFault) {
    let whole = try reader.next(DERTag.sequence)
    var parts = reader.inside(whole)
    info = whole.start..<whole.content.upperBound
    algorithm = try Algorithm(&parts)
    key = Array(reader.bytes[try parts.wholeBytes()])
    try parts.finish()
  }

  /// Modulus and exponent, of an RSA key.
  func rsaNumbers() throws(DERFault) -> RSANumbers {
    var outer = DERReader(key)
    var numbers = try outer.enter(DERTag.sequence)
    try outer.finish()
    let read = try RSANumbers(&numbers)
    try numbers.finish()
    return read
  }
}

/// The public numbers of an RSA key (RFC 8017), as they are in its DER.
struct RSANumbers: Sendable {
  private let bytes: [UInt8]

  init(_ reader: inout DERReader) throws(DERFault) {
    let modulus = try reader.next(DERTag.integer)
    let exponent = try reader.next(DERTag.integer)
    bytes = Array(reader.bytes[modulus.start..<exponent.content.upperBound])
  }

  func isSame(as other: RSANumbers) -> Bool { bytes == other.bytes }
}

/// What kind of key a key is.
struct Algorithm: Sendable {
  /// Its object identifier.
  let name: [UInt8]
  /// The object identifier of its curve, if it has one.
  let curve: [UInt8]?

  /// Reads an AlgorithmIdentifier.
  @inline(never)
  init(_ reader: inout DERReader) throws(DERFault) {
    var parts = try reader.enter(DERTag.sequence)
    name = Array(parts[try parts.next(DERTag.oid)])
    curve = try parts.optional(DERTag.oid).map { Array(parts[$0]) }
    // Parameters of another kind, which are none or not compared.
    if !parts.isAtEnd { _ = try parts.any() }
    try parts.finish()
  }

  init(name: [UInt8], curve: [UInt8]? = nil) {
    self.name = name
    self.curve = curve
  }
}
