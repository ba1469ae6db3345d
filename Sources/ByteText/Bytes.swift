// A text as an array of bytes, and what is done with such arrays. Swift's own ways go through any
// kind of collection, and through strings that are not kept in one piece: each use of them in a
// module is a copy of that code.

extension String {
  /// Its UTF-8.
  package var bytes: [UInt8] {
    @inline(never)
    get { Array(utf8) }
  }

  /// The text of UTF-8; what is none becomes U+FFFD.
  @inline(never)
  package init(bytes: [UInt8]) { self = String(decoding: bytes, as: UTF8.self) }

  package init(bytes: ArraySlice<UInt8>) { self.init(bytes: Array(bytes)) }

  /// Whether it has no byte at all.
  package var isEmpty: Bool {
    @inline(never)
    get { utf8.isEmpty }
  }

  /// Whether it begins with these very bytes. `hasPrefix` looks at what a reader sees as one
  /// character, accents included, and brings the tables for that.
  package func begins(with prefix: String) -> Bool { bytes[...].begins(with: prefix) }
}

extension UInt8 {
  /// Whether it is one of these ASCII characters.
  @inline(never)
  package func isOne(of characters: StaticString) -> Bool {
    for place in 0..<characters.utf8CodeUnitCount where characters.utf8Start[place] == self {
      return true
    }
    return false
  }
}

extension [UInt8] {
  package func begins(with prefix: String) -> Bool { self[...].begins(with: prefix) }
}

extension ArraySlice<UInt8> {
  /// Whether these bytes are that text.
  package func isText(_ text: String) -> Bool { count == text.bytes.count && begins(with: text) }

  @inline(never)
  package func begins(with prefix: String) -> Bool {
    let prefix = prefix.bytes
    if count < prefix.count { return false }
    for place in prefix.indices where self[startIndex + place] != prefix[place] { return false }
    return true
  }

  package func ends(with ending: String) -> Bool {
    suffix(ending.bytes.count).isText(ending)
  }

  /// What stands between the marks, empty parts included: one more than there are marks.
  @inline(never)
  package func parts(at mark: UInt8) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = startIndex
    for place in indices where self[place] == mark {
      parts.append(self[start..<place])
      start = place + 1
    }
    parts.append(self[start...])
    return parts
  }
}

extension [String] {
  /// For a sentence: with commas between them.
  package var listed: String {
    @inline(never)
    get { joined(separator: ", ") }
  }

  /// The texts, one behind the other, with `separator` between them.
  @inline(never)
  package func joined(separator: String) -> String {
    var text = ""
    for place in indices {
      if place > 0 { text += separator }
      text += self[place]
    }
    return text
  }
}
