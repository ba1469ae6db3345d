import Foundation
import JSON
import TestSupport
import Testing

/// The module `haproxy_service` with an HAProxy that runs; as root, since it gives files away.
@Suite(.blocking) final class HAProxyServiceTests {
  let module = RunModule(name: "haproxy_service")
  let haproxy: HAProxyProcess
  /// Stands before HAProxy and notes that it was started.
  var program: String { haproxy.folder + "/haproxy" }

  init() throws {
    haproxy = try HAProxyProcess()
    try haproxy.write(
      "#!/bin/sh\n# Notes each start of HAProxy's check.\necho started >> \(haproxy.folder)/starts\n"
        + "exec \(HAProxyProcess.program) \"$@\"\n", to: "haproxy")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
  }

  func service(_ changes: JSONObject = [:]) -> JSONObject {
    var service: JSONObject = [
      "haproxy_service_name": "web", "haproxy_port": .int(haproxy.port),
      "haproxy_backend_port": .int(haproxy.originPort), "haproxy_balance_type": "http",
      "haproxy_bind": ["127.0.0.1"], "interval": 500,
      "haproxy_backend_nodes": [["name": "c1", "ip_addr": "127.0.0.1"]],
    ]
    service.merge(changes)
    return service
  }

  func arguments(_ changes: JSONObject = [:]) -> JSONObject {
    var arguments: JSONObject = [
      "service": .object(service()), "conf_dir": .string(haproxy.fragments),
      "config": .string(haproxy.configuration), "map_dir": .string(haproxy.folder + "/map.conf.d"),
      "socket": .string(haproxy.socket), "program": .string(program),
      "reload_command": .array(haproxy.reloadCommand.map { .string($0) }), "reload_timeout": 10,
    ]
    arguments.merge(changes)
    return arguments
  }

  func run(_ changes: JSONObject = [:]) throws -> RunModule.Outcome {
    try module(arguments(changes), in: haproxy.folder)
  }

  var starts: Int {
    (try? haproxy.read("starts").split(separator: "\n").count) ?? 0
  }

  func attributes(_ path: String) throws -> [String] {
    let found = try FileManager.default.attributesOfItem(atPath: "\(haproxy.folder)/\(path)")
    return [
      String((found[.posixPermissions] as? Int) ?? -1, radix: 8),
      (found[.ownerAccountName] as? String) ?? "", (found[.groupOwnerAccountName] as? String) ?? "",
    ]
  }

