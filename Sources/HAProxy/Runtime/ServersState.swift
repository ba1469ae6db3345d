internal import ByteText

/// A row of `show servers state`: what HAProxy keeps of a server over a reload.
public struct ServerState: Sendable, Equatable {
  public var backend: String
  public var name: String
  /// An IP address; `-` for a server on a unix socket or without an address.
  public var address: String
  public var port: Int
  public var administrative: AdministrativeState
  public var operational: OperationalState
  /// The weight that was set, before slow start.
  public var weight: Int
  public var checkResult: CheckResult
  /// Passed checks in a row up to `rise`, and from there on up to `rise + fall - 1`.
  public var checkHealth: Int
  /// Whether there is a health check and it is switched on.
  public var isChecked: Bool
  /// The name that the address is resolved from; nil without one.
  public var hostName: String?

  /// Reads the reply to `show servers state [BACKEND]`, format version 1 (HAProxy 1.6 to 3.x).
  ///
  /// Throws `.unreadable` for anything else.
  public static func rows(parsing reply: [UInt8]) throws(RuntimeError) -> [ServerState] {
    let lines = lines(reply)
    guard let version = lines.first, lines.count > 1 else {
      throw RuntimeError(.unreadable, "the reply to \"\(command)\" is empty")
    }
    guard number(version) == 1 else {
      throw RuntimeError(
        .unreadable,
        "the reply to \"\(command)\" is not in format 1; a release of HAProxy that is newer than"
          + " this program?")
    }
    var header = lines[1].split(separator: 0x20)
    guard header.first?.isText("#") == true else {
      throw RuntimeError(.unreadable, "the reply to \"\(command)\" has no header")
    }
    header.removeFirst()
    let columns = try Columns(header, wanted: wanted, required: 9, of: command)
    var rows: [ServerState] = []
    for line in lines.dropFirst(2) where line.first != UInt8(ascii: "#") {
      rows.append(try ServerState(line.split(separator: 0x20), columns))
    }
    return rows
  }

  private static let command = "show servers state"
  private static let wanted = [
    "be_name", "srv_name", "srv_addr", "srv_op_state", "srv_admin_state", "srv_uweight",
    "srv_check_result", "srv_check_health", "srv_check_state", "srv_fqdn", "srv_port",
  ]

  private init(_ row: [ArraySlice<UInt8>], _ columns: Columns) throws(RuntimeError) {
    func value(_ place: Int) throws(RuntimeError) -> Int {
      guard let value = number(columns.field(place, of: row)) else {
        throw RuntimeError(
          .unreadable,
          "the reply to \"\(Self.command)\" has no number as \(Self.wanted[place]) of server"
            + " \(text(columns.field(1, of: row)))")
      }
      return value
    }
    backend = text(columns.field(0, of: row))
    name = text(columns.field(1, of: row))
    address = text(columns.field(2, of: row))
    let state = try value(3)
    guard let operational = OperationalState(rawValue: state) else {
      throw RuntimeError(
        .unreadable, "the state \(state) of server \(name) is not known; a newer HAProxy?")
    }
    self.operational = operational
    administrative = AdministrativeState(flags: try value(4))
    weight = try value(5)
    checkResult = CheckResult(rawValue: try value(6)) ?? .unknown
    checkHealth = try value(7)
    // 0x02 configured, 0x04 enabled
    isChecked = try value(8) & 0x06 == 0x06
    let fqdn = text(columns.field(9, of: row))
    hostName = fqdn.isEmpty || fqdn == "-" ? nil : fqdn
    port = number(columns.field(10, of: row)) ?? 0
  }
}
