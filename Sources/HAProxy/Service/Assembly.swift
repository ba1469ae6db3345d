internal import ByteText

/// The configuration as `ansible.builtin.assemble` puts it together: every fragment of the folder in
/// the order of names, hidden ones too, each on lines of its own.
///
/// Source: ansible-core's `modules/assemble.py`; the role gives it neither delimiter nor pattern.
public struct Assembly: Sendable {
  public private(set) var bytes: [UInt8] = []
  private var parts: [(name: String, firstLine: Int)] = []
  private var lines = 0
  /// Whether the fragment before ends within a line; an empty one counts as if it did.
  private var isWithinLine = false

  /// - Parameter fragments: names and contents, in any order.
  public init(_ fragments: [(name: String, bytes: [UInt8])]) {
    for name in fragments.map({ $0.name }).sortedByBytes() {
      for fragment in fragments where fragment.name == name {
        append(fragment.name, fragment.bytes)
      }
    }
  }

  private mutating func append(_ name: String, _ content: [UInt8]) {
    if isWithinLine {
      bytes.append(newline)
      lines += 1
    }
    parts.append((name, lines + 1))
    bytes += content
    for byte in content where byte == newline { lines += 1 }
    isWithinLine = content.last != newline
  }

  /// The fragment that a line of the configuration comes from, and the line in it, from 1.
  public func origin(ofLine line: Int) -> (name: String, line: Int)? {
    // Of fragments that begin on the same line all but the last are empty.
    guard line > 0, let part = parts.last(where: { $0.firstLine <= line }) else { return nil }
    return (part.name, line - part.firstLine + 1)
  }

  /// HAProxy's messages with the places in the configuration replaced by those in the fragments.
  /// - Parameters:
  ///   - file: how the messages name the configuration.
  ///   - folder: where the fragments lie.
  public func located(_ messages: String, file: String, folder: String) -> String {
    let text = messages.bytes
    let mark = (file + ":").bytes
    var located: [UInt8] = []
    var place = 0
    while place < text.count {
      guard text[place...].starts(with: mark) else {
        located.append(text[place])
        place += 1
        continue
      }
      let digits = text[(place + mark.count)...].prefix { isDigit($0) }.prefix(9)
      let line = Int(String(bytes: digits)) ?? 0
      if let origin = origin(ofLine: line) {
        located += "\(folder)/\(origin.name):\(origin.line)".bytes
      } else {
        located += mark + Array(digits)
      }
      place += mark.count + digits.count
    }
    return String(bytes: located)
  }
}

private let newline = UInt8(ascii: "\n")
