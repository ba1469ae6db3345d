import Foundation
import Glibc

/// The other side of a unix socket, in a thread of its own.
final class Peer: Sendable {
  struct Failure: Error { let call: String, error: Int32 }

  private let listener: Int32

  /// - Parameters:
  ///   - clients: how many are served, one after the other.
  ///   - serve: talks to one; it is closed afterwards.
  init(
    at path: String, clients: Int = 1, backlog: Int32 = 8,
    serve: @escaping @Sendable (Client) -> Void
  ) throws {
    let listener = try Self.open()
    var address = try Self.address(path)
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) }
    }
    guard bound == 0, listen(listener, backlog) == 0 else {
      throw Failure(call: "bind", error: errno)
    }
    self.listener = listener
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
    let client = try open()
    _ = fcntl(client, F_SETFL, O_NONBLOCK)
    var address = try address(path)
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(client, $0, size) }
    }
    guard result == 0 else {
      close(client)
      throw Failure(call: "connect", error: errno)
    }
    return client
  }

  private static func open() throws -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failure(call: "socket", error: errno) }
    return descriptor
  }

  private static func address(_ path: String) throws -> sockaddr_un {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8CString)
    guard bytes.count <= MemoryLayout.size(ofValue: address.sun_path) else {
      throw Failure(call: "path", error: ENAMETOOLONG)
    }
    withUnsafeMutableBytes(of: &address.sun_path) { place in
      bytes.withUnsafeBytes { place.copyMemory(from: $0) }
    }
    return address
  }
}
