import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Keeping templates in a real Magnum: how much is asked, and what is left where answers get lost or
/// others do the same.
@Suite(.serialized, .blocking) struct TemplateKeeperTests {
  let needs: MagnumNeeds
  let proxy: FaultProxy
  let name = "keeper-" + UUID().uuidString.prefix(8).lowercased()

  init() throws {
    needs = try MagnumNeeds.shared()
    proxy = try FaultProxy(needs.lab)
  }

  /// Through the proxy, which counts and makes faults.
  func session(limits: Limits = .patient) throws(OpenStackError) -> Session {
    try needs.lab.session(
      auth: ["auth_url": .string(proxy.address)],
      [
        "identity_endpoint_override": .string(proxy.address + "/v3"),
        "container_infra_endpoint_override": .string(proxy.address + "/v1"),
      ], limits: limits)
  }

  func wanted(_ more: JSONObject = [:]) throws(OpenStackError) -> WantedTemplate {
    var values = needs.template(name)
    values.merge(more)
    return try WantedTemplate(
      values, mergesLabels: false, rules: LabelRules(driverVersion: nil, allowsUnknown: false))
  }

  func keeper(
    _ session: Session? = nil, _ immutable: TemplateKeeper.Immutable = .fail
  ) throws(OpenStackError) -> TemplateKeeper {
    let asked: Session
    if let session { asked = session } else { asked = try self.session() }
    return try TemplateKeeper(
      asked, name: name, uuid: nil, immutable: immutable, isRehearsal: false)
  }

  /// The templates of this test, as they are now.
  func templates() throws -> [ClusterTemplate] {
    try TemplateRequests(session: needs.session()).own().filter { $0.name.hasPrefix(name) }
  }

  func removeAll() throws {
    for template in try templates() {
      _ = try TemplateRequests(session: needs.session()).delete(template)
    }
  }

  @Test func anIdempotentRunAsksTwice() throws {
    defer { try? removeAll() }
    #expect(try keeper().present(wanted()).changed)
    let session = try session()
    #expect(try !keeper(session).present(wanted()).changed)
    #expect(session.requestCount == 2)
  }

  /// One of two that were made at the same time goes while a third run looks.
  @Test(arguments: [TemplateKeeper.Immutable.fail, .replace, .version])
  func doublesThatGoInAMoment(immutable: TemplateKeeper.Immutable) throws {
    defer { try? removeAll() }
    let session = try needs.session()
    for _ in 0..<2 {
      _ = try session.request(
        .post, .containerInfra, "/clustertemplates", body: .object(needs.template(name)))
    }
    let double = try #require(try templates().last)
    var limits = Limits.patient
    limits.pause = 1000
    let third = try keeper(self.session(limits: limits), immutable)
    let deletion = Aside { [needs, proxy] in
      try proxy.wait { $0.path == "/v1/clustertemplates" && $0.status == 200 }
      return try TemplateRequests(session: needs.session()).delete(double)
    }
    let outcome = try third.present(wanted())
    #expect(try deletion.value())
    #expect(!outcome.changed)
    #expect(try templates().map { $0.uuid } == [outcome.template?["uuid"]?.string])
  }

  @Test func anIdempotentRunWithVersionsAsksThreeTimes() throws {
    let cluster = name + "-cluster"
    defer { try? removeAll() }
    #expect(try keeper(nil, .version).present(wanted()).changed)
    var session = try session()
    #expect(try !keeper(session, .version).present(wanted()).changed)
    #expect(session.requestCount == 2)

    let old = try #require(try templates().first)
    try needs.makeCluster(cluster, template: old.uuid)
    defer { try? needs.deleteCluster(cluster) }
    let other = try wanted(["docker_volume_size": 7])
    #expect(try keeper(nil, .version).present(other).changed)
    session = try self.session()
    #expect(try !keeper(session, .version).present(other).changed)
    #expect(session.requestCount == 3)
  }

