import Foundation
import JSON
import TestSupport
import Testing

/// What the module `haproxy_service` refuses, and what it leaves when something fails.
extension HAProxyServiceTests {
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
}
