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
    var list = try reader.enter(DERTag.sequence)
    while !list.isAtEnd {
      var parts = try list.enter(DERTag.sequence)
      let type = try parts.next(DERTag.oid)
      _ = try parts.optional(DERTag.boolean)
      let value = try parts.next(DERTag.octets)
      try parts.finish()
      // Those that are read are of X.509's own, which differ in the last byte.
      let name = parts[type]
      guard name.count == 3, name.starts(with: [0x55, 0x1D]), let number = name.last else {
        continue
      }
      if known.contains(number) { throw type.fault(.twice) }
      known.append(number)
      try read(number, parts.inside(value))
    }
  }

  private mutating func read(_ number: UInt8, _ value: DERReader) throws(DERFault) {
    var value = value
    switch number {
    case 14: subjectKeyIdentifier = Array(value[try value.next(DERTag.octets)])
    case 15:
      let usage = try value.next(DERTag.bits)
      guard let spare = value[usage].first, spare < 8 else { throw usage.fault(.usage) }
      signsCertificates = (value[usage].dropFirst().first ?? 0) & 0x04 != 0
    case 19:
      var parts = try value.enter(DERTag.sequence)
      isCA = try parts.optional(DERTag.boolean).map { parts[$0].contains { $0 != 0 } } ?? false
      if let length = try parts.optional(DERTag.integer) {
        guard let first = parts[length].first, first < 0x80 else { throw length.fault(.negative) }
        // A greater one is no limit.
        if length.content.count == 1 { pathLength = Int(first) }
      }
      try parts.finish()
    case 35:
      var parts = try value.enter(DERTag.sequence)
      authorityKeyIdentifier = try parts.optional(DERTag.plain(0)).map { Array(parts[$0]) }
      // The issuer's name and serial number may follow; names are compared anyway.
      return
    default: return
    }
    try value.finish()
  }
}