  @Test(
    arguments: [
      ["fault": "done-reset"], ["fault": "reset"], ["fault": "cut"],
      ["fault": "answer", "status": 500], ["fault": "done-close"],
      ["fault": "done-answer", "status": 201],
      ["fault": "done-answer", "status": 201, "body": "{}"],
    ] as [JSONValue])
  func aLostAnswerMakesNoSecondTemplate(fault: JSONValue) throws {
    defer { try? removeAll() }
    let session = try session()
    _ = try session.projectID()
    var rule = try #require(fault.object)
    rule["match"] = "POST /v1/clustertemplates"
    try proxy.make([.object(rule)])
    let outcome = try keeper(session).present(wanted())
    let templates = try templates()
    #expect(templates.count == 1)
    #expect(outcome.template?["uuid"]?.string == templates.first?.uuid)
    let posts = try proxy.log().filter { $0.method == "POST" && $0.path == "/v1/clustertemplates" }
    let isDone = posts[0].status == 201
    #expect(posts.count == (isDone ? 1 : 2), "\(posts)")
  }

  @Test func aPostThatNeverAnswersEndsInAnError() throws {
    let session = try session()
    _ = try session.projectID()
    try proxy.make([
      ["match": "POST /v1/clustertemplates", "fault": "reset", "times": 9]
    ])
    let error = try #require(
      failure { () throws(OpenStackError) in try keeper(session).present(wanted()) })
    #expect(error.kind == .mayHaveSucceeded)
    #expect(error.message.contains("was asked twice to make the cluster template \(name)"))
    #expect(try templates().isEmpty)
  }

  @Test(arguments: ["done-reset", "reset"])
  func aLostAnswerToAChange(fault: String) throws {
    defer { try? removeAll() }
    _ = try keeper().present(wanted())
    try proxy.make([["match": "PATCH /v1/clustertemplates", "fault": .string(fault)]])
    let outcome = try keeper().present(wanted(["keypair_id": .string(needs.key), "tags": "a"]))
    #expect(outcome.template?["tags"] == "a")
    #expect(outcome.template?["keypair_id"]?.string == needs.key)
    let patches = try proxy.log().filter { $0.method == "PATCH" }
    #expect(patches.count == (fault == "reset" ? 2 : 1))
  }

  /// Magnum takes what is no UUID for a name, in any project.
  @Test(
    arguments: [
      "keeper-name", "detail", "5f1a33b2-0000-4000-8000-00000000000",
      "x5f1a33b2-0000-4000-8000-000000000000",
    ])
  func whatIsNoUUID(text: String) throws {
    let error = try #require(
      failure { () throws(OpenStackError) in
        try TemplateKeeper(
          session(), name: nil, uuid: text, immutable: .fail, isRehearsal: false)
      })
    #expect(error.message == "uuid is no UUID, but a name: \(text)")
    #expect(try proxy.log().isEmpty)
  }

  @Test func aLostAnswerToADelete() throws {
    _ = try keeper().present(wanted())
    try proxy.make([["match": "DELETE /v1/clustertemplates", "fault": "done-reset"]])
    #expect(try keeper().absent().changed)
    #expect(try templates().isEmpty)
  }

  /// Both have looked before the first has made it: the younger goes.
  @Test func twoAtOnceEndWithOne() throws {
    defer { try? removeAll() }
    let wanted = try wanted()
    let uuids = try concurrently(3) { [self] _ in
      try #require(try keeper(needs.session()).present(wanted).template?["uuid"]?.string)
    }
    #expect(Set(uuids).count == 1)
    #expect(try templates().count == 1)
  }

  /// Whoever calls this has nothing to hide himself.
  @Test func noOutcomeHasThePasswordOfAProxy() throws {
    defer { try? removeAll() }
    func look(_ outcome: TemplateKeeper.Outcome, _ isThere: Bool = true) {
      #expect(outcome.changed)
      for part in [outcome.before, outcome.after, outcome.template ?? [:]] {
        #expect(!JSONValue.object(part).jsonText.contains("pa55word"))
      }
      #expect((isThere ? outcome.after : outcome.before)["http_proxy"] == "http://u:********@p:1")
    }
    let first: JSONObject = ["http_proxy": "http://u:pa55word@p:1"]
    look(try keeper().present(wanted(first)))
    look(try keeper().present(wanted(["http_proxy": "http://u:pa55words@p:1"])))
    look(try keeper().present(wanted(["http_proxy": ""])), false)
    _ = try keeper().present(wanted(first))
    look(try keeper().absent(), false)
  }

  /// Between the look and the making of ours: the look found nothing, and the other was first.
  ///
  /// - Parameter late: whether the first list after that does not show it yet, as with a database of
  ///   several nodes.
  @Test(arguments: [false, true])
  func oneMadeBySomebodyElseAfterTheLook(late: Bool) throws {
    defer { try? removeAll() }
    let theirs = try keeper(needs.session()).present(wanted(["docker_volume_size": 9]))
    let uuid = try #require(theirs.template?["uuid"]?.string)
    var rules: [JSONValue] = [
      ["match": .string("GET /v1/clustertemplates/" + name), "fault": "answer", "status": 404]
    ]
    if late {
      rules.append([
        "match": "GET /v1/clustertemplates", "fault": "answer", "status": 200,
        "body": "{\"clustertemplates\": []}",
      ])
    }
    try proxy.make(rules)
    let outcome = try keeper().present(wanted(["docker_volume_size": 7]))
    #expect(outcome.changed)
    #expect(outcome.template?["uuid"]?.string == uuid)
    #expect(outcome.template?["docker_volume_size"] == 7)
    #expect(
      outcome.remarks == [
        "cluster template \(name) \(uuid) was made by somebody else at the same time"
      ])
    #expect(try proxy.log().filter { $0.method == "POST" && $0.path.hasPrefix("/v1") }.count == 1)
    let left = try templates()
    #expect(left.map { $0.uuid } == [uuid])
    #expect(left.first?.fields["docker_volume_size"] == 7)
    #expect(try !keeper().present(wanted(["docker_volume_size": 7])).changed)
  }

  @Test func severalOfOneNameAreListed() throws {
    defer { try? removeAll() }
    let requests = TemplateRequests(session: try needs.session())
    let body = try wanted().body()
    for _ in 0..<2 {
      _ = try requests.session.request(
        .post, .containerInfra, "/clustertemplates", body: .object(body))
    }
    let error = try #require(
      failure { () throws(OpenStackError) in try keeper().present(wanted()) })
    #expect(error.message.contains("2 cluster templates of this project are named \(name)"))
    for template in try templates() {
      #expect(error.message.contains(template.uuid))
      #expect(error.message.contains(template.fields["created_at"]?.string ?? "?"))
    }
  }

  @Test(arguments: ["with a blank", "slash/in/it", "a?b#c%41", "éß", "detail", "x.json"])
  func namesOfAllKinds(ending: String) throws {
    let name = ending == "detail" ? ending : self.name + ending
    let values = try wanted().named(name)
    let keeper = try TemplateKeeper(
      needs.session(), name: name, uuid: nil, immutable: .fail, isRehearsal: false)
    #expect(try keeper.present(values).changed)
    #expect(try !keeper.present(values).changed)
    #expect(try keeper.absent().changed)
    #expect(try !keeper.absent().changed)
  }

  /// A public template of another project is not ours, though Magnum shows it.
  @Test func othersTemplatesAreLeftAlone() throws {
    defer { try? removeAll() }
    let admin = try keeper(needs.session()).present(wanted(["public": true]))
    let demo = try TemplateKeeper(
      needs.session(user: "demo", project: "demo"), name: name, uuid: nil, immutable: .fail,
      isRehearsal: false)
    #expect(try !demo.absent().changed)
    var values = try wanted()
    values = try WantedTemplate(
      ["name": .string(name), "image_id": "none"], mergesLabels: true,
      rules: LabelRules(driverVersion: nil, allowsUnknown: false))
    #expect(throws: OpenStackError.self) { try demo.present(values) }
    #expect(try templates().map { $0.uuid } == [admin.template?["uuid"]?.string])
  }
}
