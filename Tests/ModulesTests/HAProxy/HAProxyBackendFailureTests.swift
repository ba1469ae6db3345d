import Foundation
import JSON
import TestSupport
import Testing

/// What the module `haproxy_backend` says when it cannot do what it is asked: which thing, where and
/// what to do; and that nothing has changed then.
@Suite(.serialized, .blocking) struct HAProxyBackendFailureTests {
  private let balancer: LoadBalancer

  init() throws {
    balancer = try LoadBalancer(
      options: ["k8s3": "disabled"],
      more: """
          server spare 127.0.0.1:9 backup
          server twin 127.0.0.1:9 track k8s-back/k8s1
          server far nosuch.invalid:6443 check resolvers nobody init-addr none
        backend empty-back
        backend backups-back
          server main 127.0.0.1:9
          server spare1 127.0.0.1:9 backup
          server spare2 127.0.0.1:9 backup
        resolvers nobody
          nameserver none 127.0.0.1:9
        """)
  }

  private func message(_ arguments: JSONObject, asUser user: String? = nil) throws -> String {
    var arguments = arguments
    if arguments["servers"] == nil { arguments["servers"] = ["k8s1"] }
    let before = try balancer.administrativeStates()
    let outcome = try balancer.run(arguments, asUser: user)
    #expect(outcome.failed)
    #expect(try before == balancer.administrativeStates())
    return outcome.message
  }

  // MARK: The socket

