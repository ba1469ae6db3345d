/// Where bytes are not the DER (X.690) that is expected, and how.
struct DERFault: Error {
  /// Counted from 0.
  let byte: Int
  /// The end of a sentence that begins with "its DER".
  let words: String
}

/// The tags that are read. Those of a class of their own stand for what a sequence may have at one
/// place.
enum DERTag {
  static let boolean: UInt8 = 0x01
  static let integer: UInt8 = 0x02
  static let bits: UInt8 = 0x03
  static let octets: UInt8 = 0x04
  static let oid: UInt8 = 0x06
  static let utcTime: UInt8 = 0x17
  static let generalizedTime: UInt8 = 0x18
  static let sequence: UInt8 = 0x30
  static let set: UInt8 = 0x31

  /// The tag [number] with a value of a type without parts.
  static func plain(_ number: UInt8) -> UInt8 { 0x80 | number }
  /// The tag [number] around a value that has its own tag.
  static func around(_ number: UInt8) -> UInt8 { 0xA0 | number }
}

/// A value, which knows its place in the bytes that it was read from.
struct DERElement: Sendable {
  let tag: UInt8
  let content: ArraySlice<UInt8>
  /// Tag, length and content.
  let whole: ArraySlice<UInt8>

  func fault(_ words: String) -> DERFault { DERFault(byte: whole.startIndex, words: words) }

  /// Whether this is the object identifier of these bytes.
  func isOID(_ bytes: [UInt8]) -> Bool { tag == DERTag.oid && content.elementsEqual(bytes) }
}

/// Reads values that follow one another. Only what has the one form that DER allows is read: a
/// length that is definite and as short as can be, and nothing left over at the end.
struct DERReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// Reads what is in a value.
  init(in element: DERElement) { rest = element.content }

  var isAtEnd: Bool { rest.isEmpty }
  var nextTag: UInt8? { rest.first }

  /// The next value, whatever it is.
  @inline(never)
  mutating func any() throws(DERFault) -> DERElement {
    guard let tag = rest.first else { throw fault("ends too early") }
    if tag & 0x1F == 0x1F { throw fault("has a tag of several bytes") }
    var position = rest.startIndex + 1
    var length = try byte(position)
    position += 1
    if length >= 0x80 {
      let count = length & 0x7F
      if !(1...4 ~= count) { throw fault("has no length that can be") }
      length = 0
      for _ in 0..<count {
        length = try length << 8 | byte(position)
        position += 1
      }
      if length < 0x80 || length >> ((count - 1) * 8) == 0 {
        throw fault("has a length with bytes to spare")
      }
    }
    if rest.endIndex - position < length { throw fault("ends too early") }
    let end = position + length
    let element = DERElement(
      tag: tag, content: rest[position..<end], whole: rest[rest.startIndex..<end])
    rest = rest[end...]
    return element
  }

  /// The next value, which must be of this type.
  @inline(never)
  mutating func next(_ tag: UInt8) throws(DERFault) -> DERElement {
    if let found = rest.first, found != tag { throw fault("is not of the type that belongs there") }
    let element = try any()
    if tag == DERTag.integer {
      // No byte of an integer is there only to repeat the sign.
      let bytes = element.content.prefix(2)
      guard let first = bytes.first else { throw element.fault("has an empty number") }
      if bytes.count == 2, first == (bytes[bytes.startIndex + 1] < 0x80 ? 0 : 0xFF) {
        throw element.fault("has a number with bytes to spare")
      }
    }
    return element
  }

  /// The next value, if it is of this type.
  mutating func optional(_ tag: UInt8) throws(DERFault) -> DERElement? {
    rest.first == tag ? try next(tag) : nil
  }

  /// A sequence of what `body` reads, all of it.
  mutating func sequence<Value>(
    _ body: (inout DERReader) throws(DERFault) -> Value
  ) throws(DERFault) -> Value {
    var reader = DERReader(in: try next(DERTag.sequence))
    let value = try body(&reader)
    try reader.end()
    return value
  }

  /// A bit string of whole bytes.
  mutating func wholeBytes() throws(DERFault) -> ArraySlice<UInt8> {
    let element = try next(DERTag.bits)
    if element.content.first != 0 { throw element.fault("has bits that are no whole bytes") }
    return element.content.dropFirst()
  }

  /// Looks that nothing is left.
  func end() throws(DERFault) {
    if !rest.isEmpty { throw fault("goes on behind its end") }
  }

  private func fault(_ words: String) -> DERFault {
    DERFault(byte: rest.startIndex, words: words)
  }

  private func byte(_ position: Int) throws(DERFault) -> Int {
    if position >= rest.endIndex { throw fault("ends too early") }
    return Int(rest[position])
  }
}
