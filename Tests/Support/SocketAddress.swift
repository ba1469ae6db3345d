import Foundation
import Glibc

/// Where a stream socket listens or is connected to: a path, or a port of the loopback interface.
public struct SocketAddress: Sendable {
  public struct Failure: Error, CustomStringConvertible {
    let call: String
    let error: Int32

    public var description: String { "\(call): \(String(cString: strerror(error)))" }
  }

  private let bytes: [UInt8]
  private let family: Int32

  /// Throws for a path that is too long.
  public init(path: String) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8CString)
    guard bytes.count <= MemoryLayout.size(ofValue: address.sun_path) else {
      throw Failure(call: "path", error: ENAMETOOLONG)
    }
    withUnsafeMutableBytes(of: &address.sun_path) { place in
      bytes.withUnsafeBytes { place.copyMemory(from: $0) }
    }
    self.init(address, AF_UNIX)
  }

  public init(port: Int) {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    self.init(address, AF_INET)
  }

  private init(_ address: some BitwiseCopyable, _ family: Int32) {
    bytes = withUnsafeBytes(of: address) { Array($0) }
    self.family = family
  }

  /// A socket for such addresses, which the caller closes.
  public func open() throws -> Int32 {
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failure(call: "socket", error: errno) }
    return descriptor
  }

  public func bind(_ descriptor: Int32) throws {
    try give("bind") { Glibc.bind(descriptor, $0, $1) }
  }

  /// Binds it, and listens.
  public func listen(_ descriptor: Int32, backlog: Int32) throws {
    try bind(descriptor)
    guard Glibc.listen(descriptor, backlog) == 0 else {
      throw Failure(call: "listen", error: errno)
    }
  }

  public func connect(_ descriptor: Int32) throws {
    try give("connect") { Glibc.connect(descriptor, $0, $1) }
  }

  private func give(
    _ call: String, to function: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws {
    let result = bytes.withUnsafeBytes {
      function($0.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
    }
    guard result == 0 else { throw Failure(call: call, error: errno) }
  }
}