  /// Runs what must fail, and leave every file and HAProxy's answers as they are.
  func refused(
    _ changes: JSONObject, line: Int = #line
  ) throws -> String {
    let before = try FileTree(of: haproxy.fragments)
    let configuration = try haproxy.read("haproxy.cfg")
    let answer = try haproxy.answer(port: haproxy.port)
    let outcome = try run(changes)
    #expect(outcome.failed, "line \(line)")
    #expect(try FileTree(of: haproxy.fragments) == before, "line \(line)")
    #expect(try haproxy.read("haproxy.cfg") == configuration, "line \(line)")
    #expect(try haproxy.answer(port: haproxy.port) == answer, "line \(line)")
    #expect(
      !FileManager.default.fileExists(atPath: haproxy.folder + "/.haproxy.cfg.reload-pending"))
    return outcome.message
  }

  @Test func theWholeCycle() throws {
    try haproxy.startOrigin()
    try haproxy.start()
    #expect(try run(["state": "absent"]).changed == false)
    #expect(starts == 0)

    let foreseen = try run(["_ansible_check_mode": true, "_ansible_diff": true])
    #expect(foreseen.changed == true)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: haproxy.fragments) == ["00-haproxy"])
    #expect(starts == 1)

    let made = try run(["_ansible_diff": true])
    #expect(made.changed == true)
    #expect(made.output["reloaded"] == true)
    #expect(made.output["diff"] == foreseen.output["diff"])
    #expect(made.output["diff"]?["before"] == "")
    #expect(made.output["findings"] == [])
    let base = try haproxy.read("conf.d/00-haproxy")
    let fragment = try haproxy.read("conf.d/web")
    #expect(fragment.hasPrefix("# Ansible managed\n\n"))
    #expect(try haproxy.read("haproxy.cfg") == base + fragment)
    #expect(try attributes("conf.d/web") == ["640", "root", "haproxy"])
    #expect(try attributes("haproxy.cfg") == ["640", "haproxy", "haproxy"])
    #expect(try haproxy.answer(port: haproxy.port) == "origin")

    let before = starts
    for check in [true, false] {
      let again = try run(["_ansible_diff": true, "_ansible_check_mode": .bool(check)])
      #expect(again.changed == false)
      #expect(again.output["reloaded"] == false)
      #expect(again.output["diff"] == nil)
    }
    #expect(starts == before, "an unchanged run starts no HAProxy")

    let changed = ["service": .object(service(["haproxy_timeout_server": "7s"]))] as JSONObject
    let updated = try run(changed.merging(["_ansible_diff": true]))
    #expect(updated.changed == true)
    let diff = try #require(updated.output["diff"])
    #expect(diff["before_header"] == .string(haproxy.fragments + "/web"))
    #expect(diff["after"]?.string?.contains("    timeout server 7s\n") == true)
    #expect(diff["before"] == .string(fragment))
    #expect(updated.output["process"] != made.output["process"])
    #expect(try run(changed).changed == false)

    // An owner alone is mended without a reload.
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o666], ofItemAtPath: haproxy.fragments + "/web")
    let mended = try run(changed)
    #expect(mended.changed == true)
    #expect(mended.output["reloaded"] == false)
    #expect(try attributes("conf.d/web") == ["640", "root", "haproxy"])

    let gone = try run(["state": "absent"])
    #expect(gone.changed == true)
    #expect(gone.output["reloaded"] == true)
    #expect(try haproxy.read("haproxy.cfg") == base)
    #expect(try haproxy.answer(port: haproxy.port) == nil)
    #expect(try run(["state": "absent"]).changed == false)
  }

  /// What an earlier run could not finish, this one does.
  @Test func aReloadThatIsOutstanding() throws {
    try haproxy.start()
    _ = try run()
    try haproxy.write("", to: ".haproxy.cfg.reload-pending")
    let outcome = try run()
    #expect(outcome.changed == true)
    #expect(outcome.output["reloaded"] == true)
    #expect(try run().changed == false)
  }

  @Test func whatSomebodyChangedInTheConfigurationIsMended() throws {
    try haproxy.start()
    _ = try run()
    try haproxy.write(try haproxy.read("haproxy.cfg") + "# by hand\n", to: "haproxy.cfg")
    let outcome = try run(["_ansible_diff": true])
    #expect(outcome.changed == true)
    #expect(
      outcome.output["diff"]?["before_header"] == .string(haproxy.configuration))
    #expect(try !haproxy.read("haproxy.cfg").contains("by hand"))
  }

  @Test func withoutReload() throws {
    let outcome = try run(["reload": false])
    #expect(outcome.changed == true)
    #expect(outcome.output["reloaded"] == false)
    #expect(try run(["reload": false]).changed == false)
  }

  @Test func mapsOfSeveralServices() throws {
    try haproxy.start()
    let map = haproxy.folder + "/route.map"
    let first = service([
      "haproxy_maps": [.string("use_backend %[path,map(\(map),web-back)]")],
      "haproxy_map_entries": [["name": "route", "order": 10, "entries": ["/a web-back"]]],
    ])
    let second: JSONObject = [
      "haproxy_service_name": "other", "haproxy_backend_only": true, "haproxy_port": 1,
      "haproxy_backend_nodes": [["name": "c1", "ip_addr": "127.0.0.1"]],
      "haproxy_map_entries": [["name": "route", "entries": ["/b other-back", "/c other-back"]]],
    ]
    #expect(try run(["service": .object(first), "_ansible_check_mode": true]).changed == true)
    #expect(!FileManager.default.fileExists(atPath: map))
    #expect(try run(["service": .object(first)]).changed == true)
    #expect(try run(["service": .object(second)]).changed == true)
    #expect(try haproxy.read("route.map") == "/b other-back\n/c other-back\n/a web-back\n")
    #expect(try attributes("route.map") == ["640", "haproxy", "haproxy"])
    #expect(try attributes("map.conf.d/route") == ["750", "root", "haproxy"])
    #expect(try attributes("map.conf.d/route/10-web.map") == ["640", "root", "haproxy"])
    #expect(try run(["service": .object(first)]).changed == false)
    #expect(try run(["service": .object(second), "state": "absent"]).changed == true)
    #expect(try haproxy.read("route.map") == "/a web-back\n")

    // A map of a service that HAProxy refuses goes back too.
    var broken = first
    broken["haproxy_map_entries"] = [["name": "route", "entries": ["/z web-back"]]]
    broken["haproxy_balance_alg"] = "nonsense"
    _ = try refused(["service": .object(broken)])
    #expect(try haproxy.read("route.map") == "/a web-back\n")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: haproxy.folder + "/map.conf.d/route")
        == ["10-web.map"])
  }

  @Test func noSecretLeaves() throws {
    let secret = "joe:hunter22"
    let raw: JSONValue = ["stats enable", .string("stats auth \(secret)")]
    let made = try run([
      "service": .object(service(["haproxy_frontend_raw": raw])), "reload": false,
      "_ansible_diff": true,
    ])
    #expect(made.changed == true)
    #expect(!made.text.contains("hunter22"))
    #expect(made.text.contains("stats auth (hidden)"))
    #expect(try haproxy.read("conf.d/web").contains("stats auth \(secret)\n"))
    let changed = try run([
      "service": .object(service(["haproxy_frontend_raw": ["stats auth joe:hunter23"]])),
      "reload": false, "_ansible_diff": true,
    ])
    #expect(!changed.text.contains("hunter2"))
    #expect(changed.text.contains("stats auth (hidden, new value)"))
    let failed = try run([
      "service": .object(service(["haproxy_frontend_raw": raw, "nonsense": 1]))
    ])
    #expect(!failed.text.contains("hunter22"))
  }

  /// New connections all the time while the service is changed again and again: none may fail.
  @Test func reloadsUnderLoad() throws {
    try haproxy.startOrigin()
    try haproxy.start()
    _ = try run()
    let client = Process()
    client.executableURL = URL(filePath: "/usr/bin/env")
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "load_client.py")
    client.arguments = ["python3", script.path, "127.0.0.1", String(haproxy.port), "4"]
    let (input, output) = (Pipe(), Pipe())
    client.standardInput = input
    client.standardOutput = output
    try client.run()
    usleep(300_000)
    var processes: Set<Int> = []
    for round in 1...6 {
      let outcome = try run([
        "service": .object(service(["haproxy_timeout_server": .string("\(round)m")]))
      ])
      #expect(outcome.output["reloaded"] == true, "\(outcome.message)")
      processes.insert(outcome.output["process"]?.int ?? 0)
      usleep(300_000)
    }
    try input.fileHandleForWriting.close()
    let counts = try JSONValue(
      parsing: String(
        decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
    client.waitUntilExit()
    #expect(processes.count == 6)
    #expect(counts["failed"] == 0, "\(counts.jsonText.prefix(500))")
    let sent = try #require(counts["sent"]?.int)
    #expect(sent > 100)
    print("reloads under load: 6 reloads, \(sent) requests, failed: 0")
  }
}
