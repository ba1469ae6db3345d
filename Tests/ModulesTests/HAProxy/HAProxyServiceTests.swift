import Foundation
import JSON
import TestSupport
import Testing

/// The module `haproxy_service` with an HAProxy that runs; as root, since it gives files away.
@Suite final class HAProxyServiceTests {
  private let module = RunModule(name: "haproxy_service")
  private let haproxy: HAProxyProcess
  /// Stands before HAProxy and notes that it was started.
  private var program: String { haproxy.folder + "/haproxy" }

  init() throws {
    haproxy = try HAProxyProcess()
    try haproxy.write(
      "#!/bin/sh\n# Notes each start of HAProxy's check.\necho started >> \(haproxy.folder)/starts\n"
        + "exec \(HAProxyProcess.program) \"$@\"\n", to: "haproxy")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
  }

  private func service(_ changes: JSONObject = [:]) -> JSONObject {
    var service: JSONObject = [
      "haproxy_service_name": "web", "haproxy_port": .int(haproxy.port),
      "haproxy_backend_port": .int(haproxy.originPort), "haproxy_balance_type": "http",
      "haproxy_bind": ["127.0.0.1"], "interval": 500,
      "haproxy_backend_nodes": [["name": "c1", "ip_addr": "127.0.0.1"]],
    ]
    service.merge(changes)
    return service
  }

  private func arguments(_ changes: JSONObject = [:]) -> JSONObject {
    var arguments: JSONObject = [
      "service": .object(service()), "conf_dir": .string(haproxy.fragments),
      "config": .string(haproxy.configuration), "map_dir": .string(haproxy.folder + "/map.conf.d"),
      "socket": .string(haproxy.socket), "program": .string(program),
      "reload_command": .array(haproxy.reloadCommand.map { .string($0) }), "reload_timeout": 10,
    ]
    arguments.merge(changes)
    return arguments
  }

  private func run(_ changes: JSONObject = [:]) throws -> RunModule.Outcome {
    try module(arguments(changes), in: haproxy.folder)
  }

  private var starts: Int {
    (try? haproxy.read("starts").split(separator: "\n").count) ?? 0
  }

  private func attributes(_ path: String) throws -> [String] {
    let found = try FileManager.default.attributesOfItem(atPath: "\(haproxy.folder)/\(path)")
    return [
      String((found[.posixPermissions] as? Int) ?? -1, radix: 8),
      (found[.ownerAccountName] as? String) ?? "", (found[.groupOwnerAccountName] as? String) ?? "",
    ]
  }

