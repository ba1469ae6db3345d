import Foundation
import HAProxy
import JSON
import Testing

/// Debian's HAProxy, asked what it makes of a configuration.
enum HAProxyCheck {
  /// What the role's own base configuration has of timeouts and modes.
  static let base = """
    global
        maxconn 100
    defaults
        log global
        timeout client 50s
        timeout connect 10s
        timeout server 50s
        option redispatch
    frontend something_to_listen_on
        mode tcp
        bind 127.0.0.1:1

    """

  static func run(_ text: String) throws -> (status: Int32, text: String) {
    try #require(
      FileManager.default.isExecutableFile(atPath: "/usr/sbin/haproxy"),
      "haproxy is missing: lab/setup.sh test installs it")
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try Data((base + text).utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/sbin/haproxy")
    process.arguments = ["-c", "-f", file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, said)
  }
}
