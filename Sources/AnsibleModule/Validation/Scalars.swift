internal import ByteText

// Text is taken apart as an array of Unicode scalars everywhere here: Python counts and compares
// characters that way, and one representation costs a module far less code than the views of
// String with their generic algorithms.

typealias Scalars = [Unicode.Scalar]

extension String {
  @inline(never)
  var scalars: Scalars {
    var scalars: Scalars = []
    scalars.reserveCapacity(utf8.count)
    for scalar in unicodeScalars { scalars.append(scalar) }
    return scalars
  }

  @inline(never)
  init(_ scalars: ArraySlice<Unicode.Scalar>) {
    self.init()
    for scalar in scalars { unicodeScalars.append(scalar) }
  }

  init(_ scalars: Scalars) { self.init(scalars[...]) }

  /// `str.strip()`
  var pythonStripped: String { String(scalars.stripped) }
}

extension Scalars {
  /// Without Python's white space at both ends.
  var stripped: ArraySlice<Unicode.Scalar> {
    var rest = self[...]
    while let scalar = rest.first, scalar.isPythonSpace { rest = rest.dropFirst() }
    while let scalar = rest.last, scalar.isPythonSpace { rest = rest.dropLast() }
    return rest
  }
}

extension Unicode.Scalar {
  /// `str.isspace()`
  var isPythonSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F,
      0x205F, 0x3000:
      true
    default: false
    }
  }

  var isDigit: Bool { 0x30...0x39 ~= value }

  /// A letter, digit or `_` of ASCII.
  var isWordPart: Bool {
    isDigit || 0x41...0x5A ~= value || 0x61...0x7A ~= value || self == "_"
  }

  /// The value of a hexadecimal digit.
  var digit: UInt32? {
    switch value {
    case 0x30...0x39: value - 0x30
    case 0x41...0x46: value - 0x41 + 10
    case 0x61...0x66: value - 0x61 + 10
    default: nil
    }
  }
}

/// Reads an integer: a sign and digits of this radix.
@inline(never)
func integer(_ digits: ArraySlice<Unicode.Scalar>, radix: Int) -> Int? {
  parseInteger(String(digits).bytes[...], radix: radix)
}
