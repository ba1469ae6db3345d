internal import ByteText

/// A configuration as people may see it, and what is hidden in it.
public struct MaskedText: Sendable {
  public private(set) var text = ""
  /// The words that were hidden, for other places where they may turn up.
  public private(set) var secrets: [String] = []

  /// Hides what lines of HAProxy's configuration keep secret: `stats auth`, passwords of user lists,
  /// and headers and cookies that log in.
  /// - Parameter other: of a change the other text; a secret that it does not have is marked.
  public init(_ configuration: String, mark: String = "hidden", comparedTo other: [String] = []) {
    for line in configuration.bytes.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      let line = String(bytes: line)
      if !text.isEmpty || !isFirst { text += "\n" }
      isFirst = false
      guard let start = secretStart(line) else {
        text += line
        continue
      }
      let secret = String(bytes: line.bytes.dropFirst(start))
      secrets.append(secret)
      let isKnown = other.isEmpty || other.contains(secret)
      text += String(bytes: line.bytes.prefix(start))
      text += isKnown ? "(hidden)" : "(\(mark))"
    }
  }

  private var isFirst = true
}

/// Where in a line its secret begins, in bytes; nil for a line without one.
private func secretStart(_ line: String) -> Int? {
  let bytes = line.bytes.lowercasedASCII
  for word in secretWords {
    let pattern = word.bytes
    var place = 0
    while place + pattern.count < bytes.count {
      let isWord = place == 0 || !isLetterOrDigit(bytes[place - 1])
      if isWord && bytes[place...].starts(with: pattern) {
        let rest = bytes[(place + pattern.count)...]
        guard let start = rest.firstIndex(where: { $0 > 0x20 && $0 != UInt8(ascii: "\"") }) else {
          break
        }
        if start > place + pattern.count { return start }
      }
      place += 1
    }
  }
  return nil
}

/// What stands before a secret.
private let secretWords = [
  "stats auth", "insecure-password", "password", "authorization", "x-auth-token",
  "x-subject-token", "cookie:", "set-cookie",
]
