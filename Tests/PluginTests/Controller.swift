import AnsibleContent
import Foundation
import TestSupport

@testable import Collection

/// A controller with the plugin, one module that stands in for a compiled one, and two targets: this
/// machine itself, and this machine through an sshd of its own on the loopback address.
final class Controller {
  static let versions = ["2.15", "2.17", "2.18", "2.19"]
  static let checkout = ProjectFolder.root
  static let fixtures = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "Fixtures")

  let version: String
  let folder: URL
  private var sshdPidFile: URL { folder.appending(path: "sshd.pid") }

  init(_ version: String) throws {
    self.version = version
    folder = URL(filePath: "/tmp/mcapi-plugin-\(UUID().uuidString.prefix(8))")
    try makeFolder("")
    try makeFolder("system", permissions: 0o1777)
    try Data().write(to: folder.appending(path: "ansible.cfg"))
    try makeCollection()
    try makeInventory(port: nil)
  }

  deinit {
    if let text = try? String(contentsOf: sshdPidFile, encoding: .utf8),
      let pid = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
    {
      kill(pid, SIGTERM)
    }
    // SSH's persistent connections remove their sockets at the same time, which rm bears.
    _ = try? Program(["/bin/rm", "-rf", folder.path]).run()
  }

  var collection: URL {
    folder.appending(path: "collections/ansible_collections/osa_ops/mcapi_vexxhost")
  }
  /// What ansible_remote_tmp is.
  var remoteTmp: URL { folder.appending(path: "remote") }
  /// The kept copies of the user who runs the tests.
  var copies: URL { remoteTmp.appending(path: ".mcapi-modules-\(getuid())") }

  func keptCopies() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: copies.path)) ?? []).sorted()
  }

  // MARK: Running

  /// ansible-playbook with a playbook of Fixtures.
  func play(
    _ playbook: String, on target: String = "here", _ variables: [String: String] = [:],
    environment: [String: String] = [:], verbosity: String = "-vvv"
  ) throws -> Run {
    var arguments = [
      "-i", folder.appending(path: "inventory.yml").path,
      "--vault-password-file", folder.appending(path: "vault-password").path,
      "-e", "target=\(target)", verbosity, Self.fixtures.appending(path: playbook).path,
    ]
    for (name, value) in variables { arguments += ["-e", "{\"\(name)\": \(value)}"] }
    let settings = [
      "ANSIBLE_COLLECTIONS_PATH": folder.appending(path: "collections").path,
      "ANSIBLE_CONFIG": folder.appending(path: "ansible.cfg").path,
      "ANSIBLE_HOME": folder.appending(path: "home").path,
      "ANSIBLE_SYSTEM_TMPDIRS": folder.appending(path: "system").path,
      "ANSIBLE_SSH_CONTROL_PATH_DIR": folder.appending(path: "cp").path,
      "LC_ALL": "C.UTF-8", "ANSIBLE_NOCOLOR": "1", "ANSIBLE_PYTHON_INTERPRETER": "/usr/bin/python3",
    ]
    let ansible = Self.checkout.appending(path: ".tools/ansible-\(version)/bin/ansible-playbook")
    return try run(ansible.path, arguments, settings.merging(environment) { $1 })
  }

  @discardableResult
  func run(_ program: String, _ arguments: [String], _ environment: [String: String] = [:]) throws
    -> Run
  {
    // Only this: other tests of the same process set variables of their own, HOME among them.
    let account = [
      "HOME": String(cString: getpwuid(getuid()).pointee.pw_dir),
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
    ]
    // Variables of the task are for what env starts, and not for where it is found.
    var command = Program(
      ["/usr/bin/env", program] + arguments, environment: account.merging(environment) { $1 })
    command.mergesErrors = true
    let outcome = try command.run()
    return Run(status: outcome.status, output: outcome.output)
  }

  // MARK: Set-up

  @discardableResult
  func makeFolder(_ path: String, permissions: Int = 0o755) throws -> URL {
    let url = path.isEmpty ? folder : folder.appending(path: path)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: url.path)
    return url
  }

  private func makeCollection() throws {
    for path in ["plugins/action", "plugins/modules", "files/modules/aarch64", "meta"] {
      try FileManager.default.createDirectory(
        at: collection.appending(path: path), withIntermediateDirectories: true)
    }
    try FileManager.default.copyItem(
      at: Self.checkout.appending(path: "collection-template/plugins/plugin_utils"),
      to: collection.appending(path: "plugins/plugin_utils"))
    try ActionPlugins.file(module: "probe").text.write(
      to: collection.appending(path: "plugins/action/probe.py"), atomically: true, encoding: .utf8)
    try """
    requires_ansible: ">=2.15.0"
    action_groups:
      mcapi:
        - osa_ops.mcapi_vexxhost.probe
    """.write(
      to: collection.appending(path: "meta/runtime.yml"), atomically: true, encoding: .utf8)
    try compile("x86_64", to: "plugins/modules/probe")
    try compile("aarch64", to: "files/modules/aarch64/probe")
    // Both are for this machine: which one was chosen is what they say.
  }

  func compile(_ build: String, to path: String) throws {
    let compiled = try run(
      "clang",
      [
        "-O1", "-DBUILD=\"\(build)\"", "-o", collection.appending(path: path).path,
        Self.fixtures.appending(path: "probe.c").path,
      ])
    guard compiled.status == 0 else { throw Problem(text: compiled.output) }
  }

  private func makeInventory(port: Int?) throws {
    try "test\n".write(
      to: folder.appending(path: "vault-password"), atomically: true, encoding: .utf8)
    let inventory = try String(
      contentsOf: Self.fixtures.appending(path: "inventory.yml"), encoding: .utf8)
    try inventory.replacing("FOLDER", with: folder.path).replacing("PORT", with: "\(port ?? 22)")
      .write(to: folder.appending(path: "inventory.yml"), atomically: true, encoding: .utf8)
  }

  /// Makes the target `there` answer, for root by a key of its own.
  /// - Parameter wrapper: a command to start sshd with, which decides what the target is like.
  func startSSHD(under wrapper: [String] = []) throws {
    for name in ["host", "user"] {
      try run(
        "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", folder.appending(path: name).path])
    }
    let port = try LoopbackPorts.free()
    try makeInventory(port: port)
    try "[127.0.0.1]:\(port) ".appending(
      String(contentsOf: folder.appending(path: "host.pub"), encoding: .utf8)
    ).write(to: folder.appending(path: "known_hosts"), atomically: true, encoding: .utf8)
    try FileManager.default.createDirectory(
      atPath: "/run/sshd", withIntermediateDirectories: true)
    let command = wrapper + ["/usr/sbin/sshd"]
    let started = try run(
      command[0],
      command.dropFirst() + [
        "-f", "/dev/null", "-p", "\(port)", "-h", folder.appending(path: "host").path,
        "-E", folder.appending(path: "sshd.log").path,
        "-o", "ListenAddress=127.0.0.1", "-o", "PidFile=\(sshdPidFile.path)",
        "-o", "StrictModes=no",
        "-o", "AuthorizedKeysFile=\(folder.appending(path: "user.pub").path)",
        "-o", "PermitRootLogin=prohibit-password", "-o", "PasswordAuthentication=no",
      ])
    guard started.status == 0 else { throw Problem(text: started.output) }
    // It goes to the background before it listens, and writes the file after.
    for _ in 0..<600 {
      if FileManager.default.fileExists(atPath: sshdPidFile.path) { return }
      usleep(50_000)
    }
    let log = try String(contentsOf: folder.appending(path: "sshd.log"), encoding: .utf8)
    throw Problem(text: "sshd does not listen on port \(port): \(log)")
  }
}

struct Problem: Error {
  let text: String
}

/// A finished program.
struct Run {
  let status: Int32
  let output: String

  /// The commands that went to the target, one a round trip.
  var roundTrips: Int {
    output.split(separator: "\n").count { $0.contains("> EXEC ") || $0.contains("> SSH: EXEC ") }
  }
  var transfers: Int { output.split(separator: "\n").count { $0.contains("> PUT ") } }

  /// A word that the playbook printed as `name=value`.
  func said(_ name: String) -> String? {
    guard let range = output.range(of: "\(name)=") else { return nil }
    return String(output[range.upperBound...].prefix { !" .\"\n".contains($0) || $0 == "." })
  }
}
