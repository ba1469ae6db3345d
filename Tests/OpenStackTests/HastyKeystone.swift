import Foundation
import TestSupport
import Testing

/// A second Keystone with the lab's database and keys, whose tokens live for seconds.
struct HastyKeystone {
  /// `http://127.0.0.1:PORT`
  let address: String
  /// Seconds.
  let lifetime = 8
  private let companion: Companion

  init(_ lab: OpenStackLab) throws {
    let port = try LoopbackPorts.free()
    address = "http://127.0.0.1:\(port)"
    let folder = lab.state.appending(path: "keystone").path
    let area = NSTemporaryDirectory() + "keystone-" + UUID().uuidString + ".conf"
    defer { try? FileManager.default.removeItem(atPath: area) }
    try Data("[token]\nexpiration = \(lifetime)\n".utf8).write(to: URL(filePath: area))
    companion = try Companion([
      "/usr/bin/env", "OS_KEYSTONE_CONFIG_FILES=\(folder)/keystone.conf;\(area)",
      "OS_KEYSTONE_CONFIG_DIR=\(folder)",
      OpenStackLab.environment.appending(path: "bin/uwsgi").path, "--need-app", "--die-on-term",
      "--disable-logging", "--buffer-size", "65535", "--virtualenv",
      OpenStackLab.environment.path, "--add-header", "Connection: close", "--http-socket",
      "127.0.0.1:\(port)", "--module", "keystone.wsgi.api:application", "--logto", "/dev/null",
    ])
    _ = try Program([
      "curl", "--silent", "--output", "/dev/null", "--noproxy", "*", "--retry", "60",
      "--retry-connrefused", "--retry-delay", "1", address + "/v3",
    ]).succeed()
  }

  /// Until no token that was given before is good any more.
  func letTokensExpire() { sleep(UInt32(lifetime) + 1) }
}
