import Foundation
import JSON
import TestSupport
import Testing

/// The module `haproxy_backend` with a real HAProxy and real TLS servers behind it.
@Suite(.serialized, .blocking) struct HAProxyBackendTests {
  private let balancer: LoadBalancer

  init() throws { balancer = try LoadBalancer() }

  private func run(_ arguments: JSONObject) throws -> RunModule.Outcome {
    try balancer.run(arguments)
  }

  @Test func theWholeCycle() throws {
    let asked: JSONObject = ["servers": ["k8s1"], "state": "drain", "_ansible_diff": true]
    var inCheckMode = asked
    inCheckMode["_ansible_check_mode"] = true

    let foreseen = try run(inCheckMode)
    #expect(foreseen.changed == true)
    #expect(foreseen.output["changed_servers"] == ["k8s1"])
    #expect(foreseen.output["servers"]?.array?.first?["admin"] == "ready")
    #expect(try balancer.statuses() == ["k8s1": "UP", "k8s2": "UP", "k8s3": "UP"])

    let drained = try run(asked)
    #expect(drained.changed == true, "\(drained.message)")
    #expect(drained.output["diff"] == foreseen.output["diff"])
    #expect(
      drained.output["diff"] == [
        "before": ["k8s1": "ready"], "after": ["k8s1": "drain"], "before_header": "k8s-back",
        "after_header": "k8s-back",
      ])
    let row = try #require(drained.output["servers"]?.array?.first)
    #expect(row["name"] == "k8s1" && row["backend"] == "k8s-back" && row["backup"] == false)
    #expect(row["admin"] == "drain" && row["admin_from"] == ["runtime"])
    #expect(row["operational"] == "up" && row["status"] == "DRAIN")
    #expect(row["check"]?["status"] == "L7OK" && row["check"]?["result"] == "passed")
    #expect(row["sessions"] == 0 && row["weight"] == 1)
    #expect(row["address"]?.string?.hasPrefix("127.0.0.1:") == true)
    #expect(try balancer.statuses() == ["k8s1": "DRAIN", "k8s2": "UP", "k8s3": "UP"])

    let again = try run(asked)
    #expect(again.changed == false && again.output["diff"] == nil)
    #expect(again.output["changed_servers"] == [])
    #expect(try run(inCheckMode).changed == false)

