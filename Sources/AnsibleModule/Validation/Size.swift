internal import ByteText

/// Reads a size as people write it: `512`, `2K`, `1.5 GB`, `10 megabytes`; with `isBits`, `1Mb`.
/// Units are powers of 1024. Nil for anything else, and beyond 64 bits.
func size(_ text: String, isBits: Bool) -> Int? {
  let scalars = text.scalars
  let number = scalars.prefix { $0.isDigit || $0 == "." }
  guard let last = number.last, last != ".", let value = parseNumber("0" + String(number)) else {
    return nil
  }
  let unit = Array(scalars[number.endIndex...]).stripped
  let name = String(unit).lowercasedASCII
  guard let first = unit.first else { return rounded(value) }
  guard let power = powers.firstIndex(where: { name.bytes.first == $0.letter }) else { return nil }
  if unit.count > 1 {
    let isLong = name == powers[power].name + (isBits ? "bit" : "byte")
    // `B` alone is a unit, `BB` is none.
    let isShort =
      power > 0 && unit.count == 2 && first.value & 0x20 == 0 && unit.last == (isBits ? "b" : "B")
    guard isLong || isShort else { return nil }
  }
  var bytes = value
  for _ in 0..<power { bytes *= 1024 }
  return rounded(bytes)
}

/// Index n stands for 1024 to the power of n.
private let powers: [(letter: UInt8, name: String)] = [
  (UInt8(ascii: "b"), ""), (UInt8(ascii: "k"), "kilo"), (UInt8(ascii: "m"), "mega"),
  (UInt8(ascii: "g"), "giga"), (UInt8(ascii: "t"), "tera"), (UInt8(ascii: "p"), "peta"),
  (UInt8(ascii: "e"), "exa"), (UInt8(ascii: "z"), "zeta"), (UInt8(ascii: "y"), "yotta"),
]

/// Python's `round`: the nearest whole number, of two the even one; nil beyond 64 bits. Without
/// the functions of libm, so that nothing needs it.
func rounded(_ value: Double) -> Int? {
  guard abs(value) < 0x1p63 else { return nil }
  let whole = Int(value)
  let rest = abs(value - Double(whole))
  guard rest > 0.5 || (rest == 0.5 && whole % 2 != 0) else { return whole }
  return value < 0 ? whole - 1 : whole + 1
}
