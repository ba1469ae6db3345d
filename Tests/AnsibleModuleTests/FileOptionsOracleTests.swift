import Foundation
import TestSupport
import Testing

@testable import AnsibleModule

/// Whole runs with file arguments, ours and those of ansible-core's AnsibleModule, on files made
/// alike: the same verdict, words, difference, facts, and the same mode and owner afterwards.
///
/// Three differences are meant. In check mode an account that does not exist is a warning: an earlier
/// task may be what would have made it. And all options are looked at before the first is applied,
/// where ansible-core has changed the owner when it finds that it cannot read the mode. And a change
/// of owner takes the set-user-ID bit from a file: ansible-core reads a symbolic mode as a change of
/// what is left, other than it says in check mode.
@Suite(.blocking) final class FileOptionsOracleTests {
  static let spec = ModuleSpec(
    "example", supportsCheckMode: true,
    arguments: ArgumentSpec(
      [Option("path", .path, required: true), Option("follow", .bool, default: false)]
        + ArgumentSpec.fileOptions))

  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "options-" + UUID().uuidString
    for side in ["ours", "theirs"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(side)", withIntermediateDirectories: true)
    }
    umask(0o022)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  struct Case {
    let kind: String
    let mode: Int
    let uid: Int
    let gid: Int
    let arguments: JSONObject
  }

  private func randomCase(_ random: inout FixedRandom) -> Case {
    var arguments: JSONObject = [
      "_ansible_check_mode": .bool(random.chance(35)), "_ansible_diff": true,
      "_ansible_module_name": "example",
    ]
    let modes: [JSONValue] = [
      "0644", "644", "0600", "u=rw,g=r,o=", "u+x", "a+X", "g-w,o-rwx", "ug=rwX", "+t", "o=u", "=",
      "u=rws", "4755", "rw", "u+q", "888", "0o640", 420, 384, "", "g=u-w", "u=rwx,g=rx,o=rx", "-x",
    ]
    if random.chance(80) { arguments["mode"] = random.pick(modes) }
    let owners: [JSONValue] = ["root", "nobody", "0", "65534", 1234, "nosuchuser", "daemon", ""]
    if random.chance(50) { arguments["owner"] = random.pick(owners) }
    let groups: [JSONValue] = ["root", "nogroup", "0", 4321, "nosuchgroup", "daemon"]
    if random.chance(50) { arguments["group"] = random.pick(groups) }
    if random.chance(5) { arguments["setype"] = "etc_t" }
    if random.chance(3) { arguments["modee"] = "0644" }
    let keepsOwner = arguments["owner"] == nil && arguments["group"] == nil
    return Case(
      kind: random.pick(["file", "file", "file", "directory", "missing"]),
      mode: random.pick([0o644, 0o600, 0o755, keepsOwner ? 0o4755 : 0o750, 0o1777, 0, 0o640]),
      uid: random.pick([0, 65534, 1234]), gid: random.pick([0, 65534, 4321]),
      arguments: arguments)
  }

  private func make(_ entry: Case, at path: String) throws {
    switch entry.kind {
    case "directory": try #require(mkdir(path, 0o700) == 0)
    case "file": try #require(FileManager.default.createFile(atPath: path, contents: nil))
    default: return
    }
    try #require(chown(path, UInt32(entry.uid), UInt32(entry.gid)) == 0)
    try #require(chmod(path, mode_t(entry.mode)) == 0)
  }

  @Test func wholeRunsAgree() throws {
    var random = FixedRandom(seed: 11)
    let cases = (0..<700).map { _ in randomCase(&random) }
    func path(_ side: String, _ number: Int) -> String { "\(folder)/\(side)/\(number)" }
    let answers = try Oracle.ask(
      cases.enumerated().map { number, entry in
        var arguments = entry.arguments
        arguments["path"] = .string(path("theirs", number))
        return [
          "args": .object(arguments),
          "made": [
            "kind": .string(entry.kind), "mode": .int(entry.mode), "uid": .int(entry.uid),
            "gid": .int(entry.gid),
          ],
        ]
      }, script: "file_arguments")
    var compared = 0
    for (number, (entry, answer)) in zip(cases, answers).enumerated() {
      let path = path("ours", number)
      try make(entry, at: path)
      var arguments = entry.arguments
      arguments["path"] = .string(path)
      let ours = Module.execute(Self.spec, arguments: JSONValue.object(arguments).jsonBytes) {
        invocation throws(ModuleFailure) in
        try invocation.applyFileOptions(to: try invocation.parameters.string("path"))
      }
      let theirs = answer["result"]?.object ?? [:]
      let about: Comment =
        "\(number): \(entry) ours \(JSONValue.object(ours).jsonText) theirs \(JSONValue.object(theirs).jsonText)"
      let message = theirs["msg"]?.string ?? ""
      if message.contains("failed to look up"), entry.arguments["_ansible_check_mode"] == true {
        #expect(ours["warnings"]?.array?.first == .string(message), about)
        continue
      }
      compared += 1
      #expect(ours["failed"] == theirs["failed"], about)
      if theirs["failed"] == true {
        // ansible-core has no words of its own for a missing file: it shows Python's.
        if entry.kind != "missing" || message.hasPrefix("Unsupported") {
          #expect(ours["msg"]?.string == message, about)
          #expect(ours["details"] == theirs["details"], about)
        }
        continue
      }
      #expect(ours["changed"] == theirs["changed"], about)
      let difference = theirs["diff"]?.object ?? [:]
      #expect((ours["diff"]?.object ?? [:]) == difference, about)
      for fact in ["uid", "gid", "owner", "group", "mode", "state", "size"] {
        if fact == "size" && entry.kind == "directory" { continue }
        #expect(ours[fact] == theirs[fact], about)
      }
      var became: JSONValue = .null
      if let status = try FileStatus.of(path) {
        became = [.int(status.mode), .int(Int(status.owner)), .int(Int(status.group))]
      }
      #expect(became == answer["became"], about)
    }
    #expect(compared > 550, "\(compared)")
  }
}
