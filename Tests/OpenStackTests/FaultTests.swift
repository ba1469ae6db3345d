import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// What becomes of requests when the connection, the servers or the proxies between fail: what is
/// behind the faults is the real Keystone and Magnum.
@Suite(.serialized, .blocking) struct FaultTests {
  private let lab: OpenStackLab
  private let proxy: FaultProxy

  init() throws {
    lab = try OpenStackLab.shared()
    proxy = try FaultProxy(lab)
  }

  /// Logs in and asks through the proxy.
  private func session(
    limits: Limits = .short, _ more: JSONObject = [:]
  ) throws(OpenStackError) -> Session {
    var settings: JSONObject = [
      "identity_endpoint_override": .string(proxy.address + "/v3"),
      "container_infra_endpoint_override": .string(proxy.address + "/v1"),
    ]
    settings.merge(more)
    return try lab.session(
      auth: ["auth_url": .string(proxy.address)], settings, limits: limits)
  }

  @Test(
    arguments: [
      ["fault": "close"], ["fault": "reset"], ["fault": "garbage"], ["fault": "cut"],
      ["fault": "done-reset"], ["fault": "answer", "status": 500],
      ["fault": "answer", "status": 502, "body": "<html>"],
      ["fault": "answer", "status": 503, "headers": ["Retry-After": "0"]],
      ["fault": "answer", "status": 429, "headers": ["Retry-After": "1"]],
    ] as [JSONValue])
  func whatMayBeRepeatedIs(fault: JSONValue) throws {
    let session = try session()
    _ = try session.projectID()
    var rule = try #require(fault.object)
    rule["match"] = "GET /v1/clusters"
    rule["times"] = 2
    try proxy.make([.object(rule)])
    let answer = try session.request(.get, .containerInfra, "/clusters")
    #expect(answer.status == 200)
    // A connection that is used again and found dead is replaced by libcurl itself.
    #expect(answer.attempts >= 2)
    #expect(session.repeatCount == answer.attempts - 1)
    #expect(try proxy.log().filter { $0.path == "/v1/clusters" }.count == 3)
  }

