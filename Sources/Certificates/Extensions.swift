/// What the extensions of a certificate (RFC 5280, 4.2) say about who may issue others.
struct Extensions: Sendable {
  /// Whether it is a CA's; nil where it does not say.
  var isCA: Bool?
  /// How many certificates of CAs may follow it; nil for any number.
  var pathLength: Int?
  /// Whether its key may sign certificates; nil where it does not say.
  var signsCertificates: Bool?
  var subjectKeyIdentifier: [UInt8]?
  var authorityKeyIdentifier: [UInt8]?

  init() {}

  init(_ reader: inout DERReader) throws(DERFault) {
    var known: [UInt8] = []
    var list = DERReader(in: try reader.next(DERTag.sequence))
    while !list.isAtEnd {
      var parts = DERReader(in: try list.next(DERTag.sequence))
      let type = try parts.next(DERTag.oid)
      _ = try parts.optional(DERTag.boolean)
      let value = try parts.next(DERTag.octets)
      try parts.end()
      // Those that are read are of X.509's own, which differ in the last byte.
      guard type.content.count == 3, type.content.starts(with: [0x55, 0x1D]),
        let number = type.content.last
      else { continue }
      if known.contains(number) { throw type.fault("has an extension twice") }
      known.append(number)
      try read(number, DERReader(in: value))
    }
  }

  private mutating func read(_ number: UInt8, _ value: DERReader) throws(DERFault) {
    var value = value
    switch number {
    case 14: subjectKeyIdentifier = Array(try value.next(DERTag.octets).content)
    case 15:
      let usage = try value.next(DERTag.bits)
      guard let spare = usage.content.first, spare < 8 else {
        throw usage.fault("has a key usage that is none")
      }
      signsCertificates = (usage.content.dropFirst().first ?? 0) & 0x04 != 0
    case 19:
      var parts = DERReader(in: try value.next(DERTag.sequence))
      isCA = try parts.optional(DERTag.boolean).map { $0.content.contains { $0 != 0 } } ?? false
      if let length = try parts.optional(DERTag.integer) { pathLength = try small(length) }
      try parts.end()
    case 35:
      var parts = DERReader(in: try value.next(DERTag.sequence))
      authorityKeyIdentifier = try parts.optional(DERTag.plain(0)).map { Array($0.content) }
      // The issuer's name and serial number may follow; names are compared anyway.
      return
    default: return
    }
    try value.end()
  }
}

/// A number from 0; nil for one so great that it is no limit.
private func small(_ element: DERElement) throws(DERFault) -> Int? {
  guard let first = element.content.first, first < 0x80 else {
    throw element.fault("has a number below 0 where none can be")
  }
  return element.content.count == 1 ? Int(first) : nil
}
