import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Answers that are lost, late, short-lived or wrong.
extension ClusterKeeperTests {
  // MARK: Lost answers

  @Test(
    arguments: [
      ["fault": "done-reset"], ["fault": "reset"], ["fault": "cut"],
      ["fault": "answer", "status": 500], ["fault": "done-close"],
    ] as [JSONValue])
  func aLostAnswerMakesNoSecondCluster(fault: JSONValue) throws {
    defer { try? removeAll() }
    var rule = try #require(fault.object)
    rule["match"] = "POST /v1/clusters"
    try proxy.make([.object(rule)])
    let outcome = try present(["node_count": 2])
    #expect(outcome.changed)
    #expect(try outcome.cluster["uuid"]?.string == only().uuid)
    #expect(outcome.cluster["status"] == "CREATE_COMPLETE")
    let posts = try writes()
    let isDone = posts[0].status == 202
    #expect(posts.count == (isDone ? 1 : 2))
  }

  /// The first request is carried out after all, but so late that it is sent again.
  @Test func aLateClusterIsTheOne() throws {
    defer { try? removeAll() }
    let look = JSONValue.string("GET /v1/clusters/" + name)
    try proxy.make([
      ["match": "POST /v1/clusters", "fault": "done-reset"], ["match": look, "fault": "none"],
      ["match": look, "fault": "answer", "status": 404, "times": 6],
    ])
    let outcome = try present()
    try wait { try clusters().count == 1 }
    let cluster = try only()
    #expect(outcome.cluster["uuid"]?.string == cluster.uuid)
    let writes = try writes()
    #expect(methods(writes) == ["POST", "POST", "DELETE"])
    #expect(!writes[2].path.hasSuffix(cluster.uuid))
  }

  @Test func aRequestThatNeverAnswersEndsInAnError() throws {
    defer { try? removeAll() }
    try proxy.make([["match": "POST /v1/clusters", "fault": "reset", "times": 9]])
    let error = try refusal()
    #expect(error.kind == .mayHaveSucceeded)
    #expect(error.message.contains("was asked twice to make the cluster \(name)"))
    #expect(error.message.contains("run again once its log says why: POST http"))
    #expect(try clusters().isEmpty)
  }

  @Test(arguments: ["done-reset", "reset"])
  func aLostAnswerToAChange(fault: String) throws {
    defer { try? removeAll() }
    try present()
    let posts = try writes().count
    for (action, more) in [
      ("resize", ["node_count": 2]),
      ("upgrade", ["node_count": 2, "cluster_template_id": .string(nextTemplate)]),
    ] as [(String, JSONObject)] {
      let before = try writes().count
      let uuid = try only().uuid
      try proxy.make([
        ["match": .string("POST /v1/clusters/\(uuid)/actions/\(action)"), "fault": .string(fault)]
      ])
      let outcome = try present(more, upgrades: true)
      #expect(outcome.changed && outcome.cluster["status"] == "UPDATE_COMPLETE")
      #expect(try writes().count - before == (fault == "reset" ? 2 : 1))
    }
    #expect(try writes().count > posts)

    try proxy.make([["match": "POST /v1/clusters", "fault": "reset", "times": 9]])
    let error = try refusal(["cluster_template_id": .string(nextTemplate), "node_count": 3])
    #expect(error.kind == .mayHaveSucceeded)
    #expect(error.message.contains("was asked twice to change node_count of cluster \(name)"))
  }

  @Test func aLostAnswerToADelete() throws {
    defer { try? removeAll() }
    try present()
    try proxy.make([["match": "DELETE /v1/clusters", "fault": "done-reset"]])
    #expect(try keeper().absent().changed)
    #expect(try clusters().isEmpty)
  }

  // MARK: Answers on the way

  /// What Magnum says for moments when its conductor writes or removes a cluster.
  @Test func shortLivedAnswersAreAnotherTry() throws {
    defer { try? removeAll() }
    let fault =
      "{\"errors\": [{\"status\": 400, \"detail\": \"Invalid input for field/attribute master_count."
      + " Value: '0'. Value should be greater or equal to 1\"}]}"
    let rule: JSONObject = [
      "match": "GET /v1/clusters", "fault": "answer", "status": 400, "body": .string(fault),
      "times": 3,
    ]
    try proxy.make([.object(rule)])
    #expect(try present().changed)
    try proxy.make([.object(rule)])
    #expect(try !present().changed)
    try proxy.make([.object(rule)])
    #expect(try keeper().absent().changed)
    #expect(try proxy.log().count { $0.fault == "answer" } == 9)
    // Another refusal is one.
    try proxy.make([["match": "GET /v1/clusters", "fault": "answer", "status": 400]])
    #expect(try refusal().status == 400)
  }

  @Test func aTokenThatEndsWhileWaiting() throws {
    defer { try? removeAll() }
    let session = try session()
    let keeper = try keeper(session)
    try proxy.make([
      ["match": .string("GET /v1/clusters/" + name), "fault": "none"],
      ["match": "GET /v1/clusters/", "fault": "none", "times": 2],
      ["match": "GET /v1/clusters/", "fault": "answer", "status": 401],
    ])
    #expect(try present([:], keeper).cluster["status"] == "CREATE_COMPLETE")
    #expect(session.loginCount == 2)
  }

  /// Magnum takes the request, and does nothing of it.
  @Test func whatNeverBeginsIsTold() throws {
    defer { try? removeAll() }
    try present()
    try proxy.make([
      [
        "match": "POST /v1/clusters/", "fault": "answer", "status": 202,
        "body": .string("{\"uuid\": \"x\"}"),
      ]
    ])
    let error = try refusal(["node_count": 2], keeper(timeout: 3))
    #expect(error.kind == .failed)
    #expect(error.message.contains("has taken the request and not begun"), "\(error.message)")
    for isAbsent in [false, true] {
      try proxy.make([
        [
          "match": isAbsent ? "DELETE /v1/clusters/" : "POST /v1/clusters/", "fault": "answer",
          "status": 202, "body": .string("{\"uuid\": \"x\"}"),
        ]
      ])
      let keeper = try keeper(waits: false)
      let error = try #require(
        failure { () throws(OpenStackError) in
          _ = isAbsent ? try keeper.absent() : try present(["node_count": 2], keeper)
        })
      #expect(error.message.contains("has taken the request and not begun"), "\(error.message)")
    }

    try proxy.make([
      [
        "match": "POST /v1/clusters", "fault": "answer", "status": 202,
        "body": .string("{\"uuid\": \"5f1a33b2-0000-4000-8000-000000000000\"}"),
      ]
    ])
    let unseen = try refusal([:], keeper(name: name + "-unseen", timeout: 3))
    #expect(unseen.message.contains("is not there: Magnum has taken the request and not begun"))
  }

  @Test func whoeverChangesItAtTheSameTimeIsTold() throws {
    defer { try? removeAll() }
    try present()
    let uuid = try only().uuid
    // The request is lost, and somebody else's change is what is seen.
    try proxy.make([
      [
        "match": "POST /v1/clusters/", "fault": "answer", "status": 202,
        "body": .string("{\"uuid\": \"\(uuid)\"}"),
      ]
    ])
    try database.set(uuid, "CREATE_COMPLETE")
    let change = Aside { [self] in
      try proxy.wait { $0.method == "POST" && $0.path.hasPrefix("/v1/clusters/") }
      try database.set(uuid, "UPDATE_IN_PROGRESS", seconds: 600)
      try end(uuid)
    }
    let error = try refusal(["node_count": 2])
    try change.value()
    #expect(error.message.contains("somebody else has changed it"), "\(error.message)")
  }
}
