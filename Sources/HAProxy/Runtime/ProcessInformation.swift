internal import ByteText

/// What `show info` tells of the process that listens on the socket. A reload starts another process.
public struct ProcessInformation: Sendable {
  /// As in `2.6.12-1+deb12u1`.
  public let version: String
  public let processID: Int
  /// Seconds since this process was started.
  public let uptime: Int
  /// All fields, in HAProxy's order: more with each release.
  public let fields: [(name: String, value: String)]

  /// The value of a field, as in `CumReq`; nil where this release has none.
  public subscript(name: String) -> String? {
    for field in fields where field.name == name { return field.value }
    return nil
  }

  /// Reads the reply to `show info`: a line `Name: value` for each field.
  ///
  /// Throws `.unreadable` where it is no such list.
  public init(parsing reply: [UInt8]) throws(RuntimeError) {
    var fields: [(name: String, value: String)] = []
    for line in lines(reply) {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let value = line[(colon + 1)...]
      fields.append((text(line[..<colon]), text(value.first == 0x20 ? value.dropFirst() : value)))
    }
    self.fields = fields
    func value(_ name: String) throws(RuntimeError) -> String {
      for field in fields where field.name == name { return field.value }
      throw RuntimeError(
        .unreadable, "the reply to \"show info\" has no \(name); is it HAProxy's socket?")
    }
    func int(_ name: String) throws(RuntimeError) -> Int {
      guard let int = number(Array(try value(name).bytes)[...]) else {
        throw RuntimeError(.unreadable, "the reply to \"show info\" has no number as \(name)")
      }
      return int
    }
    version = try value("Version")
    processID = try int("Pid")
    uptime = try int("Uptime_sec")
  }
}
