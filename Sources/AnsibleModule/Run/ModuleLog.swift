internal import ByteText
internal import CPosix

/// The syslog of the target, as Ansible's own modules write to it: as `ansible-NAME`, with the
/// facility that the controller's configuration names, and not at all for a task with `no_log`.
public struct ModuleLog {
  private let name: String
  private let facility: Int32
  private let isSilent: Bool
  private let secrets: SecretSet

  init(_ invocation: Invocation) {
    name = "ansible-" + invocation.moduleName
    isSilent = invocation.controls.isSilent
    secrets = invocation.secrets
    // In the order of their numbers.
    let names =
      "KERN USER MAIL DAEMON AUTH SYSLOG LPR NEWS UUCP CRON AUTHPRIV FTP - - - - LOCAL0 LOCAL1 LOCAL2"
      + " LOCAL3 LOCAL4 LOCAL5 LOCAL6 LOCAL7"
    var (number, facility): (Int32, Int32) = (0, 1)
    for name in names.bytes[...].parts(at: 0x20) {
      if "LOG_" + String(bytes: name) == invocation.controls.facility { facility = number }
      number += 1
    }
    self.facility = facility
  }

  /// Writes a line, without the task's secrets.
  public func write(_ text: String) {
    if !isSilent { cposix_log(name, facility, secrets.redacting(.string(text)).string ?? "") }
  }
}

extension Invocation {
  /// Where to say what a long run is at.
  public var log: ModuleLog { ModuleLog(self) }
}
