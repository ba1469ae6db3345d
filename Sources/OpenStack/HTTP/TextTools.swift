internal import ByteText

extension String {
  @inline(never)
  func begins(with start: String) -> Bool { bytes[...].begins(with: start) }

  @inline(never)
  func ends(with end: String) -> Bool {
    let start = utf8.count - end.utf8.count
    return start >= 0 && part(from: start) == end
  }

  /// The bytes from one place to another as text.
  @inline(never)
  func part(from start: Int, to end: Int? = nil) -> String {
    let bytes = Array(utf8)
    return String(decoding: bytes[start..<(end ?? bytes.count)], as: UTF8.self)
  }

  /// Where a text begins in this one.
  @inline(never)
  func place(of text: String, from start: Int = 0) -> Int? {
    let (bytes, wanted) = (Array(utf8), Array(text.utf8))
    guard !wanted.isEmpty, bytes.count >= wanted.count else { return nil }
    var place = start
    while place <= bytes.count - wanted.count {
      if bytes[place] == wanted[0], bytes[place..<(place + wanted.count)].elementsEqual(wanted) {
        return place
      }
      place += 1
    }
    return nil
  }

  /// With one text in place of another, wherever that stands.
  @inline(never)
  func replacing(_ old: String, with new: String) -> String {
    var (text, rest) = ("", self)
    while let place = rest.place(of: old) {
      text += rest.part(from: 0, to: place)
      text += new
      rest = rest.part(from: place + old.utf8.count)
    }
    return text + rest
  }

  /// In small letters, as far as they are ASCII.
  var lowercasedASCII: String {
    @inline(never)
    get {
      var bytes = self.bytes
      for place in bytes.indices where bytes[place] >= 0x41 && bytes[place] <= 0x5A {
        bytes[place] |= 0x20
      }
      return String(bytes: bytes)
    }
  }

  /// Without blanks and line ends around it.
  var trimmed: String {
    @inline(never)
    get {
      let bytes = Array(utf8)
      var (start, end) = (0, bytes.count)
      while start < end, bytes[start] <= 0x20 { start += 1 }
      while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }
  }

  /// Without so many of one byte at its end.
  @inline(never)
  func withoutLast(_ byte: UInt8) -> String {
    var bytes = Array(utf8)
    while bytes.last == byte { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// With `_` for each `-`, as the keys of settings are written.
  var underscored: String {
    @inline(never)
    get {
      var bytes = self.bytes
      for place in bytes.indices where bytes[place] == UInt8(ascii: "-") {
        bytes[place] = UInt8(ascii: "_")
      }
      return String(bytes: bytes)
    }
  }

  /// What stands between the separators.
  @inline(never)
  func pieces(by separator: UInt8) -> [String] {
    var pieces: [String] = []
    for part in bytes[...].parts(at: separator) { pieces.append(String(bytes: part)) }
    return pieces
  }
}

/// Texts in a row, for a sentence.
@inline(never)
func joined(_ texts: [String], _ separator: String = ", ") -> String {
  var text = ""
  for (place, element) in texts.enumerated() {
    if place > 0 { text += separator }
    text += element
  }
  return text
}
