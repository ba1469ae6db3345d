import AnsibleModule
import ByteText
import HAProxy

/// HAProxy's own look at a configuration that is in no file yet.
struct ConfigurationCheck {
  let settings: Settings
  let assembly: Assembly
  /// The fragment of the service.
  let fragment: String

  /// How HAProxy names what it reads from its input.
  private static let input = "/dev/stdin"

  /// Throws HAProxy's reasons, at their places in the fragments.
  /// - Returns: what HAProxy warns of in the service's own fragment.
  func run(proxiesBeginWith prefix: String) throws(ModuleFailure) -> [String] {
    if try FileStatus.of(settings.program, followingSymlink: true) == nil {
      throw ModuleFailure(
        "\(settings.program) does not exist, so the configuration cannot be checked and nothing was"
          + " changed; install HAProxy, or name its program in the option program")
    }
    var command = Command(
      [settings.program, "-c", "-f", ConfigurationCheck.input], input: assembly.bytes)
    command.timeLimit = settings.checkTimeout
    let outcome = try command.run()
    let said = assembly.located(
      outcome.text + outcome.errorText, file: ConfigurationCheck.input, folder: settings.folder)
    if outcome.code != 0 { throw refusal(said, code: outcome.code) }
    return messages(said, level: "[WARNING]").filter {
      $0.contains(bytes: "[\(fragment):") || $0.contains(bytes: "'\(prefix)")
    }
  }

  private func refusal(_ said: String, code: Int) -> ModuleFailure {
    // The last one only says that there were some.
    var reasons = messages(said, level: "[ALERT]").filter {
      !$0.contains(bytes: "rrors found in configuration")
        && !$0.contains(bytes: "rror(s) found in configuration")
    }
    if reasons.isEmpty { reasons = [said.isEmpty ? "it ended with \(code)" : said] }
    let isOwn = reasons.contains { $0.contains(bytes: "\(fragment):") }
    let isElsewhere = !isOwn && reasons.contains { $0.contains(bytes: "[\(settings.folder)/") }
    return ModuleFailure(
      "HAProxy refuses the configuration, and nothing was changed: "
        + reasons.prefix(5).joined(separator: "; ")
        + (isElsewhere
          ? ". The fault is in another fragment than this service's: mend it there" : ""),
      fields: ["path": .string(fragment)])
  }

  /// The lines of a level without what stands before their text: level, time, process, "config".
  private func messages(_ said: String, level: String) -> [String] {
    var messages: [String] = []
    for line in said.bytes.split(separator: 0x0A) where line.begins(with: level) {
      var text = Array(line)
      if let end = text.firstIndex(of: UInt8(ascii: ")")) { text.removeFirst(end + 1) }
      let config = "config : ".bytes
      while text.first == 0x20 || text.first == UInt8(ascii: ":") { text.removeFirst() }
      if text.starts(with: config) { text.removeFirst(config.count) }
      messages.append(String(bytes: text))
    }
    return messages
  }
}

extension String {
  /// Whether these very bytes occur.
  fileprivate func contains(bytes pattern: String) -> Bool {
    let text = Array(utf8)
    let pattern = pattern.bytes
    guard text.count >= pattern.count else { return false }
    return (0...(text.count - pattern.count)).contains { text[$0...].starts(with: pattern) }
  }
}
