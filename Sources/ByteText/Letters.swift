extension [UInt8] {
  /// `A` to `Z` in lower case, the rest as it is.
  package var lowercasedASCII: [UInt8] {
    @inline(never)
    get {
      var bytes = self
      for place in bytes.indices where bytes[place] >= 0x41 && bytes[place] <= 0x5A {
        bytes[place] |= 0x20
      }
      return bytes
    }
  }
}

extension String {
  /// `A` to `Z` in lower case, the rest as it is.
  package var lowercasedASCII: String { String(bytes: bytes.lowercasedASCII) }
}
