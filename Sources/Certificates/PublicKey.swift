/// The public key of a certificate, read but not understood: two are compared by their bytes.
struct PublicKey: Sendable {
  /// The SubjectPublicKeyInfo of RFC 5280, whole.
  let info: ArraySlice<UInt8>
  /// The object identifier of its algorithm.
  let algorithm: ArraySlice<UInt8>
  /// What belongs to the algorithm: the curve, if it has one.
  let parameters: DERElement?
  let key: ArraySlice<UInt8>

  init(_ reader: inout DERReader) throws(DERFault) {
    let whole = try reader.next(DERTag.sequence)
    var parts = DERReader(in: whole)
    info = whole.whole
    (algorithm, parameters) = try readAlgorithm(&parts)
    key = try parts.wholeBytes()
    try parts.end()
  }

  /// Modulus and exponent, of an RSA key.
  func rsaNumbers() throws(DERFault) -> RSANumbers {
    var reader = DERReader(key)
    let numbers = try reader.sequence { numbers throws(DERFault) in
      try RSANumbers(&numbers)
    }
    try reader.end()
    return numbers
  }
}

/// The public numbers of an RSA key (RFC 8017).
struct RSANumbers: Sendable {
  let modulus: ArraySlice<UInt8>
  let exponent: ArraySlice<UInt8>

  init(_ reader: inout DERReader) throws(DERFault) {
    modulus = try reader.next(DERTag.integer).content
    exponent = try reader.next(DERTag.integer).content
  }

  func isSame(as other: RSANumbers) -> Bool {
    modulus.elementsEqual(other.modulus) && exponent.elementsEqual(other.exponent)
  }
}

/// The object identifier and the parameters of an AlgorithmIdentifier.
func readAlgorithm(
  _ reader: inout DERReader
) throws(DERFault) -> (ArraySlice<UInt8>, DERElement?) {
  var parts = DERReader(in: try reader.next(DERTag.sequence))
  let algorithm = try parts.next(DERTag.oid).content
  let parameters = parts.isAtEnd ? nil : try parts.any()
  try parts.end()
  return (algorithm, parameters)
}
