import Foundation
import Glibc
import TestSupport
import Testing

/// A HAProxy of its own on loopback, in front of HTTPS servers, as the collection ships the service:
/// TCP passed through, a health check over TLS. Everything ends with the object.
final class LoadBalancer: @unchecked Sendable {
  let folder: String
  /// Where the service listens.
  let port: Int
  private var haproxy: Process
  private let servers: Process
  private let serverInput: Pipe
  private let configuration: String

  var socket: String { folder + "/haproxy.stat" }
  /// The same HAProxy, with fewer rights.
  var operatorSocket: String { folder + "/operator.stat" }
  var processID: Int32 { haproxy.processIdentifier }

  /// - Parameters:
  ///   - names: of the servers.
  ///   - options: of some of them, added to `check`.
  ///   - more: lines for the configuration: servers in the backend, then sections.
  init(
    _ names: [String] = ["k8s1", "k8s2", "k8s3"], options: [String: String] = [:],
    more: String = ""
  ) throws {
    folder = NSTemporaryDirectory() + "haproxy-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let pem = try Self.certificate(in: folder)
    (servers, serverInput) = (Process(), Pipe())
    let output = Pipe()
    servers.executableURL = URL(filePath: "/usr/bin/env")
    servers.arguments = ["python3", Self.file("tls_servers.py"), pem, folder] + names
    servers.standardInput = serverInput
    servers.standardOutput = output
    try servers.run()
    var lines = ""
    for _ in names {
      let line = try output.fileHandleForReading.line()
      let words = line.split(separator: " ")
      lines +=
        "  server \(words[0]) 127.0.0.1:\(words[1]) check \(options[String(words[0])] ?? "")\n"
    }
    port = try LoopbackPorts.free()
    configuration = folder + "/haproxy.cfg"
    haproxy = Process()
    try Data(
      """
      global
        stats socket \(folder)/haproxy.stat level admin mode 600
        stats socket \(folder)/operator.stat level operator mode 600
      defaults
        mode tcp
        timeout connect 2s
        timeout client 30s
        timeout server 30s
        timeout check 5s
        retries 3
        option redispatch
      frontend k8s-front
        bind 127.0.0.1:\(port)
        default_backend k8s-back
      backend k8s-back
        balance roundrobin
        option httpchk
        http-check send meth GET uri /readyz
        default-server check-ssl verify none inter 500 fastinter 100 downinter 100 rise 2 fall 2
      \(lines)\(more)

      """.utf8
    ).write(to: URL(filePath: configuration))
    try start()
    try waitFor("health checks that have passed") {
      try rows().allSatisfy { $0[36].isEmpty || $0[36].hasSuffix("L7OK") && !$0[17].contains("/") }
    }
  }

  deinit {
    kill(haproxy.processIdentifier, SIGCONT)
    haproxy.terminate()
    haproxy.waitUntilExit()
    try? serverInput.fileHandleForWriting.close()
    servers.waitUntilExit()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Starts HAProxy, until it answers.
  func start() throws {
    haproxy = Process()
    haproxy.executableURL = URL(filePath: "/usr/sbin/haproxy")
    haproxy.arguments = ["-q", "-db", "-f", configuration]
    haproxy.standardOutput = FileHandle.nullDevice
    haproxy.standardError = FileHandle.nullDevice
    try haproxy.run()
    try waitFor("an answer") { (try? ask("show info")) != nil }
  }

  /// Ends HAProxy as an accident would; the file of its socket stays.
  func stop() {
    kill(haproxy.processIdentifier, SIGKILL)
    haproxy.waitUntilExit()
  }

  func freeze() { kill(haproxy.processIdentifier, SIGSTOP) }
  func thaw() { kill(haproxy.processIdentifier, SIGCONT) }

  /// Whether the health check of a server passes.
  func setHealth(of name: String, _ isHealthy: Bool) throws {
    let file = "\(folder)/\(name).unready"
    if isHealthy {
      try FileManager.default.removeItem(atPath: file)
    } else {
      try Data().write(to: URL(filePath: file))
    }
  }

  /// The status of each server in HAProxy's own words.
  func statuses() throws -> [String: String] {
    Dictionary(uniqueKeysWithValues: try rows().map { ($0[1], $0[17]) })
  }

  /// The backend's servers; 1 is the name, 17 the status, 36 the last health check.
  private func rows() throws -> [[String]] {
    try ask("show stat k8s-back 4 -1").split(separator: "\n").dropFirst().map { row in
      row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// The bits of each server's administrative state.
  func administrativeStates() throws -> [String: String] {
    var states: [String: String] = [:]
    for row in try ask("show servers state").split(separator: "\n").dropFirst(2) {
      let fields = row.split(separator: " ")
      states["\(fields[1])/\(fields[3])"] = String(fields[6])
    }
    return states
  }

  /// How many commands this HAProxy has been given, that of the question included.
  func commandCount() throws -> Int {
    let line = try #require(
      ask("show info").split(separator: "\n").first { $0.hasPrefix("CumReq: ") })
    return try #require(Int(line.dropFirst(8)))
  }

  /// Asks HAProxy by other code than that under test.
  func ask(_ command: String) throws -> String {
    let address = try SocketAddress(path: socket)
    let descriptor = try address.open()
    defer { close(descriptor) }
    try address.connect(descriptor)
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    try handle.write(contentsOf: Data((command + "\n").utf8))
    return String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
  }

  struct Failure: Error, CustomStringConvertible { let description: String }

  /// Waits for what comes soon on a machine that is not too busy.
  func waitFor(_ what: String, _ isThere: () throws -> Bool) throws {
    let end = ContinuousClock.now + .seconds(30)
    while try !isThere() {
      guard ContinuousClock.now < end else {
        throw Failure(description: "no \(what) in 30 seconds: \((try? statuses()) ?? [:])")
      }
      usleep(20_000)
    }
  }

  static func file(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: name).path
  }

  /// A key and a certificate for it, in one file.
  private static func certificate(in folder: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-days", "2", "-subj", "/CN=localhost", "-keyout", folder + "/key", "-out",
      folder + "/certificate",
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let pem = folder + "/servers.pem"
    let parts = try ["key", "certificate"].map {
      try Data(contentsOf: URL(filePath: "\(folder)/\($0)"))
    }
    try (parts[0] + parts[1]).write(to: URL(filePath: pem))
    return pem
  }
}

extension FileHandle {
  fileprivate func line() throws -> String {
    var bytes = Data()
    while let byte = try read(upToCount: 1), !byte.isEmpty, byte.first != 0x0A { bytes += byte }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Clients of a load balancer, by `tls_load.py`.
final class Load {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  struct Result: Decodable {
    /// By phase, then by server.
    let answers: [String: [String: Int]]
    let failures: [String]

    var count: Int { answers.values.flatMap(\.values).reduce(0, +) }
  }

  /// - Parameters:
  ///   - clients: how many ask at the same time.
  ///   - pause: milliseconds that a server takes to answer.
  init(on balancer: LoadBalancer, clients: Int, pause: Int) throws {
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", LoadBalancer.file("tls_load.py"), "\(balancer.port)", "\(clients)", "\(pause)",
    ]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  func begin(_ phase: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data((phase + "\n").utf8))
    usleep(50_000)
  }

  func end() throws -> Result {
    try input.fileHandleForWriting.close()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode(Result.self, from: data)
  }
}