  /// Runs what must fail, and leave every file and HAProxy's answers as they are.
  private func refused(
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

  @Test func whatHAProxyRefusesChangesNothing() throws {
    try haproxy.startOrigin()
    try haproxy.start()
    _ = try run()
    let own = try refused(["service": .object(service(["haproxy_balance_alg": "nonsense"]))])
    #expect(
      own.hasPrefix(
        "HAProxy refuses the configuration, and nothing was changed: parsing"
          + " [\(haproxy.fragments)/web:15] : balance only supports"), "\(own)")

    try haproxy.write("frontend x\n    bind 127.0.0.1:1\n    nonsense here\n", to: "conf.d/broken")
    for check in [true, false] {
      let other = try refused([
        "service": .object(service(["haproxy_timeout_server": "9s"])),
        "_ansible_check_mode": .bool(check),
      ])
      #expect(
        other.contains("parsing [\(haproxy.fragments)/broken:3] : unknown keyword 'nonsense'"))
      #expect(
        other.hasSuffix("The fault is in another fragment than this service's: mend it there"))
    }
  }

  @Test func aReloadThatFailsIsUndone() throws {
    try haproxy.startOrigin()
    try haproxy.start()
    _ = try run()
    let changed = service(["haproxy_timeout_server": "9s"])

    let command = try refused([
      "service": .object(changed), "reload_command": ["sh", "-c", "echo no >&2; exit 7"],
    ])
    #expect(
      command.hasPrefix(
        "the reload failed: sh -c echo no >&2; exit 7 ended with 7: no. The files are as they were"
          + " before, but the second reload failed too: "), "\(command)")
    #expect(command.contains(" from before goes on with the old configuration"))

    let missing = try refused([
      "service": .object(changed), "reload_command": ["/nowhere/systemctl"],
    ])
    // Under qemu-user a program that is not there ends with 127.
    #expect(
      missing.contains("cannot run /nowhere/systemctl: No such file or directory")
        || missing.contains("/nowhere/systemctl ended with 127"))

    let deaf = try refused([
      "service": .object(changed), "reload_command": ["true"], "reload_timeout": 1,
    ])
    #expect(deaf.contains("HAProxy has not taken the configuration within 1 second: the process "))

    // HAProxy's own check does not bind; the new worker does, and cannot.
    let listener = try HAProxyProcess.Listener()
    let taken = service(["haproxy_port": .int(listener.port)])
    let bound = try refused(["service": .object(taken), "reload_timeout": 3])
    #expect(
      bound.hasPrefix("the reload failed: HAProxy has not taken the configuration"), "\(bound)")
    #expect(bound.contains("and HAProxy has been reloaded with them (process "), "\(bound)")
    #expect(try haproxy.answer(port: haproxy.port) == "origin")
    #expect(try run().changed == false)
  }

  /// As when HAProxy's master is just starting itself anew for somebody else.
  @Test func aReloadThatIsNotHeard() throws {
    try haproxy.start()
    let told = haproxy.folder + "/told"
    let deafOnce = "[ -e \(told) ] || { touch \(told); exit 0; }; exec \"$@\""
    let outcome = try run([
      "reload_command": .array(
        (["sh", "-c", deafOnce, "sh"] + haproxy.reloadCommand).map { .string($0) })
    ])
    #expect(outcome.output["reloaded"] == true, "\(outcome.message)")
  }

  @Test func withoutHAProxy() throws {
    let down = try refused([:])
    #expect(
      down.hasPrefix(
        "nothing was changed, since a reload could not be confirmed: HAProxy's socket"
          + " \(haproxy.socket) does not exist"), "\(down)")
    let missing = try refused(["program": "/nowhere/haproxy", "reload": false])
    #expect(
      missing == "/nowhere/haproxy does not exist, so the configuration cannot be checked and"
        + " nothing was changed; install HAProxy, or name its program in the option program")
    let notASocket = try refused(["socket": .string(haproxy.configuration)])
    #expect(notASocket.contains("is not HAProxy's socket"))
  }

  @Test func aHAProxyThatDoesNotAnswer() throws {
    try haproxy.startOrigin()
    try haproxy.start()
    let worker = try #require(try run().output["process"]?.int)
    let changed = service(["haproxy_timeout_server": "9s"])
    kill(pid_t(worker), SIGSTOP)
    let hung = try run(["service": .object(changed), "socket_timeout": 1])
    kill(pid_t(worker), SIGCONT)
    #expect(
      hung.message == "nothing was changed, since a reload could not be confirmed: HAProxy did not"
        + " answer on \(haproxy.socket) within 1 second; it hangs, or is too busy; or set reload to"
        + " false")
    #expect(try run().changed == false)

    // Killed, it leaves the file of its socket.
    let socket = haproxy.folder + "/left.stat"
    // Bound, and nobody listens.
    let address = try SocketAddress(path: socket)
    let refusing = try address.open()
    defer { close(refusing) }
    try address.bind(refusing)
    let down = try refused(["service": .object(changed), "socket": .string(socket)])
    #expect(down.contains("HAProxy does not listen on its socket \(socket); it is down"), "\(down)")
  }

  @Test func withoutPermission() throws {
    try haproxy.start()
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: haproxy.folder)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: haproxy.configuration)
    let before = try FileTree(of: haproxy.fragments)
    let socket = try module(arguments(), asUser: "nobody", in: haproxy.folder)
    #expect(
      socket.message.hasPrefix(
        "nothing was changed, since a reload could not be confirmed: cannot use HAProxy's socket"
          + " \(haproxy.socket): Permission denied; "), "\(socket.message)")
    let file = try module(
      arguments(["reload": false, "program": .string(HAProxyProcess.program)]), asUser: "nobody",
      in: haproxy.folder)
    #expect(file.failed && file.message.contains("Permission denied"), "\(file.message)")
    #expect(file.message.contains(haproxy.folder), "\(file.message)")
    #expect(try FileTree(of: haproxy.fragments) == before)
  }

  /// Each takes a while to check the configuration with its own service alone; written at the same
  /// time, the last one would leave out the others.
  @Test func severalAtTheSameTime() throws {
    let slow = haproxy.folder + "/slow"
    try haproxy.write("#!/bin/sh\nsleep 0.2\n", to: "slow")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: slow)
    let (module, folder) = (module, haproxy.folder)
    let asked = (0..<4).map { index in
      arguments([
        "service": .object(service(["haproxy_service_name": .string("web\(index)")])),
        "reload": false, "program": .string(slow),
      ])
    }
    let outcomes = try concurrently(4) { try module(asked[$0], in: folder) }
    #expect(outcomes.allSatisfy { $0.changed == true && !$0.failed })
    let parts = try ["00-haproxy", "web0", "web1", "web2", "web3"].map {
      try haproxy.read("conf.d/\($0)")
    }
    #expect(try haproxy.read("haproxy.cfg") == parts.joined())
  }

  @Test func somebodyWhoKeepsTheLock() throws {
    let folder = open(haproxy.folder, O_RDONLY | O_CLOEXEC)
    try #require(flock(folder, LOCK_EX) == 0)
    let short: JSONObject = ["reload": false, "check_timeout": 1, "reload_timeout": 1]
    #expect(
      try refused(short) == "nothing was changed: another run has held the lock of the folder"
        + " \(haproxy.folder) for 2 seconds; it writes HAProxy's configuration too")
    let files = try FileManager.default.contentsOfDirectory(atPath: haproxy.folder)
    let foreseen = try run(short.merging(["_ansible_check_mode": true]))
    #expect(foreseen.changed == true)
    #expect(
      try Set(FileManager.default.contentsOfDirectory(atPath: haproxy.folder))
        == Set(files).union(["starts"]))
    close(folder)
    #expect(try run(short).changed == true)
  }

  @Test func foldersAndFilesThatAreNot() throws {
    let missing = haproxy.folder + "/nowhere"
    #expect(
      try refused(["conf_dir": .string(missing)])
        == "\(missing) does not exist; OpenStack-Ansible's haproxy_server role makes it, or set"
        + " conf_dir to the folder of the fragments")
    #expect(try run(["conf_dir": .string(missing), "state": "absent"]).changed == false)
    #expect(
      try refused(["conf_dir": .string(haproxy.configuration)])
        == "\(haproxy.configuration) is not a directory; set conf_dir to one")
    try FileManager.default.createDirectory(
      atPath: haproxy.fragments + "/web", withIntermediateDirectories: false)
    #expect(
      try refused([:])
        == "\(haproxy.fragments)/web is not a regular file; move it away, or name another one")
    #expect(try refused(["group": "nosuchgroup"]).contains("failed to look up group nosuchgroup"))
    #expect(
      try refused(["reload_timeout": 0]) == "reload_timeout is 0; write seconds from 1 to 3600")
    #expect(try refused(["reload_command": []]).hasPrefix("reload_command is empty"))
  }

  @Test func dictionariesThatAreRefused() throws {
    let start = "the service cannot be used: "
    func message(_ changes: JSONObject) throws -> String {
      try refused(["service": .object(service(changes))])
    }
    #expect(
      try message(["haproxy_prt": 1]) == start + "\"haproxy_prt\" is no key of a service that the"
        + " haproxy_server role knows; the nearest is haproxy_port")
    #expect(
      try message(["haproxy_bind": "127.0.0.1"]) == start
        + "haproxy_bind is a text and must be a list")
    #expect(try message(["haproxy_port": 70000]).contains("write a number from 1 to 65535"))
    for name in ["a b", "a\nfrontend x", "../../etc/passwd", "a/b", "..", "a\0b", "00-haproxy"] {
      #expect(
        try message(["haproxy_service_name": .string(name)])
          .hasPrefix(start + "haproxy_service_name "))
    }
    #expect(
      try message(["haproxy_frontend_raw": ["a\nbackend evil"]])
        .hasPrefix(start + "haproxy_frontend_raw[0] has a line break"))
    #expect(try refused(["service": [:]]) == start + "haproxy_service_name is missing")
    #expect(try refused(["service": "web"]).contains("service"))
    #expect(
      try refused(["series": "2023.1"]).hasPrefix("value of series must be one of: 2024.1, "))
  }

  @Test func whatDoesNotDoWhatItSays() throws {
    let odd = service(["haproxy_interval": 1, "haproxy_backend_options": ["tcplog"]])
    let warned = try run(["service": .object(odd), "reload": false])
    #expect(warned.changed == true)
    let warnings = (warned.output["warnings"]?.array ?? []).compactMap(\.string)
    #expect(
      warnings.prefix(2) == [
        "service web: haproxy_interval: the role does not read it; the key it reads is interval",
        "service web: haproxy_backend_options: HAProxy ignores tcplog in a backend; it is an option"
          + " of frontends",
      ])
    // HAProxy's own words about the fragment, at its place there.
    #expect(
      warnings.contains {
        $0.hasPrefix("HAProxy: parsing [\(haproxy.fragments)/web:") && $0.contains("tcplog")
      })
    #expect(warned.output["findings"]?.array?.count == 2)
    let silent = try run(["service": .object(odd), "reload": false, "lint": "ignore"])
    #expect(silent.output["warnings"] == nil)
    #expect(
      try refused(["service": .object(odd), "lint": "fail"])
        .hasPrefix("the service web does not do what it says: haproxy_interval: "))
    let outside = try refused([
      "lint": "fail", "internal": true, "service": .object(service(["haproxy_bind": ["*"]])),
    ])
    #expect(outside.contains("the service is internal and listens on *"))
    let empty = try run(["service": .object(service(["haproxy_backend_nodes": []]))])
    #expect(empty.changed == false)
    #expect(empty.output["warnings"]?.array?.count == 1)
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

extension JSONObject {
  fileprivate func merging(_ other: JSONObject) -> JSONObject {
    var merged = self
    merged.merge(other)
    return merged
  }
}
