internal import ByteText

/// The OS_* variables of a file of shell assignments (`openrc`), which is read and never run.
///
/// A line is `export NAME=value`, `NAME=value` or `unset NAME`, with the quotes of the shell. Lines
/// without a word of OS_ are passed over. Throws for what only a shell could make out.
@inline(never)
func variables(ofOpenRC path: String) throws(OpenStackError) -> [(name: String, value: String)] {
  let bytes: [UInt8]
  switch readFile(path) {
  case .bytes(let read): bytes = read
  case .nothing: throw OpenStackError(.configuration, "\(path) does not exist")
  case .unusable(let why): throw OpenStackError(.configuration, "cannot read \(path): \(why)")
  }
  var variables: [(name: String, value: String)] = []
  let lines = String(bytes: bytes).parts(at: 0x0A)
  for (place, line) in lines.enumerated() {
    var line = line.trimmed
    if line.begins(with: "#") || line.place(of: "OS_") == nil { continue }
    if line.begins(with: "export ") { line = line.part(from: 7).trimmed }
    let isUnset = line.begins(with: "unset ")
    if isUnset { line = line.part(from: 6).trimmed + "=" }
    let name = line.part(from: 0, to: line.place(of: "=") ?? 0)
    var isName = !name.isEmpty
    for byte in name.bytes where !isPartOfName(byte) { isName = false }
    guard isName else { throw fault(path, place, "is more than an assignment") }
    guard let value = word(line.part(from: name.utf8.count + 1)) else {
      throw fault(path, place, "sets \(name) to what only a shell can make out")
    }
    var others: [(name: String, value: String)] = []
    for variable in variables where variable.name != name { others.append(variable) }
    variables = others
    if !isUnset && name.begins(with: "OS_") { variables.append((name, value)) }
  }
  return variables
}

private func fault(_ path: String, _ place: Int, _ words: String) -> OpenStackError {
  OpenStackError(
    .configuration,
    "line \(place + 1) of \(path) \(words), and the file is only read; write the value itself there,"
      + " in single quotes if it has characters of the shell")
}

private func isPartOfName(_ byte: UInt8) -> Bool {
  byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte == UInt8(ascii: "_")
}

/// The one word of the shell that a text is, with a comment behind it or not; nil for anything else.
private func word(_ text: String) -> String? {
  var value: [UInt8] = []
  var quote: UInt8 = 0
  let bytes = text.bytes
  var place = 0
  while place < bytes.count {
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "'") where quote == 0, UInt8(ascii: "\"") where quote == 0: quote = byte
    case quote where quote != 0: quote = 0
    case _ where quote == UInt8(ascii: "'"): value.append(byte)
    case UInt8(ascii: "$"), UInt8(ascii: "`"): return nil
    case UInt8(ascii: "\\"):
      guard place < bytes.count else { return nil }
      let next = bytes[place]
      place += 1
      // Between double quotes a backslash stays where it protects nothing.
      if quote != 0 && !next.isOne(of: "\"\\$`") { value.append(byte) }
      value.append(next)
    case _ where quote != 0: value.append(byte)
    case 0x20, 0x09:
      let rest = String(bytes: bytes[place...]).trimmed
      guard rest.isEmpty || rest.begins(with: "#") else { return nil }
      return String(bytes: value)
    case _ where byte.isOne(of: ";&|<>()"): return nil
    case UInt8(ascii: "~") where value.isEmpty: return nil
    default: value.append(byte)
    }
  }
  return quote == 0 ? String(bytes: value) : nil
}
