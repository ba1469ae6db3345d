import Foundation
import Glibc
import TestSupport

/// The other side of a unix socket, in a thread of its own.
final class Peer: Sendable {
  private let listener: Int32

  /// - Parameters:
  ///   - clients: how many are served, one after the other.
  ///   - serve: talks to one; it is closed afterwards.
  init(
    at path: String, clients: Int = 1, backlog: Int32 = 8,
    serve: @escaping @Sendable (Client) -> Void
  ) throws {
    let address = try SocketAddress(path: path)
    let listener = try address.open()
    self.listener = listener
    try address.listen(listener, backlog: backlog)
    Thread {
      for _ in 0..<clients {
        let client = accept(listener, nil, nil)
        if client < 0 { return }
        serve(Client(descriptor: client))
        close(client)
      }
    }.start()
  }

  /// Stops listening; the file of the socket stays.
  func end() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  /// The one who is served.
  struct Client: Sendable {
    let descriptor: Int32

    /// With its line feed; without one at the end.
    func readLine() -> String {
      var bytes: [UInt8] = []
      var byte: UInt8 = 0
      while read(descriptor, &byte, 1) == 1 {
        bytes.append(byte)
        if byte == 0x0A { break }
      }
      return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether all of it went out.
    @discardableResult
    func write(_ text: String) -> Bool {
      let bytes = Array(text.utf8)
      var start = 0
      while start < bytes.count {
        let sent = bytes[start...].withUnsafeBytes {
          send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        if sent < 0 { return false }
        start += sent
      }
      return true
    }
  }

  /// A connection that says nothing and does not wait for room.
  static func connect(to path: String) throws -> Int32 {
    let address = try SocketAddress(path: path)
    let client = try address.open()
    _ = fcntl(client, F_SETFL, O_NONBLOCK)
    do {
      try address.connect(client)
    } catch {
      close(client)
      throw error
    }
    return client
  }
}
