internal import ByteText

/// A block of a PEM text (RFC 7468), from `-----BEGIN LABEL-----` to `-----END LABEL-----`.
public struct PEMBlock: Sendable {
  /// What the block holds by its own word, as in `CERTIFICATE` or `EC PRIVATE KEY`.
  public let label: String
  /// Whether a passphrase is needed: PKCS#8's own kind of block, or the header `Proc-Type` of
  /// RFC 1421.
  public let isEncrypted: Bool
  /// What its base64 stands for: DER, unless it is encrypted.
  public let bytes: [UInt8]

  /// All blocks of a text, in its order. What stands outside of blocks is a comment; there may be no
  /// block at all.
  ///
  /// Throws for a block that is broken, where other programs would go on without it.
  public static func all(in text: [UInt8]) throws(CertificateError) -> [PEMBlock] {
    var blocks: [PEMBlock] = []
    var lines = Lines(text[...])
    while let line = lines.next() {
      switch Marker(line, "-----BEGIN ") {
      case .other:
        if case .other = Marker(line, "-----END ") { continue }
        throw CertificateError(
          "has an END line without its BEGIN line behind block \(blocks.count)")
      case .damaged(let words):
        throw CertificateError("has a BEGIN line of block \(blocks.count + 1) that \(words)")
      case .label(let label):
        do throws(BrokenBlock) {
          blocks.append(try PEMBlock(label, &lines))
        } catch {
          throw CertificateError("has a block \(blocks.count + 1) (\(label)) that \(error.words)")
        }
      }
    }
    return blocks
  }

  /// Reads on behind the BEGIN line, to the END line.
  private init(_ label: String, _ lines: inout Lines) throws(BrokenBlock) {
    var isEncrypted = label == "ENCRYPTED PRIVATE KEY"
    var base64: [UInt8] = []
    while let line = lines.next() {
      if line.contains(UInt8(ascii: ":")) {
        // A header, which base64 cannot be.
        if line.begins(with: "Proc-Type:"), line.ends(with: "ENCRYPTED") { isEncrypted = true }
        continue
      }
      if case .other = Marker(line, "-----BEGIN ") {
      } else {
        throw BrokenBlock("has no END line before the next block begins")
      }
      switch Marker(line, "-----END ") {
      case .other:
        base64 += line
        base64.append(UInt8(ascii: "\n"))
      case .damaged(let words):
        throw BrokenBlock("has an END line that \(words)")
      case .label(let end):
        if end != label { throw BrokenBlock("ends as \(end)") }
        guard let bytes = decodeBase64(base64[...]) else { throw BrokenBlock("is not base64") }
        if bytes.isEmpty { throw BrokenBlock("is empty") }
        self.label = label
        self.isEncrypted = isEncrypted
        self.bytes = bytes
        return
      }
    }
    throw BrokenBlock("has no END line; the text is cut off")
  }
}

/// What is wrong with a block, as the end of a sentence about it.
private struct BrokenBlock: Error {
  let words: String

  init(_ words: String) { self.words = words }
}

/// What a line is to one of the two markers.
private enum Marker {
  case label(String)
  /// The marker, in a way that programs do not agree on.
  case damaged(String)
  case other

  init(_ line: ArraySlice<UInt8>, _ start: String) {
    let unindented = line.drop { $0 == 0x20 || $0 == 0x09 }
    guard unindented.begins(with: start) else {
      self = .other
      return
    }
    let label = unindented.dropFirst(start.bytes.count).dropLast(5)
    if unindented.count != line.count {
      self = .damaged("is indented")
    } else if !line.ends(with: "-----") || label.contains(UInt8(ascii: "-")) {
      self = .damaged("does not end with its label and dashes; line breaks may be lost")
    } else if label.isEmpty
      || !label.allSatisfy({ 0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || $0 == 0x20 })
    {
      // Not shown, for it may be anything.
      self = .damaged("has a label that is not of capital letters and digits")
    } else {
      self = .label(String(bytes: label))
    }
  }
}

/// The lines of a text, without what ends them and the spaces before.
private struct Lines {
  private var rest: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) { rest = text }

  mutating func next() -> ArraySlice<UInt8>? {
    if rest.isEmpty { return nil }
    let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
    var line = rest[rest.startIndex..<end]
    rest = rest[end...].dropFirst()
    while let last = line.last, last == 0x20 || last == 0x09 || last == 0x0D { line.removeLast() }
    return line
  }
}
