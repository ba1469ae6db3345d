import Foundation
import TestSupport
import Testing

/// Debian's HAProxy as systemd runs it, a master and its worker, on the loopback interface, with a
/// configuration in a folder of its own as OpenStack-Ansible's role lays it out.
final class HAProxyProcess {
  let folder: String
  /// Of the service that the tests make.
  let port: Int
  /// Where an HAProxy that is never reloaded answers each request with its process's number.
  let originPort: Int
  private var master: Process?
  private var origin: Process?

  var fragments: String { folder + "/conf.d" }
  var configuration: String { folder + "/haproxy.cfg" }
  var socket: String { folder + "/haproxy.stat" }
  /// Asks the master for a new worker, as the unit's ExecReload does.
  var reloadCommand: [String] { ["/bin/kill", "-USR2", String(master?.processIdentifier ?? -1)] }

  static let program = "/usr/sbin/haproxy"

  init() throws {
    try #require(
      FileManager.default.isExecutableFile(atPath: Self.program),
      "haproxy is missing: lab/setup.sh test installs it")
    // A unix socket's path has at most 107 bytes.
    folder = NSTemporaryDirectory() + "ha-" + UUID().uuidString.prefix(8)
    port = try LoopbackPorts.free()
    originPort = try LoopbackPorts.free()
    try FileManager.default.createDirectory(atPath: fragments, withIntermediateDirectories: true)
    try write(
      """
      global
          stats socket \(socket) level admin mode 600
          maxconn 1000
      defaults
          timeout client 50s
          timeout connect 5s
          timeout server 50s
          option httpclose
      frontend always
          mode http
          bind 127.0.0.1:\(try LoopbackPorts.free())

      """, to: "conf.d/00-haproxy")
    try FileManager.default.copyItem(atPath: fragments + "/00-haproxy", toPath: configuration)
    try FileManager.default.setAttributes(
      [
        .posixPermissions: 0o640, .ownerAccountName: "haproxy", .groupOwnerAccountName: "haproxy",
      ], ofItemAtPath: configuration)
  }

  deinit {
    for process in [master, origin] {
      process?.terminate()
      process?.waitUntilExit()
    }
    try? FileManager.default.removeItem(atPath: folder)
  }

  func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(path)"))
  }

  func read(_ path: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
  }

  func start() throws {
    master = try run(["-W", "-f", configuration])
    try wait { FileManager.default.fileExists(atPath: socket) }
  }

  func stop() {
    master?.terminate()
    master?.waitUntilExit()
    master = nil
  }

  /// Starts the server behind the service.
  func startOrigin() throws {
    try write(
      """
      defaults
          mode http
          timeout client 5s
      frontend origin
          bind 127.0.0.1:\(originPort)
          http-request return status 200 content-type text/plain string origin

      """, to: "origin.cfg")
    origin = try run(["-db", "-f", "\(folder)/origin.cfg"])
    try wait { try answer(port: originPort) == "origin" }
  }

  /// The body of what answers at a port of the loopback interface; nil if nobody does.
  func answer(port: Int) throws -> String? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      """
      import sys, urllib.request
      try:
          sys.stdout.write(urllib.request.urlopen(sys.argv[1], timeout=5).read().decode())
      except OSError:
          sys.exit(1)
      """, "http://127.0.0.1:\(port)/",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let body = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0 ? body : nil
  }

  private func run(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: Self.program)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func wait(for condition: () throws -> Bool) throws {
    for _ in 0..<200 {
      if try condition() { return }
      usleep(50_000)
    }
    Issue.record("HAProxy does not answer")
  }

  /// Holds some port of the loopback interface until it is gone.
  final class Listener {
    private let descriptor: Int32
    let port: Int

    init() throws {
      port = try LoopbackPorts.free()
      let address = SocketAddress(port: port)
      descriptor = try address.open()
      try address.listen(descriptor, backlog: 1)
    }

    deinit { close(descriptor) }
  }
}
