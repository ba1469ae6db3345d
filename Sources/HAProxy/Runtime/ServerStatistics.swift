internal import ByteText

/// A server's row of `show stat`: what HAProxy's own status page shows of it.
///
/// Management guide of HAProxy, "CSV format".
public struct ServerStatistics: Sendable, Equatable {
  public var backend: String
  public var name: String
  /// As on the status page: `UP`, `UP 1/2`, `DOWN`, `NOLB`, `DRAIN`, `MAINT (via B/S)`, `no check`, …
  public var status: String
  /// Sessions there are now; for a TCP service, connections.
  public var sessions: Int
  /// Connections that wait for a place on this server.
  public var queue: Int
  public var isBackup: Bool
  /// The address as in `192.0.2.1:6443`; empty where HAProxy does not tell.
  public var address: String
  /// `BACKEND/SERVER` whose state this one has; empty without tracking.
  public var tracked: String
  /// What the last health check came to, as in `L7OK` or `L4CON`; empty without one.
  public var checkStatus: String
  public var isCheckRunning: Bool
  /// An HTTP status, or what else the check has; nil without, and 0 while another check runs.
  public var checkCode: Int?
  /// `checkStatus` in words.
  public var checkDescription: String
  /// What the check saw, as in `Connection refused`; empty while another check runs.
  public var lastCheck: String
  /// Passed checks that make a server up, failed ones that make it down; nil where HAProxy does not
  /// tell.
  public var checkRise: Int?
  public var checkFall: Int?

  /// Reads the rows of servers in the reply to `show stat …`.
  ///
  /// Throws `.unreadable` for what is no such table.
  public static func rows(parsing reply: [UInt8]) throws(RuntimeError) -> [ServerStatistics] {
    var records = CSVReader(reply)
    guard var header = records.next(), header.first?.begins(with: "# ") == true else {
      throw RuntimeError(.unreadable, "the reply to \"\(command)\" has no header")
    }
    header[0] = header[0].dropFirst(2)
    let columns = try Columns(header, wanted: wanted, required: 4, of: command)
    var rows: [ServerStatistics] = []
    while let record = records.next() {
      let type = columns.field(4, of: record)
      // 2 is a server; a release that does not tell was asked for servers only.
      if type.isEmpty || number(type) == 2 { rows.append(ServerStatistics(record, columns)) }
    }
    if records.isBroken {
      throw RuntimeError(.unreadable, "the reply to \"\(command)\" has a quote without its end")
    }
    return rows
  }

  private static let command = "show stat"
  private static let wanted = [
    "pxname", "svname", "status", "scur", "type", "qcur", "bck", "addr", "tracked", "check_status",
    "check_code", "check_desc", "last_chk", "check_rise", "check_fall",
  ]

  private init(_ row: [ArraySlice<UInt8>], _ columns: Columns) {
    func field(_ place: Int) -> ArraySlice<UInt8> { columns.field(place, of: row) }
    backend = text(field(0))
    name = text(field(1))
    status = text(field(2))
    sessions = number(field(3)) ?? 0
    queue = number(field(5)) ?? 0
    isBackup = (number(field(6)) ?? 0) > 0
    address = text(field(7))
    tracked = text(field(8))
    let check = field(9)
    isCheckRunning = check.begins(with: "* ")
    checkStatus = text(isCheckRunning ? check.dropFirst(2) : check)
    checkCode = number(field(10))
    checkDescription = text(field(11))
    lastCheck = text(field(12))
    checkRise = number(field(13))
    checkFall = number(field(14))
  }
}
