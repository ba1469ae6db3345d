import Foundation
import JSON
import TestSupport
import Testing

/// The module `haproxy_service` killed before each system call that does more than look, with an
/// HAProxy that runs: each file is the old or the new one, and the next run ends as if there had been no kill,
/// with HAProxy reloaded.
@Suite(.serialized, .blocking) final class HAProxyServiceKillTests {
  private let module = RunModule(name: "haproxy_service")
  private let haproxy: HAProxyProcess
  private var target: String { haproxy.folder + "/etc" }
  private var original: String { haproxy.folder + "/original" }
  private var arguments: String { haproxy.folder + "/arguments" }
  private static let mark = ".haproxy.cfg.reload-pending"

  init() throws {
    haproxy = try HAProxyProcess()
    let files = FileManager.default
    try files.createDirectory(atPath: target, withIntermediateDirectories: false)
    try files.moveItem(atPath: haproxy.configuration, toPath: target + "/haproxy.cfg")
    try files.moveItem(atPath: haproxy.fragments, toPath: target + "/conf.d")
    try files.createSymbolicLink(
      atPath: haproxy.configuration, withDestinationPath: target + "/haproxy.cfg")
  }

  private func asked(_ changes: JSONObject) -> JSONObject {
    var asked: JSONObject = [
      "service": [
        "haproxy_service_name": "web", "haproxy_port": .int(haproxy.port),
        "haproxy_backend_port": .int(haproxy.originPort), "haproxy_balance_type": "http",
        "haproxy_bind": ["127.0.0.1"],
        "haproxy_backend_nodes": [["name": "c1", "ip_addr": "127.0.0.1"]],
      ],
      "conf_dir": .string(target + "/conf.d"), "config": .string(target + "/haproxy.cfg"),
      "socket": .string(haproxy.socket), "program": "/bin/true",
      "reload_command": .array(
        (["sh", "-c", "echo >> \(haproxy.folder)/reloads; exec \"$@\"", "sh"]
          + haproxy.reloadCommand).map { .string($0) }),
    ]
    asked.merge(changes)
    return asked
  }

  @Test func aServiceIsChanged() throws {
    try haproxy.start()
    var service = try #require(asked([:])["service"]?.object)
    service["haproxy_timeout_server"] = "7s"
    try killEverywhere(asked(["service": .object(service)]))
  }

  @Test func aServiceIsTakenAway() throws {
    try haproxy.start()
    try killEverywhere(asked(["state": "absent"]))
  }

  private func killEverywhere(_ asked: JSONObject) throws {
    #expect(try module(self.asked([:]), in: haproxy.folder).changed == true)
    _ = try Program(["cp", "-a", target, original]).run()
    try Data(JSONValue.object(asked).jsonBytes).write(to: URL(filePath: arguments))
    let run = KilledRun(module: module, arguments: arguments, folder: haproxy.folder)
    let before = try FileTree(of: target)
    let calls = try run.systemCalls(but: KilledRun.ofLooking)
    let after = try FileTree(of: target)
    #expect(before != after && after.temporary == [])
    var kills = 0
    var left = (old: 0, new: 0, between: 0, temporary: 0, marked: 0)

    for call in calls {
      try startOver()
      // How often the module looks whether HAProxy has reloaded may differ from run to run.
      if try run.kill(before: call) { kills += 1 }
      let tree = try FileTree(of: target)
      for (name, entry) in tree.entries where name != Self.mark {
        if tree.temporary.contains(name) {
          #expect(
            entry.isPrivate || after.entries.values.contains(where: entry.hasAttributes(of:)),
            "\(name) is too open after a kill before \(call)")
        } else {
          #expect(
            entry == before.entries[name] || entry == after.entries[name],
            "\(name) is neither old nor new after a kill before \(call)")
        }
      }
      for name in before.entries.keys where tree.entries[name] == nil {
        #expect(after.entries[name] == nil, "\(name) is lost before \(call)")
      }
      let changed = ["conf.d/web", "haproxy.cfg"].filter {
        tree.entries[$0] != before.entries[$0]
      }
      if changed.isEmpty { left.old += 1 } else if changed.count == 2 { left.new += 1 }
      if changed.count == 1 { left.between += 1 }
      if !tree.temporary.isEmpty { left.temporary += 1 }
      if tree.entries[Self.mark] != nil { left.marked += 1 }

      let next = try module.run([arguments])
      #expect(!next.failed, "the run after a kill before \(call): \(next.message)")
      #expect(try FileTree(of: target) == after, "the run after a kill before \(call)")
      #expect(
        FileManager.default.fileExists(atPath: haproxy.folder + "/reloads"),
        "HAProxy was not reloaded, killed before \(call)")
    }
    print(
      "\(asked["state"]?.string ?? "present"): killed before \(kills) of \(calls.count) system calls:"
        + " \(left.old) times the old files were left, \(left.new) times the new,"
        + " \(left.between) times one of two, \(left.temporary) times with something temporary,"
        + " \(left.marked) times with a reload outstanding")
    #expect(kills * 10 >= calls.count * 9, "\(kills) of \(calls.count) calls were come to")
    #expect(left.old > 0 && left.new > 0 && left.between > 0 && left.temporary > 0)
    #expect(left.marked > 0)
  }

  private func startOver() throws {
    let files = FileManager.default
    try files.removeItem(atPath: target)
    try? files.removeItem(atPath: haproxy.folder + "/reloads")
    let copy = try Program(["cp", "-a", original, target]).run()
    try #require(copy.status == 0)
  }
}
