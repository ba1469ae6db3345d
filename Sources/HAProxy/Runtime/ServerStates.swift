internal import ByteText

/// The administrative state of a server: whether it is meant to get connections, and who says so.
///
/// Management guide of HAProxy, "show servers state", srv_admin_state: a bit field.
public struct AdministrativeState: Sendable, Equatable {
  public let flags: Int

  public init(flags: Int) { self.flags = flags }

  /// What `set server B/S state MODE` sets.
  public enum Mode: Sendable, Equatable {
    /// Gets connections.
    case ready
    /// Gets no new connections, but for those bound to it by a cookie or table; is still checked.
    case drain
    /// Gets none at all and is not checked.
    case maint

    /// HAProxy's word for it.
    public var name: String {
      switch self {
      case .ready: "ready"
      case .drain: "drain"
      case .maint: "maint"
      }
    }

    /// The mode by its word.
    public init?(_ name: String) {
      switch name {
      case "ready": self = .ready
      case "drain": self = .drain
      case "maint": self = .maint
      default: return nil
      }
    }
  }

  private func has(_ flag: Int) -> Bool { flags & flag != 0 }
  private static let forcedMaint = 0x01, inheritedMaint = 0x02, configuredMaint = 0x04
  private static let forcedDrain = 0x08, inheritedDrain = 0x10, unresolved = 0x20

  /// What holds in the end. The configuration's flag (0x04) is only the reason of a forced
  /// maintenance: alone it means nothing, as once such a server is made ready.
  public var mode: Mode {
    if has(Self.forcedMaint | Self.inheritedMaint | Self.unresolved) { return .maint }
    return has(Self.forcedDrain | Self.inheritedDrain) ? .drain : .ready
  }

  /// What `set server state` has set for this server itself, and can change.
  public var own: Mode {
    has(Self.forcedMaint) ? .maint : has(Self.forcedDrain) ? .drain : .ready
  }

  /// Drain or maintenance of the server that this one tracks.
  public var isInherited: Bool { has(Self.inheritedMaint | Self.inheritedDrain) }

  /// The server's name has no address: HAProxy ends this maintenance itself.
  public var isUnresolved: Bool { has(Self.unresolved) }

  /// Where a state other than ready comes from: `runtime` (set on the socket), `configuration` (the
  /// word `disabled`), `tracking`, `resolution`; several at once may hold.
  public var origins: [String] {
    var origins: [String] = []
    if own != .ready {
      origins.append(
        own == .maint && has(Self.configuredMaint) ? "configuration" : "runtime")
    }
    if isInherited { origins.append("tracking") }
    if isUnresolved { origins.append("resolution") }
    return origins
  }
}

/// What HAProxy finds of a server, srv_op_state.
public enum OperationalState: Int, Sendable {
  case down = 0
  /// Up, with a share of connections that grows (`slowstart`).
  case starting = 1
  case up = 2
  /// Up, and its health check says that it wants no new sessions (`disable-on-404`, an agent).
  case stopping = 3

  public var name: String {
    switch self {
    case .down: "down"
    case .starting: "starting"
    case .up: "up"
    case .stopping: "stopping"
    }
  }

  /// Whether it gets new connections if it is ready.
  public var isUp: Bool { self == .up || self == .starting }
}

/// What the last health check came to, srv_check_result.
public enum CheckResult: Int, Sendable {
  case unknown = 0
  case neutral = 1
  case failed = 2
  case passed = 3
  /// Passed, and the server wants no new sessions.
  case conditional = 4

  public var name: String {
    switch self {
    case .unknown: "unknown"
    case .neutral: "neutral"
    case .failed: "failed"
    case .passed: "passed"
    case .conditional: "conditional"
    }
  }
}
