// Texts cut and put together at places counted in bytes.

extension String {
  package func ends(with ending: String) -> Bool { bytes[...].ends(with: ending) }

  /// The bytes from one place to another as text.
  @inline(never)
  package func part(from start: Int, to end: Int? = nil) -> String {
    let bytes = self.bytes
    return String(bytes: bytes[start..<(end ?? bytes.count)])
  }

  /// Where a text begins in this one.
  @inline(never)
  package func place(of text: String, from start: Int = 0) -> Int? {
    let (bytes, wanted) = (self.bytes, text.bytes)
    if wanted.isEmpty { return nil }
    var place = start
    while place <= bytes.count - wanted.count {
      var length = 0
      while length < wanted.count, bytes[place + length] == wanted[length] { length += 1 }
      if length == wanted.count { return place }
      place += 1
    }
    return nil
  }

  /// With one text in place of another, wherever that stands.
  @inline(never)
  package func replacing(_ old: String, with new: String) -> String {
    var (text, rest) = ("", self)
    while let place = rest.place(of: old) {
      text += rest.part(from: 0, to: place)
      text += new
      rest = rest.part(from: place + old.utf8.count)
    }
    return text + rest
  }

  /// Without blanks and line ends around it.
  package var trimmed: String {
    @inline(never)
    get {
      let bytes = self.bytes
      var (start, end) = (0, bytes.count)
      while start < end, bytes[start] <= 0x20 { start += 1 }
      while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
      return String(bytes: bytes[start..<end])
    }
  }

  /// Without so many of one byte at its end.
  @inline(never)
  package func withoutLast(_ byte: UInt8) -> String {
    var bytes = self.bytes
    while bytes.last == byte { bytes.removeLast() }
    return String(bytes: bytes)
  }

  /// What stands between the marks, empty parts included: one more than there are marks.
  @inline(never)
  package func parts(at mark: UInt8) -> [String] {
    var parts: [String] = []
    for part in bytes[...].parts(at: mark) { parts.append(String(bytes: part)) }
    return parts
  }
}

extension String {
  /// What stands before the NUL, as C leaves a text in an array.
  @inline(never)
  package init(untilNUL characters: [CChar]) {
    var bytes: [UInt8] = []
    for character in characters {
      if character == 0 { break }
      bytes.append(UInt8(bitPattern: character))
    }
    self.init(bytes: bytes)
  }
}