  @Test func noSocket() throws {
    #expect(
      try message(["socket": "/nosuch/haproxy.stat", "state": "drain"])
        == "HAProxy's socket /nosuch/haproxy.stat does not exist; HAProxy is not running, or its"
        + " configuration names another one (global section, stats socket)")
    let file = balancer.folder + "/haproxy.cfg"
    #expect(
      try message(["socket": .string(file)])
        == "\(file) is not HAProxy's socket; its configuration names that (global section, stats"
        + " socket)")
    #expect(try message(["socket": ""]) == "the path of HAProxy's socket is empty")
    #expect(
      try message(["socket": .string("/" + String(repeating: "x", count: 200))]).contains(
        "too long"))
  }

  @Test func withoutPermission() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: balancer.folder)
    #expect(
      try message(["state": "drain"], asUser: "nobody")
        == "cannot use HAProxy's socket \(balancer.socket): Permission denied; only root and the"
        + " users its configuration names (stats socket: user, group, mode) may")
    #expect(
      try message(["state": "drain", "socket": .string(balancer.operatorSocket)])
        == "HAProxy refused \"set server k8s-back/k8s1 state drain\" on \(balancer.operatorSocket):"
        + " Permission denied; the socket needs level admin (global section, stats socket)")
    let looked = try balancer.run(["socket": .string(balancer.operatorSocket)])
    #expect(looked.output["servers"]?.array?.count == 6)
  }

  @Test func haproxyIsDown() throws {
    balancer.stop()
    let outcome = try balancer.run(["state": "drain"])
    #expect(
      outcome.message
        == "HAProxy does not listen on its socket \(balancer.socket); it is down, so start it")
    let waiting = try balancer.run(["wait": ["check": "passed"]])
    #expect(waiting.message == outcome.message)
  }

  @Test func haproxyHangs() throws {
    balancer.freeze()
    let start = ContinuousClock.now
    let outcome = try balancer.run(["state": "drain", "timeout": 1])
    #expect(
      outcome.message
        == "HAProxy did not answer on \(balancer.socket) within 1 second; it hangs, or is too busy")
    #expect(start.duration(to: .now) < .seconds(5))
    balancer.thaw()
  }

  @Test func itHangsWhileWaiting() throws {
    try balancer.setHealth(of: "k8s2", false)
    let balancer = balancer
    Thread {
      usleep(1_500_000)
      balancer.freeze()
    }.start()
    let outcome = try balancer.run([
      "servers": ["k8s1"], "timeout": 1,
      "wait": ["check": "failed", "deadline": 3, "interval": 0.1],
    ])
    balancer.thaw()
    #expect(
      outcome.message
        == "HAProxy did not answer on \(balancer.socket) within 1 second; it hangs, or is too busy"
        + " (waited for 3 seconds)")
  }

  // MARK: Names

  @Test func unknownNames() throws {
    #expect(
      try message(["backend": "k8s", "state": "drain"])
        == "HAProxy has no backend k8s (\(balancer.socket)); it has: k8s-back, empty-back,"
        + " backups-back")
    #expect(
      try message(["servers": ["k8s1", "k8s9"], "state": "drain"])
        == "there is no server \"k8s9\"; there are: k8s-back/k8s1, k8s-back/k8s2, k8s-back/k8s3,"
        + " k8s-back/spare, k8s-back/twin, k8s-back/far")
    #expect(
      try message(["servers": ["k8s1", "web*"], "state": "drain"])
        .hasPrefix("no server fits the pattern \"web*\"; there are: k8s-back/k8s1"))
    #expect(try message(["servers": ["K8S1"]]).hasPrefix("there is no server \"K8S1\""))
    #expect(try message(["servers": [""]]).hasPrefix("there is no server \"\""))
    let empty = try balancer.run(["backend": "empty-back", "state": "ready"])
    #expect(empty.message == "the backend has no servers")
  }

  /// Nothing of a name becomes a command.
  @Test(arguments: [
    "k8s-back\nset server k8s-back/k8s1 state maint", "k8s-back;show info", "k8s back", "",
    "-\u{7F}",
    "k8s-back\\", "k8s-bäck", "k8s-back\0",
  ])
  func namesThatAreNone(name: String) throws {
    let words = try message(["backend": .string(name), "state": "ready"])
    #expect(words.contains("is no name of a backend"), "\(words)")
    #expect(
      try message(["servers": [.string(name + ";")], "state": "drain"]).contains(
        "there is no server"))
  }

  // MARK: Options

  @Test(
    arguments: [
      (
        ["state": "drain", "backend": .null],
        "state is drain and no backend is named; name the backend"
      ),
      (["state": "out"], "value of state must be one of: ready, drain, maint, info, got: out"),
      (
        ["wait": ["deadline": 5]],
        "one of the following is required: operational, check, sessions found in wait"
      ),
      (
        ["state": "maint", "wait": ["operational": "up"]],
        "state is maint and wait.operational is not down: a server in maintenance is down; drain keeps it up"
      ),
      (
        ["state": "maint", "wait": ["check": "passed"]],
        "state is maint and wait.check is set: a server in maintenance is not checked; drain keeps its checks"
      ),
      (
        ["state": "ready", "wait": ["sessions": 0]],
        "state is ready and wait.sessions is set: a server that is ready gets sessions; wait for them with drain"
      ),
      (
        ["state": "ready", "wait": ["operational": "down"]],
        "state is ready and wait asks for a server that does not work; wait for up, or for a passed check"
      ),
      (
        ["wait": ["operational": "down", "check": "passed"]],
        "wait.check is passed and wait.operational is not up: a server whose check passed is up"
      ),
      (["wait": ["sessions": -1]], "wait.sessions must be from 0 to 1000000000, not -1"),
      (
        ["wait": ["sessions": 0, "deadline": 100_000]],
        "wait.deadline must be from 0 to 86400, not 100000"
      ),
      (
        ["wait": ["sessions": 0, "interval": 0]], "wait.interval must be from 0.05 to 3600 seconds"
      ),
      (
        ["wait": ["sessions": .null]],
        "wait names nothing to wait for: operational, check or sessions"
      ),
      (["servers": []], "servers is an empty list; leave it out for all servers"),
      (["timeout": 0], "timeout must be from 1 to 3600, not 0"),
      (["minimum_ready": -1], "minimum_ready must be from 0 to 1000000, not -1"),
    ] as [(JSONObject, String)])
  func contradictions(arguments: JSONObject, words: String) throws {
    #expect(try message(arguments) == words)
  }

  // MARK: States that come from elsewhere

  @Test func whatTheConfigurationDisabled() throws {
    let row = try #require(
      balancer.run(["servers": ["k8s3"]]).output["servers"]?.array?.first)
    #expect(row["admin"] == "maint" && row["admin_from"] == ["configuration"])
    #expect(row["check"]?["status"] == "")
    #expect(try balancer.run(["servers": ["k8s3"], "state": "ready"]).changed == true)
    let ready = try balancer.run(["servers": ["k8s3"], "state": "ready"])
    #expect(ready.changed == false)
    #expect(ready.output["servers"]?.array?.first?["admin_from"] == [])
  }

  @Test func aServerThatTracksAnother() throws {
    #expect(
      try message(["servers": ["twin"], "wait": ["check": "passed"]])
        == "server k8s-back/twin has no health check of its own; it tracks k8s-back/k8s1")
    _ = try balancer.run(["servers": ["k8s1"], "state": "maint"])
    #expect(
      try message(["servers": ["twin"], "state": "ready"])
        == "server k8s-back/twin cannot be made ready: it tracks server k8s-back/k8s1, which is in"
        + " maint; change that one")
    let drained = try balancer.run(["servers": ["twin"], "state": "drain"])
    #expect(drained.changed == true)
    #expect(
      drained.output["warnings"]?.array?.first?.string
        == "server k8s-back/twin is in maint all the same: it tracks server k8s-back/k8s1, which is"
        + " in maint; change that one"
    )
    #expect(drained.output["servers"]?.array?.first?["admin_from"] == ["runtime", "tracking"])
  }

  @Test func aNameThatDoesNotResolve() throws {
    #expect(
      try message(["servers": ["far"], "state": "ready"])
        == "server k8s-back/far cannot be made ready: its name nosuch.invalid has no address, and"
        + " HAProxy keeps it in maintenance until that resolves")
    let row = try #require(balancer.run(["servers": ["far"]]).output["servers"]?.array?.first)
    #expect(row["status"] == "MAINT (resolution)" && row["admin_from"] == ["resolution"])
  }

  @Test func noHealthCheckToWaitFor() throws {
    #expect(
      try message(["servers": ["spare"], "wait": ["check": "passed"]])
        == "server k8s-back/spare has no health check that could be waited for")
    let row = try #require(balancer.run(["servers": ["spare"]]).output["servers"]?.array?.first)
    #expect(row["check"] == .null && row["status"] == "no check" && row["backup"] == true)
  }

  /// Who asks for a check only where there is one gets what HAProxy can tell.
  @Test func noHealthCheckIsNeeded() throws {
    let wait: JSONValue = ["check": "passed_or_none", "deadline": 0]
    let both = try balancer.run(["servers": ["spare", "k8s1"], "state": "ready", "wait": wait])
    #expect(both.changed == false && !both.failed, "\(both.message)")
    try balancer.setHealth(of: "k8s2", false)
    // One check that failed does not take it down yet.
    let sick = try balancer.run([
      "servers": ["k8s2"], "wait": ["operational": "down", "deadline": 30, "interval": 0.1],
    ])
    #expect(!sick.failed, "\(sick.message)")
    #expect(
      try message(["servers": ["spare", "k8s2"], "wait": wait])
        .hasPrefix("1 of 2 servers not with a passed health check within 0 seconds: k8s2: DOWN"))
    #expect(
      try message(["wait": ["operational": "down", "check": "passed_or_none"]])
        == "wait.check is passed and wait.operational is not up: a server whose check passed is up")
  }

  @Test func backupServersAreNotCounted() throws {
    let refused = try balancer.run([
      "backend": "backups-back", "servers": ["main"], "state": "drain",
    ])
    #expect(
      refused.message
        == "too few servers would be left in backend backups-back without main: 0 ready and up, at"
        + " least 1 asked for; backup servers, which are not counted: 2")
    let backup = try balancer.run([
      "backend": "backups-back", "servers": ["spare*"], "state": "drain",
    ])
    #expect(backup.changed == true)
  }
}
