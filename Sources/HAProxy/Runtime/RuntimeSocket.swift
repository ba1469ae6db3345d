internal import ByteText
internal import CPosix

/// HAProxy's runtime socket (`stats socket`), asked one command a connection: HAProxy closes it
/// behind the reply, so that the end of a reply is never a guess.
///
/// Management guide of HAProxy, "Unix Socket commands".
public struct RuntimeSocket: Sendable {
  public let path: String
  /// Milliseconds for one command, from connecting to the end of its reply.
  public let timeout: Int

  /// Bytes; a row of statistics has 500, so that there is room for 30 000 servers.
  public static let largestReply = 16 << 20

  public init(_ path: String, timeout: Int = 5000) {
    self.path = path
    self.timeout = timeout
  }

  /// What HAProxy replies, without the empty line at the end. A refusal is a reply like any other:
  /// the caller knows what the command should give.
  public func ask(_ command: String) throws(RuntimeError) -> [UInt8] {
    try check(command)
    var reply = Reply()
    let request = command.bytes + [0x0A]
    let result = withUnsafeMutablePointer(to: &reply) { reply in
      request.withUnsafeBytes { bytes in
        cposix_ask(
          path, bytes.baseAddress ?? UnsafeRawPointer(reply), bytes.count, Int64(timeout), reply
        ) {
          context, chunk, count in
          context.assumingMemoryBound(to: Reply.self).pointee.take(chunk, count) ? 0 : 1
        }
      }
    }
    if result < 0 { throw socketError(result, self) }
    // A reply ends with a line feed behind its last line, and an empty one is that alone.
    let bytes = reply.bytes
    guard bytes.last == 0x0A, bytes.count == 1 || bytes[bytes.count - 2] == 0x0A else {
      throw closedEarly(path)
    }
    return Array(bytes.dropLast())
  }

  /// Gives a command that has no reply when it works; throws HAProxy's words otherwise.
  public func tell(_ command: String) throws(RuntimeError) {
    let reply = try ask(command)
    if !reply.isEmpty { throw rejection(of: command, reply) }
  }

  /// HAProxy's words instead of what `command` should give: their first line, since an unknown
  /// command is followed by a list of all there are.
  func rejection(of command: String, _ reply: [UInt8]) -> RuntimeError {
    let line = reply.split(separator: 0x0A, maxSplits: 1).first ?? []
    var words = String(bytes: line.prefix(300))
    if words == "Permission denied" {
      words += "; the socket needs level admin (global section, stats socket)"
    }
    return RuntimeError(.rejected, "HAProxy refused \"\(command)\" on \(path): \(words)")
  }

  /// A line feed or a semicolon would begin another command.
  private func check(_ command: String) throws(RuntimeError) {
    if path.isEmpty { throw RuntimeError(.unusable, "the path of HAProxy's socket is empty") }
    if path.bytes.contains(0) {
      throw RuntimeError(.unusable, "the path of HAProxy's socket has a NUL byte")
    }
    for byte in command.bytes where byte < 0x20 || byte == UInt8(ascii: ";") {
      throw RuntimeError(
        .unusable, "a command to HAProxy has a line feed, a semicolon or another control character")
    }
  }
}

private struct Reply {
  var bytes: [UInt8] = []

  /// Whether there was room.
  mutating func take(_ chunk: UnsafePointer<CChar>, _ count: Int) -> Bool {
    if bytes.count + count > RuntimeSocket.largestReply { return false }
    bytes.append(contentsOf: UnsafeRawBufferPointer(start: chunk, count: count))
    return true
  }
}
