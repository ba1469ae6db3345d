internal import ByteText

/// The lines of a reply, empty ones left out.
func lines(_ reply: [UInt8]) -> [ArraySlice<UInt8>] { reply.split(separator: 0x0A) }

func text(_ bytes: ArraySlice<UInt8>) -> String { String(bytes: bytes) }

/// A number of decimal digits, perhaps with a minus; nil for anything else and beyond 64 bits.
func number(_ bytes: ArraySlice<UInt8>) -> Int? {
  let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes
  if digits.isEmpty { return nil }
  var value = 0
  for byte in digits {
    guard 0x30...0x39 ~= byte else { return nil }
    let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
    let (sum, isTooLargeNow) = tens.addingReportingOverflow(Int(byte - 0x30))
    if isTooLarge || isTooLargeNow { return nil }
    value = sum
  }
  return digits.count < bytes.count ? -value : value
}

/// The columns of a table that are wanted, found by the names in its header: their order and number
/// differ between releases.
struct Columns {
  private let places: [Int?]

  /// - Parameters:
  ///   - header: the names in the header.
  ///   - wanted: names; the first `required` of them must be there.
  init(
    _ header: [ArraySlice<UInt8>], wanted: [String], required: Int, of table: String
  ) throws(RuntimeError) {
    var places: [Int?] = []
    for (index, name) in wanted.enumerated() {
      let place = header.firstIndex { $0.isText(name) }
      if place == nil && index < required {
        throw RuntimeError(
          .unreadable,
          "the reply to \"\(table)\" has no column \(name); is it a release of HAProxy from 2.4 on?"
        )
      }
      places.append(place)
    }
    self.places = places
  }

  /// A field of a row, by its place among the wanted; empty where the row or the table has none.
  func field(_ wanted: Int, of row: [ArraySlice<UInt8>]) -> ArraySlice<UInt8> {
    guard let place = places[wanted], place < row.count else { return [] }
    return row[place]
  }
}
