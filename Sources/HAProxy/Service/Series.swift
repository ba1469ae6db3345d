internal import ByteText

/// A release series of OpenStack-Ansible, whose haproxy_server roles write the same dictionary as
/// different texts.
public enum Series: Sendable {
  case caracal2024
  case dalmatian2024
  /// 2025.1, 2025.2 and 2026.1, whose texts are the same.
  case since2025

  /// The names of the series, oldest first.
  public static let names = ["2024.1", "2024.2", "2025.1", "2025.2", "2026.1"]

  /// Nil for a name that is not among `names`.
  public init?(named name: String) {
    switch name {
    case "2024.1": self = .caracal2024
    case "2024.2": self = .dalmatian2024
    case "2025.1", "2025.2", "2026.1": self = .since2025
    default: return nil
    }
  }

  /// 2024.1 ends TLS in frontends of mode tcp too.
  var endsTLSInTCPMode: Bool { self == .caracal2024 }
  /// 2024.1 writes `haproxy_balance_type` as it is, without a default.
  var needsBalanceType: Bool { self == .caracal2024 }
  /// Until 2024.2 `haproxy_backend_httpcheck_options` bring `option httpchk` with them.
  var addsHTTPCheckOption: Bool { self != .since2025 }
}
