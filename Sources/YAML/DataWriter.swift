internal import ByteText

/// Writes data whose styles are nobody's choice, in a fraction of the code that ``Emitter`` takes:
/// for programs that must be small.
///
/// A line for each scalar, however long. Text is plain where every reader takes it for text, and in
/// double quotes elsewhere; what was read without quotes is written so again, so that it goes on
/// being whatever its reader takes it for. Comments and styles of the tree are left out.
public enum DataWriter {
  /// How a scalar is written as the value, or an item of the value, of the key given by its text.
  public typealias ScalarText = (_ scalar: Scalar, _ key: String) -> String

  /// The text of a document.
  ///
  /// - Parameter scalarText: what is written for a scalar that is no key.
  public static func text(
    of node: Node, scalarText: @escaping ScalarText = { scalar, _ in DataWriter.text(of: scalar) }
  ) -> String {
    var lines = Lines(scalarText: scalarText)
    if node.isBlock {
      lines.block(node, under: "", indent: 0)
    } else {
      lines.line(node, under: "")
    }
    return String(bytes: lines.bytes)
  }

  /// The text of a scalar on one line.
  public static func text(of scalar: Scalar) -> String {
    switch scalar.tag {
    case .string:
      if scalar.wasPlain ? isPrintableASCII(scalar.text) : isTextForAll(scalar.text) {
        return scalar.text
      }
      return quoted(scalar.text)
    case .other(let name): return "!<\(name)> \(quoted(scalar.text))"
    case .null: return "null"
    default: return scalar.text
    }
  }

  /// Whether all characters mean themselves wherever they stand, in every version of YAML: what a
  /// name, an address or base64 is made of.
  private static func isTextForAll(_ text: String) -> Bool {
    guard let first = text.bytes.first, let last = text.bytes.last else { return false }
    return (isLetter(first) || first == UInt8(ascii: "/")) && last != UInt8(ascii: ":")
      && text.bytes.allSatisfy { isLetter($0) || isDigit($0) || $0.isOne(of: "-_./:@+=%") }
      && !Resolver.isLookalike(text)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
  }

  private static func isPrintableASCII(_ text: String) -> Bool {
    text.bytes.allSatisfy { 0x20...0x7E ~= $0 }
  }

  private static func quoted(_ text: String) -> String {
    var bytes = [UInt8(ascii: "\"")]
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22, 0x5C: bytes += [UInt8(ascii: "\\"), UInt8(scalar.value)]
      case 0x0A: bytes += "\\n".bytes
      case 0x00..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
        bytes += "\\u".bytes
        for shift in [12, 8, 4, 0] as [UInt32] {
          bytes.append("0123456789abcdef".bytes[Int(scalar.value >> shift & 0xF)])
        }
      default: bytes += String(scalar).bytes
      }
    }
    bytes.append(UInt8(ascii: "\""))
    return String(bytes: bytes)
  }
}

/// The lines written so far.
private struct Lines {
  var bytes: [UInt8] = []
  // Kept, not handed on: the compiler would make a copy of the code for each closure.
  let scalarText: DataWriter.ScalarText

  /// - Parameter afterDash: Whether the dash of an item has begun the first line.
  mutating func block(
    _ node: Node, under key: String, indent: Int, afterDash: Bool = false
  ) {
    var begins = !afterDash
    for entry in node.entries ?? [] {
      if begins { append(indent: indent) }
      begins = true
      let scalar = entry.key.scalar
      let name = scalar?.text ?? ""
      append(scalar.map { DataWriter.text(of: $0) } ?? "")
      append(":")
      if entry.value.isBlock {
        append("\n")
        block(entry.value, under: name, indent: indent + 2)
      } else {
        append(" ")
        line(entry.value, under: name)
      }
    }
    for item in node.items ?? [] {
      if begins { append(indent: indent) }
      begins = true
      append("- ")
      if item.isBlock {
        block(item, under: key, indent: indent + 2, afterDash: true)
      } else {
        line(item, under: key)
      }
    }
  }

  /// A scalar or an empty collection, and the end of the line.
  mutating func line(_ node: Node, under key: String) {
    switch node.content {
    case .scalar(let scalar): append(scalarText(scalar, key))
    case .sequence: append("[]")
    case .mapping: append("{}")
    }
    append("\n")
  }

  private mutating func append(_ text: String) { bytes += text.bytes }

  private mutating func append(indent: Int) {
    for _ in 0..<indent { bytes.append(UInt8(ascii: " ")) }
  }
}
