internal import ByteText

/// Where bytes are not the DER (X.690) that is expected, and how. Of two plain numbers, for it is
/// thrown through every reader.
struct DERFault: Error {
  enum Kind: UInt8 {
    case cut, tag, length, spareLength, type, emptyNumber, spareNumber, negative, bits, leftOver,
      oid
    case algorithms, noDate, date, calendar, usage, twice
  }

  /// Counted from 0.
  let byte: Int
  let kind: Kind

  /// The end of a sentence.
  var text: String { "at byte \(byte) its DER \(words)" }

  private var words: String {
    switch kind {
    case .cut: "ends too early"
    case .tag: "has a tag of several bytes"
    case .length: "has no length that can be"
    case .spareLength: "has a length with bytes to spare"
    case .type: "is not of the type that belongs there"
    case .emptyNumber: "has an empty number"
    case .spareNumber: "has a number with bytes to spare"
    case .negative: "has a number below 0 where none can be"
    case .bits: "has bits that are no whole bytes"
    case .leftOver: "goes on behind its end"
    case .oid: "has an object identifier that cannot be"
    case .algorithms: "names another signature algorithm than it has inside"
    case .noDate: "has no date where one belongs"
    case .date: "has a date that is not to the second and in UTC"
    case .calendar: "has a date that is not in the calendar"
    case .usage: "has a key usage that is none"
    case .twice: "has an extension twice"
    }
  }
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

/// The place of a value in the bytes that it was read from.
struct DERElement: Sendable {
  let tag: UInt8
  /// Where its tag stands.
  let start: Int
  let content: Range<Int>

  func fault(_ kind: DERFault.Kind) -> DERFault { DERFault(byte: start, kind: kind) }
}

/// Reads values that follow one another. Only what has the one form that DER allows is read: a
/// length that is definite and as short as can be, and nothing left over at the end.
struct DERReader {
  let bytes: [UInt8]
  private var position: Int
  private let end: Int

  /// Reads bytes.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = 0
    end = bytes.count
  }

  private init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// Reads what is in a value of these bytes.
  func inside(_ element: DERElement) -> DERReader { DERReader(bytes, element.content) }

  /// The content of a value.
  subscript(_ element: DERElement) -> ArraySlice<UInt8> { bytes[element.content] }

  /// A value with its tag and length.
  func whole(_ element: DERElement) -> ArraySlice<UInt8> {
    bytes[element.start..<element.content.upperBound]
  }

  var isAtEnd: Bool { position == end }
  var nextTag: UInt8? { position < end ? bytes[position] : nil }

  /// The next value, whatever it is.
  @inline(never)
  mutating func any() throws(DERFault) -> DERElement {
    let start = position
    guard end - start >= 2 else { throw fault(.cut) }
    if bytes[start] & 0x1F == 0x1F { throw fault(.tag) }
    var length = Int(bytes[start + 1])
    var content = start + 2
    if length >= 0x80 {
      let count = length & 0x7F
      if !(1...4 ~= count) { throw fault(.length) }
      if end - content < count { throw fault(.cut) }
      length = 0
      for byte in bytes[content..<(content + count)] { length = length << 8 | Int(byte) }
      if length < 0x80 || length >> ((count - 1) * 8) == 0 { throw fault(.spareLength) }
      content += count
    }
    if end - content < length { throw fault(.cut) }
    position = content + length
    return DERElement(tag: bytes[start], start: start, content: content..<position)
  }

  /// The next value, which must be of this type.
  @inline(never)
  mutating func next(_ tag: UInt8) throws(DERFault) -> DERElement {
    if let found = nextTag, found != tag { throw fault(.type) }
    let element = try any()
    if tag == DERTag.integer {
      // No byte of an integer is there only to repeat the sign.
      let start = element.content.lowerBound
      if element.content.isEmpty { throw element.fault(.emptyNumber) }
      if element.content.count > 1, bytes[start] == (bytes[start + 1] < 0x80 ? 0 : 0xFF) {
        throw element.fault(.spareNumber)
      }
    }
    return element
  }

  /// The next value, if it is of this type.
  mutating func optional(_ tag: UInt8) throws(DERFault) -> DERElement? {
    nextTag == tag ? try next(tag) : nil
  }

  /// A reader of the next value, which must be of this type.
  @inline(never)
  mutating func enter(_ tag: UInt8) throws(DERFault) -> DERReader { inside(try next(tag)) }

  /// A reader of the only value in another one.
  func enterOnly(_ tag: UInt8, in element: DERElement) throws(DERFault) -> DERReader {
    var outer = inside(element)
    let inner = try outer.enter(tag)
    try outer.finish()
    return inner
  }

  /// A bit string of whole bytes.
  @inline(never)
  mutating func wholeBytes() throws(DERFault) -> Range<Int> {
    let element = try next(DERTag.bits)
    if self[element].first != 0 { throw element.fault(.bits) }
    return (element.content.lowerBound + 1)..<element.content.upperBound
  }

  /// Looks that nothing is left.
  func finish() throws(DERFault) {
    if !isAtEnd { throw fault(.leftOver) }
  }

  private func fault(_ kind: DERFault.Kind) -> DERFault { DERFault(byte: position, kind: kind) }
}
