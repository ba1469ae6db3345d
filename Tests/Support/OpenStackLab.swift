public import Foundation

/// A Keystone and a Magnum of the tests' own (lab/openstack), started once per run of the tests, on
/// ports that are free, and stopped at its end. Their databases are kept, which saves half a minute:
/// tests take names of their own and remove what they make.
///
/// OPENSTACK_MAGNUM chooses an older release of Magnum, 21 or 22, as for lab/openstack.
public struct OpenStackLab: Sendable {
  /// Where clouds.yaml lies, with the clouds `default` (an administrator) and `demo`.
  public let state: URL
  /// First of three ports of 127.0.0.1: Keystone, Magnum, and the stand-in for the other services.
  public let port: Int
  /// Of the accounts admin, demo and magnum.
  public let password: String

  public var keystone: String { "http://127.0.0.1:\(port)" }
  public var magnum: String { "http://127.0.0.1:\(port + 1)" }

  /// The one of this run. Throws why there is none.
  public static func shared() throws -> OpenStackLab { try started.get() }

  private static let started = Result { try OpenStackLab() }
  private static let room = ProjectFolder.root.appending(path: "lab/openstack")
  /// What the names of an older release's files and folders have besides.
  private static let variant: String = {
    let release = ProcessInfo.processInfo.environment["OPENSTACK_MAGNUM"] ?? "23"
    return release == "23" ? "" : "-" + release
  }()
  private static let state = ProjectFolder.root.appending(path: ".lab/openstack-tests" + variant)
  /// The virtual environment of the release.
  public static let environment =
    ProcessInfo.processInfo.environment["OPENSTACK_VENV"].map { URL(filePath: $0) }
    ?? ProjectFolder.root.appending(path: ".tools/openstack" + variant)

  private init() throws {
    state = Self.state
    port = try LoopbackPorts.free(3)
    // Nothing of what follows is to leave this host.
    for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
      unsetenv(name)
    }
    // Before, too: a run that was killed has stopped nothing.
    try Self.stop()
    atexit { try? OpenStackLab.stop() }
    // Made by the same releases, or made anew.
    let stamp = state.appending(path: "requirements.lock")
    let lock = try Data(
      contentsOf: Self.room.appending(
        path: "requirements\(Self.variant).lock"))
    let isFresh = (try? Data(contentsOf: stamp)) != lock
    _ = try Program(
      [Self.room.appending(path: "up.sh").path] + (isFresh ? ["--fresh"] : []),
      environment: Self.variables(port)
    ).succeed()
    try lock.write(to: stamp)
    password = try String(contentsOf: state.appending(path: "secret"), encoding: .utf8)
      .trimmingCharacters(in: .newlines)
  }

  private static func stop() throws {
    _ = try Program(
      [room.appending(path: "down.sh").path], environment: variables(0)
    ).succeed()
  }

  private static func variables(_ port: Int) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("OS_") }
    environment["OPENSTACK_STATE"] = state.path
    environment["OPENSTACK_PORT"] = "\(port)"
    environment["OPENSTACK_NETNS"] = ""
    return environment
  }
}