    #expect(try run(["servers": ["k8s1"], "state": "maint"]).changed == true)
    #expect(try balancer.statuses()["k8s1"] == "MAINT")
    #expect(try run(["servers": ["k8s1"], "state": "drain"]).changed == true)
    #expect(try run(["servers": ["k8s1"], "state": "ready"]).changed == true)
    #expect(try balancer.statuses()["k8s1"]?.hasPrefix("UP") == true)
    #expect(try run(["servers": ["k8s1"], "state": "ready"]).changed == false)
  }

  /// HAProxy counts the commands it is given: a run asks for two tables, and no state is set where
  /// it is set already.
  @Test func onlyTheCommandsThatAreNeeded() throws {
    func commands(_ arguments: JSONObject) throws -> Int {
      let before = try balancer.commandCount()
      _ = try run(arguments)
      return try balancer.commandCount() - before - 1
    }
    let asked: JSONObject = ["servers": ["k8s1", "k8s2"], "state": "drain"]
    var inCheckMode = asked
    inCheckMode["_ansible_check_mode"] = true
    #expect(try commands(inCheckMode) == 2)
    #expect(try commands(asked) == 2 + 2 + 2)
    #expect(try commands(asked) == 2)
    #expect(try commands(["servers": ["k8s*"], "state": "ready"]) == 2 + 2 + 2)
    #expect(try commands(["state": "ready"]) == 2)
    #expect(try commands(["state": "info"]) == 3)
  }

  @Test(arguments: [
    (["k8s[12]"], ["k8s1", "k8s2"]), (["*3", "k8s3"], ["k8s3"]),
    (["k8s?"], ["k8s1", "k8s2", "k8s3"]),
    (["[!a-j]*[!13]"], ["k8s2"]), (["k8s3", "k8s1"], ["k8s1", "k8s3"]),
    ([], ["k8s1", "k8s2", "k8s3"]),
  ])
  func namesAndPatterns(patterns: [String], names: [String]) throws {
    var asked: JSONObject = ["state": "drain", "minimum_ready": 0]
    if !patterns.isEmpty { asked["servers"] = .array(patterns.map { .string($0) }) }
    let outcome = try run(asked)
    #expect(outcome.output["changed_servers"] == .array(names.map { .string($0) }))
    #expect(
      try balancer.statuses().filter { $0.value == "DRAIN" }.keys.sorted() == names)
  }

  @Test func allBackends() throws {
    let outcome = try run(["backend": .null])
    #expect(outcome.changed == false)
    #expect(outcome.output["servers"]?.array?.count == 3)
    #expect(outcome.output["haproxy"]?["pid"] == .int(Int(balancer.processID)))
    #expect(outcome.output["haproxy"]?["version"]?.string?.isEmpty == false)
  }

  // MARK: Waiting

  @Test func aCheckThatRecovers() throws {
    try balancer.setHealth(of: "k8s2", false)
    let down = try run([
      "servers": ["k8s2"], "wait": ["operational": "down", "check": "failed", "interval": 0.1],
    ])
    #expect(!down.failed, "\(down.message)")
    #expect(down.output["servers"]?.array?.first?["check"]?["status"] == "L7STS")

    let late = try run(["wait": ["operational": "up", "deadline": 1, "interval": 0.1]])
    #expect(
      late.message
        == "1 of 3 servers not up within 1 second: k8s2: DOWN, last check L7STS 503"
        + " (Service Unavailable)")
    #expect(late.output["servers"]?.array?.count == 3 && late.output["changed"] == false)

    let balancer = balancer
    let start = ContinuousClock.now
    Thread { try? balancer.recover("k8s2", after: 0.7) }.start()
    let up = try run(["wait": ["check": "passed", "deadline": 30, "interval": 0.1]])
    #expect(!up.failed, "\(up.message)")
    #expect(start.duration(to: .now) > .milliseconds(600))
    #expect(try balancer.statuses()["k8s2"] == "UP")
  }

  /// A server that leaves maintenance is up at once, with the check result from before: only a check
  /// made since proves it.
  @Test func aServerThatComesBackSick() throws {
    _ = try run(["servers": ["k8s3"], "state": "maint"])
    try balancer.setHealth(of: "k8s3", false)
    let naive = try run([
      "servers": ["k8s3"], "state": "ready", "wait": ["operational": "up", "interval": 0.05],
    ])
    #expect(!naive.failed, "\(naive.message)")
    _ = try run(["servers": ["k8s3"], "state": "maint"])
    let proven = try run([
      "servers": ["k8s3"], "state": "ready",
      "wait": ["check": "passed", "deadline": 4, "interval": 0.05],
    ])
    #expect(proven.failed)
    #expect(proven.message.contains("not with a passed health check within 4 seconds: k8s3: DOWN"))
    #expect(proven.message.contains("L7STS 503"))
    // The state that was set stays, and the result says so.
    #expect(proven.output["changed"] == true && proven.output["changed_servers"] == ["k8s3"])
    #expect(proven.output["servers"]?.array?.first?["admin"] == "ready")
  }

  @Test func connectionsThatEnd() throws {
    let load = try Load(on: balancer, clients: 3, pause: 3000)
    try balancer.waitFor("a session on each server") {
      let rows = try run([:]).output["servers"]?.array ?? []
      return rows.allSatisfy { $0["sessions"] == 1 }
    }
    let late = try run([
      "servers": ["k8s1"], "state": "drain",
      "wait": ["sessions": 0, "deadline": 1, "interval": 0.1],
    ])
    #expect(
      late.message.hasPrefix(
        "1 of 1 servers not without sessions within 1 second: k8s1: DRAIN, 1 session left, last check"
      ),
      "\(late.message)")
    #expect(try balancer.statuses()["k8s1"] == "DRAIN")
    let drained = try run([
      "servers": ["k8s1"], "state": "drain",
      "wait": ["sessions": 0, "deadline": 30, "interval": 0.1],
    ])
    #expect(!drained.failed && drained.changed == false, "\(drained.message)")
    #expect(drained.output["servers"]?.array?.first?["sessions"] == 0)
    let result = try load.end()
    #expect(result.failures == [] && result.answers["start"]?["k8s1"] == 1)
  }

  @Test func drainUnderLoad() throws {
    let load = try Load(on: balancer, clients: 8, pause: 20)
    try balancer.waitFor("load") {
      (try run([:]).output["servers"]?.array ?? []).contains { $0["sessions"] != 0 }
    }
    for name in ["k8s1", "k8s2", "k8s3"] {
      let drained = try run([
        "servers": [.string(name)], "state": "drain",
        "wait": ["sessions": 0, "deadline": 30, "interval": 0.05],
      ])
      #expect(!drained.failed, "\(drained.message)")
      try load.begin("without \(name)")
      usleep(700_000)
      try load.begin("all")
      let back = try run([
        "servers": [.string(name)], "state": "ready",
        "wait": ["check": "passed", "deadline": 30, "interval": 0.05],
      ])
      #expect(!back.failed, "\(back.message)")
      usleep(300_000)
    }
    let result = try load.end()
    #expect(result.failures == [])
    for name in ["k8s1", "k8s2", "k8s3"] {
      let answers = try #require(result.answers["without \(name)"])
      #expect(answers[name] == nil, "\(name) was asked while drained")
      #expect(answers.keys.count == 2 && answers.values.allSatisfy { $0 > 0 })
      #expect(result.answers["all"]?[name] ?? 0 > 0)
    }
    print("drain under load: \(result.count) requests, \(result.failures.count) failed")
  }

  @Test func aStateThatIsLostWhileWaiting() throws {
    let load = try Load(on: balancer, clients: 3, pause: 4000)
    defer { _ = try? load.end() }
    try balancer.waitFor("a session on each server") {
      (try run([:]).output["servers"]?.array ?? []).allSatisfy { $0["sessions"] == 1 }
    }
    let balancer = balancer
    let restart = Aside {
      try balancer.waitFor("drain of k8s1") { try balancer.statuses()["k8s1"] == "DRAIN" }
      balancer.stop()
      usleep(500_000)
      try balancer.start()
    }
    let outcome = try run([
      "servers": ["k8s1"], "state": "drain",
      "wait": ["sessions": 0, "deadline": 30, "interval": 0.1],
    ])
    try restart.value()
    #expect(
      outcome.message
        == "server k8s-back/k8s1 was set to drain and is in ready now: HAProxy was reloaded, which"
        + " forgets states, or somebody else has changed it")
  }

  // MARK: The last healthy server

  @Test func theLastHealthyServerStays() throws {
    _ = try run(["servers": ["k8s1", "k8s2"], "state": "drain"])
    let refused = try run(["servers": ["k8s3"], "state": "maint"])
    #expect(
      refused.message.hasPrefix(
        "too few servers would be left in backend k8s-back without k8s3: 0 ready and up, at least 1"
          + " asked for (k8s1: DRAIN, last check L7OK"), "\(refused.message)")
    #expect(try balancer.statuses()["k8s3"] == "UP")
    // Those that are out already may go from one way of being out to the other.
    #expect(try run(["servers": ["k8s1", "k8s2"], "state": "maint"]).changed == true)
    let check = try run(["state": "drain", "_ansible_check_mode": true])
    #expect(check.failed)
    #expect(try run(["servers": ["k8s3"], "state": "drain", "minimum_ready": 0]).changed == true)
    #expect(try run(["state": "ready"]).changed == true)
    #expect(
      try run(["state": "drain"]).message.contains("without k8s1, k8s2, k8s3: 0 ready and up"))
  }

  @Test func aServerThatIsDownDoesNotCount() throws {
    try balancer.setHealth(of: "k8s2", false)
    try balancer.waitFor("k8s2 down") { try balancer.statuses()["k8s2"]?.hasPrefix("DOWN") == true }
    let refused = try run(["servers": ["k8s1"], "state": "drain", "minimum_ready": 2])
    #expect(refused.message.contains("1 ready and up, at least 2 asked for (k8s2: DOWN"))
    #expect(refused.message.contains("last check L7STS"))
    _ = try balancer.ask("set server k8s-back/k8s3 weight 0")
    #expect(try run(["servers": ["k8s1"], "state": "drain"]).message.contains("0 ready and up"))
    _ = try balancer.ask("set server k8s-back/k8s3 weight 1")
    #expect(try run(["servers": ["k8s1"], "state": "drain"]).changed == true)
  }

  /// Three that each see two others: they take turns, and one of them is refused.
  @Test func atTheSameTime() throws {
    for _ in 0..<5 {
      let balancer = balancer
      let outcomes = try concurrently(3) { index in
        try balancer.run(["servers": [.string("k8s\(index + 1)")], "state": "drain"])
      }
      #expect(outcomes.filter { $0.changed == true && !$0.failed }.count == 2)
      #expect(outcomes.filter { $0.message.contains("too few servers") }.count == 1)
      #expect(try run(["state": "ready"]).changed == true)
    }
  }
}

extension LoadBalancer {
  /// Runs the module on this HAProxy and its backend.
  func run(_ arguments: JSONObject, asUser user: String? = nil) throws -> RunModule.Outcome {
    var all: JSONObject = ["socket": .string(socket), "backend": "k8s-back"]
    all.merge(arguments)
    return try RunModule(name: "haproxy_backend")(all, asUser: user, in: folder)
  }

  fileprivate func recover(_ name: String, after seconds: Double) throws {
    Thread.sleep(forTimeInterval: seconds)
    try setHealth(of: name, true)
  }
}
