/// Where the password of an address is: `http://USER:PASSWORD@HOST`, also without the scheme; nil where
/// there is none. It goes on to the last `@`: what is no password is rather taken for one.
package func placeOfPassword(in address: [UInt8]) -> Range<Int>? {
  guard let end = address.lastIndex(of: UInt8(ascii: "@")) else { return nil }
  var start = 0
  while start < end {
    if address[start] == UInt8(ascii: ":") {
      // Not the colon of the scheme.
      if !address[(start + 1)...].begins(with: "//") { return start + 1..<end }
      start += 2
    }
    start += 1
  }
  return nil
}