  @Test(
    arguments: [
      (["fault": "close"], OpenStackError.Kind.unreachable, "without an answer"),
      (["fault": "reset"], .unreachable, "eset by peer"),
      (["fault": "garbage"], .unreachable, "libcurl"),
      (["fault": "cut"], .unreadable, "cut short after"),
      (["fault": "hang"], .unreachable, "no whole answer within 1.500 seconds"),
      (["fault": "answer", "status": 500], .unavailable, "answered 500"),
      (
        [
          "fault": "answer", "status": 503, "headers": ["Content-Type": "text/html"], "body": "<p>",
        ],
        .unavailable, "answered 503 with text/html that is not JSON"
      ),
      (["fault": "answer", "status": 429], .tooManyRequests, "answered 429"),
    ] as [(JSONValue, OpenStackError.Kind, String)])
  func whatLastsIsTold(fault: JSONValue, kind: OpenStackError.Kind, words: String) throws {
    var limits = Limits.short
    limits.attempts = 2
    let session = try session(limits: limits)
    _ = try session.projectID()
    var rule = try #require(fault.object)
    rule["match"] = "GET /v1/clusters"
    rule["times"] = 9
    try proxy.make([.object(rule)])
    let error = try #require(
      failure { () throws(OpenStackError) in
        try session.request(.get, .containerInfra, "/clusters")
      })
    #expect(error.kind == kind, "\(error.message)")
    #expect(error.message.contains(words), "\(error.message)")
    #expect(error.message.contains("GET \(proxy.address)/v1/clusters"), "\(error.message)")
    #expect(error.message.contains("(sent 2 times)") == (error.status < 400), "\(error.message)")
    let sent = try proxy.log().filter { $0.path == "/v1/clusters" }.count
    #expect(sent == 2 || sent == 3)
  }

  @Test func whatIsNoAPIIsNotRepeated() throws {
    for (fault, words) in [
      (
        [
          "fault": "answer", "status": 200, "headers": ["Content-Type": "text/html"], "body": "<p>",
        ],
        "answered 200 with text/html of 3 bytes that is not JSON"
      ),
      (["fault": "endless"], "the answer has more than 100000 bytes"),
      (
        ["fault": "answer", "status": 302, "headers": ["Location": "https://u:p@elsewhere/x"]],
        "answered 302; it sends to https://elsewhere/x;"
      ),
    ] as [(JSONObject, String)] {
      var limits = Limits.short
      limits.bytes = 100_000
      let session = try session(limits: limits)
      _ = try session.projectID()
      let before = try proxy.log().count
      var rule = fault
      rule["match"] = "GET /v1/clusters"
      try proxy.make([.object(rule)])
      let error = try #require(
        failure { () throws(OpenStackError) in
          try session.request(.get, .containerInfra, "/clusters")
        })
      #expect(error.message.contains(words), "\(error.message)")
      #expect(try proxy.log().count == before + 1)
    }
  }

  @Test(arguments: ["close", "reset", "hang", "done-reset", "cut", "done-hang"])
  func aPostThatMayHaveArrivedIsNotRepeated(fault: String) throws {
    let session = try session()
    _ = try session.projectID()
    let id = "region-" + UUID().uuidString
    try proxy.make([["match": "POST /v3/regions", "fault": .string(fault), "times": 9]])
    let error = try #require(
      failure { () throws(OpenStackError) in
        try session.request(
          .post, .identity, "/regions", body: ["region": ["id": .string(id)]])
      })
    #expect(error.kind == .mayHaveSucceeded, "\(error.message)")
    #expect(error.message.contains("may have been carried out"), "\(error.message)")
    #expect(try proxy.log().filter { $0.method == "POST" && $0.path == "/v3/regions" }.count == 1)
    // A look says what has become of it.
    let found = try session.request(.get, .identity, "/regions/\(id)", allowed: [404])
    #expect((found.status == 200) == (fault == "cut" || fault.hasPrefix("done-")))
    if found.status == 200 { _ = try session.request(.delete, .identity, "/regions/\(id)") }
  }

  @Test func aPostThatTheServerFailsIsNotRepeatedAndOneThatIsTooMuchIs() throws {
    let session = try session()
    _ = try session.projectID()
    let id = "region-" + UUID().uuidString
    let body: JSONValue = ["region": ["id": .string(id)]]
    try proxy.make([["match": "POST", "fault": "done-answer", "status": 504]])
    let error = try #require(
      failure { () throws(OpenStackError) in
        try session.request(.post, .identity, "/regions", body: body)
      })
    #expect(error.kind == .mayHaveSucceeded, "\(error.message)")
    #expect(error.status == 504)
    let conflict = try #require(
      failure { () throws(OpenStackError) in
        try session.request(.post, .identity, "/regions", body: body)
      })
    #expect(conflict.kind == .conflict, "\(conflict.message)")
    _ = try session.request(.delete, .identity, "/regions/\(id)")
    try proxy.make([
      [
        "match": "POST", "fault": "answer", "status": 429, "headers": ["Retry-After": "0"],
        "times": 2,
      ]
    ])
    let made = try session.request(.post, .identity, "/regions", body: body)
    #expect(made.attempts == 3)
    // Behind a DELETE whose answer was lost stands a 404.
    try proxy.make([["match": "DELETE", "fault": "done-reset"]])
    let gone = try session.request(.delete, .identity, "/regions/\(id)", allowed: [404])
    #expect(gone.status == 404)
    #expect(gone.attempts == 2)
  }

  /// 407 says that the request has met a proxy, and got no further.
  @Test func aPostThatAProxyRefusesWasNotCarriedOut() throws {
    let session = try session()
    _ = try session.projectID()
    try proxy.make([["match": "POST", "fault": "answer", "status": 407, "times": 9]])
    let error = try #require(
      failure { () throws(OpenStackError) in
        try session.request(.post, .identity, "/regions", body: ["region": [:]])
      })
    #expect(error.kind == .unreachable, "\(error.message)")
    #expect(!error.message.contains("carried out"), "\(error.message)")
    #expect(try proxy.log().filter { $0.method == "POST" && $0.path == "/v3/regions" }.count == 1)
  }

  @Test func aTokenThatIsRefusedIsReplacedOnce() throws {
    let session = try session()
    _ = try session.request(.get, .containerInfra, "/clusters")
    // Really revoked: Keystone forgets it, as it does one whose time is over.
    let value = try #require(session.token?.value)
    _ = try Program([
      "curl", "--silent", "--fail", "--noproxy", "*", "--request", "DELETE", "--header",
      "X-Auth-Token: " + value, "--header", "X-Subject-Token: " + value,
      lab.keystone + "/v3/auth/tokens",
    ]).succeed()
    let again = try session.request(.get, .identity, "/regions")
    #expect(again.status == 200)
    #expect(session.loginCount == 2)
    // And only once, also for a POST, since a 401 says that nothing was done.
    let logins = session.loginCount
    try proxy.make([["match": "POST /v3/regions", "fault": "answer", "status": 401, "times": 9]])
    let error = try #require(
      failure { () throws(OpenStackError) in
        try session.request(.post, .identity, "/regions", body: ["region": [:]])
      })
    #expect(error.kind == .rejectedCredentials, "\(error.message)")
    #expect(session.loginCount == logins + 1)
    #expect(try proxy.log().filter { $0.method == "POST" && $0.path == "/v3/regions" }.count == 2)
  }

  /// Magnum has seen the token when it was good, and the time is over when it sees it again.
  @Test func aTokenWhoseTimeIsOverIsReplaced() throws {
    let keystone = try HastyKeystone(lab)
    let session = try lab.session(
      auth: ["auth_url": .string(keystone.address)],
      ["container_infra_endpoint_override": .string(proxy.address + "/v1")], limits: .patient)
    for method in [Method.get, .delete] {
      let path = "/clustertemplates/no-such-template"
      #expect(try session.request(.get, .containerInfra, path, allowed: [404]).status == 404)
      let (logins, value) = (session.loginCount, session.token?.value)
      let sent = try proxy.log().count
      keystone.letTokensExpire()
      let answer = try session.request(method, .containerInfra, path, allowed: [404])
      #expect(answer.status == 404)
      #expect(session.loginCount == logins + 1)
      #expect(session.token?.value != value)
      #expect(try proxy.log().dropFirst(sent).map { $0.status } == [401, 404])
    }
  }

  @Test(arguments: ["..", ".", percentEncoded(".."), percentEncoded(".")])
  func noOtherAddressIsAskedThanTheOneGiven(step: String) throws {
    let session = try session()
    _ = try session.projectID()
    try proxy.make([["match": "GET", "fault": "answer", "status": 404]])
    let answer = try session.request(
      .get, .identity, "/regions/" + step + "/x", allowed: [404])
    #expect(answer.status == 404)
    #expect(try proxy.log().last?.path == "/v3/regions/" + step + "/x")
  }

  @Test func nobodyThere() throws {
    let free = "http://127.0.0.1:1"
    let refused = try #require(
      failure { () throws(OpenStackError) in
        try lab.session(auth: ["auth_url": .string(free)]).projectID()
      })
    #expect(refused.kind == .unreachable)
    #expect(refused.message.contains("nobody accepts a connection"), "\(refused.message)")
    #expect(refused.message.contains("(sent 4 times)"), "\(refused.message)")
    let nameless = try #require(
      failure { () throws(OpenStackError) in
        try lab.session(auth: ["auth_url": "http://u:p@keystone.invalid:5000"]).projectID()
      })
    #expect(nameless.message.contains("keystone.invalid is not known"), "\(nameless.message)")
    #expect(!nameless.message.contains("u:p"))
  }

  /// Nobody takes what arrives: the kernel drops it, as a firewall does.
  @Test func aBlackHoleEndsInTime() throws {
    let hole = try BlackHole()
    var limits = Limits.short
    limits.attempts = 2
    let start = ContinuousClock.now
    let error = try #require(
      failure { () throws(OpenStackError) in
        try lab.session(
          auth: ["auth_url": .string("http://127.0.0.1:\(hole.port)")], limits: limits
        ).projectID()
      })
    let waited = ContinuousClock.now - start
    #expect(error.kind == .unreachable)
    #expect(
      error.message.contains("no connection within 1 second; look at the route, at firewalls")
        && error.message.contains("(sent 2 times)"), "\(error.message)")
    #expect(waited > .seconds(2) && waited < .seconds(10), "\(waited)")
  }

  /// What a server asks for is waited, whole, and no longer than there is time. Seen by the proxy: how
  /// long the servers themselves take counts for nothing.
  @Test(arguments: [
    (503, "1", 1.0...4), (429, "1", 1...4), (503, "3600", 2...5), (503, "x", 0...1),
  ])
  func theServerSaysHowLongToWait(
    status: Int, asked: String, seconds: ClosedRange<Double>
  ) throws {
    let session = try session()
    _ = try session.projectID()
    try proxy.make([
      [
        "match": "GET /v1/clusters", "fault": "answer", "status": .int(status),
        "headers": ["Retry-After": .string(asked)],
      ]
    ])
    #expect(try session.request(.get, .containerInfra, "/clusters").attempts == 2)
    let times = try proxy.log().filter { $0.path == "/v1/clusters" }.map { $0.time }
    try #require(times.count == 2)
    let waited = times[1] - times[0]
    #expect(waited >= seconds.lowerBound && waited < seconds.upperBound, "\(waited)")
  }

  @Test func theWordsOfTheServers() throws {
    let admin = try session()
    let missing = try #require(
      failure { () throws(OpenStackError) in
        try admin.request(.get, .containerInfra, "/clustertemplates/no-such-template")
      })
    #expect(missing.kind == .notFound)
    #expect(missing.message.contains("no-such-template could not be found"), "\(missing.message)")
    #expect(missing.requestID.hasPrefix("req-"))
    let bad = try #require(
      failure { () throws(OpenStackError) in
        try admin.request(.post, .containerInfra, "/clustertemplates", body: ["coe": "docker"])
      })
    #expect(bad.kind == .refused, "\(bad.message)")
    #expect(bad.message.contains("answered 400: "), "\(bad.message)")
    let demo = try lab.session(auth: ["username": "demo", "project_name": "demo"])
    let forbidden = try #require(
      failure { () throws(OpenStackError) in try demo.request(.get, .containerInfra, "/mservices") }
    )
    #expect(forbidden.kind == .forbidden, "\(forbidden.message)")
    #expect(
      forbidden.message.contains("Policy doesn't allow magnum-service:get_all"),
      "\(forbidden.message)")
  }
}

/// A socket that listens and whose queue is full: connections are neither accepted nor refused.
private final class BlackHole {
  let port: Int
  private var descriptors: [Int32] = []

  init() throws {
    port = try LoopbackPorts.free()
    let address = SocketAddress(port: port)
    let listener = try address.open()
    descriptors = [listener]
    try address.listen(listener, backlog: 0)
    for _ in 0..<4 {
      let client = try address.open()
      descriptors.append(client)
      _ = fcntl(client, F_SETFL, O_NONBLOCK)
      // It goes on connecting.
      try? address.connect(client)
    }
  }

  deinit { for descriptor in descriptors { close(descriptor) } }
}
