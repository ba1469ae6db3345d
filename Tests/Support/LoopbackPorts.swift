import Foundation
import Synchronization

/// Ports of the loopback interface for the servers of tests.
public enum LoopbackPorts {
  /// Below the ports that the kernel gives to clients (`net.ipv4.ip_local_port_range`), so that no
  /// client can take one between the look and the server's start.
  private static let range = 20000..<32000
  private static let given = Mutex<Set<Int>>([])

  /// The first of so many ports in a row that nobody has bound and that this process has not been
  /// given before.
  /// - Throws: when there are none.
  public static func free(_ count: Int = 1) throws -> Int {
    try given.withLock { given in
      for _ in 0..<100 {
        let first = Int.random(in: range)
        let ports = first..<first + count
        guard given.isDisjoint(with: ports), ports.allSatisfy(isFree) else { continue }
        given.formUnion(ports)
        return first
      }
      throw Program.Failure(description: "no \(count) free ports in a row in \(range)")
    }
  }

  private static func isFree(_ port: Int) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
