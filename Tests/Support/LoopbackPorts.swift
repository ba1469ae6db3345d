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
    let address = SocketAddress(port: port)
    guard let descriptor = try? address.open() else { return false }
    defer { close(descriptor) }
    return (try? address.bind(descriptor)) != nil
  }
}
