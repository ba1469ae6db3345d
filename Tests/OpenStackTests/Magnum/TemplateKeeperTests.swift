import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Keeping templates in a real Magnum: how much is asked, and what is left where answers get lost or
/// others do the same.
@Suite(.serialized) struct TemplateKeeperTests {
  private let needs: MagnumNeeds
  private let proxy: FaultProxy
  private let name = "keeper-" + UUID().uuidString.prefix(8).lowercased()

  init() throws {
    needs = try MagnumNeeds.shared()
    proxy = try FaultProxy(needs.lab)
  }

  /// Through the proxy, which counts and makes faults.
  private func session() throws(OpenStackError) -> Session {
    try needs.lab.session(
      auth: ["auth_url": .string(proxy.address)],
      [
        "identity_endpoint_override": .string(proxy.address + "/v3"),
        "container_infra_endpoint_override": .string(proxy.address + "/v1"),
      ], limits: .patient)
  }

  private func wanted(_ more: JSONObject = [:]) throws(OpenStackError) -> WantedTemplate {
    var values = needs.template(name)
    values.merge(more)
    return try WantedTemplate(
      values, mergesLabels: false, rules: LabelRules(driverVersion: nil, allowsUnknown: false))
  }

  private func keeper(
    _ session: Session? = nil, _ immutable: TemplateKeeper.Immutable = .fail
  ) throws(OpenStackError) -> TemplateKeeper {
    let asked: Session
    if let session { asked = session } else { asked = try self.session() }
    return try TemplateKeeper(
      asked, name: name, uuid: nil, immutable: immutable, isRehearsal: false)
  }

  /// The templates of this test, as they are now.
  private func templates() throws -> [ClusterTemplate] {
    try TemplateRequests(session: needs.session()).own().filter { $0.name.hasPrefix(name) }
  }

  private func removeAll() throws {
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
    #expect(posts.count == (isDone ? 1 : 2))
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

  @Test func aLostAnswerToADelete() throws {
    _ = try keeper().present(wanted())
    try proxy.make([["match": "DELETE /v1/clustertemplates", "fault": "done-reset"]])
    #expect(try keeper().absent().changed)
    #expect(try templates().isEmpty)
  }

  /// Both have looked before the first has made it: the younger goes.
  @Test func twoAtOnceEndWithOne() async throws {
    defer { try? removeAll() }
    let wanted = try wanted()
    try await withThrowingTaskGroup(of: TemplateKeeper.Outcome.self) { group in
      for _ in 0..<3 {
        group.addTask { [self] in
          try await Aside.run { try keeper(needs.session()).present(wanted) }
        }
      }
      var uuids: [String] = []
      for try await outcome in group {
        uuids.append(try #require(outcome.template?["uuid"]?.string))
      }
      #expect(Set(uuids).count == 1)
    }
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

  // MARK: Half-way failures

  /// With a cluster that refers to the template of the name.
  private func withCluster(_ body: (ClusterTemplate) throws -> Void) throws {
    let cluster = name + "-cluster"
    _ = try keeper().present(wanted())
    let old = try #require(try templates().first)
    try needs.makeCluster(cluster, template: old.uuid)
    do {
      try body(old)
    } catch {
      try needs.deleteCluster(cluster)
      throw error
    }
    try needs.deleteCluster(cluster)
  }

  /// The new one is there when its answer is not understood: the old one keeps its other name.
  @Test func aFailureAfterTheReplacementMakesNoSecondOfTheName() throws {
    defer { try? removeAll() }
    try withCluster { old in
      let other = try wanted(["docker_volume_size": 7])
      try proxy.make([
        ["match": "GET /v1/clustertemplates", "fault": "none"],
        ["match": "GET /v1/clustertemplates", "fault": "answer", "status": 403],
      ])
      let error = try #require(
        failure { () throws(OpenStackError) in try keeper(nil, .replace).present(other) })
      #expect(error.status == 403)
      let former = formerName(name, old.uuid)
      #expect(
        error.message.hasSuffix(
          "; cluster template \(old.uuid) is called \(former) now"),
        "\(error.message)")
      #expect(try templates().map { $0.name } == [former, name])

      // The next run finishes it.
      let outcome = try keeper(nil, .replace).present(other)
      #expect(outcome.changed)
      #expect(try templates().map { $0.isHidden } == [true, false])
      #expect(try !keeper(nil, .replace).present(other).changed)
    }
  }

  /// Nothing was made, and the name is given back, or it is said that it was not.
  @Test(arguments: [true, false])
  func aReplacementThatIsRefused(isGivenBack: Bool) throws {
    defer { try? removeAll() }
    try withCluster { old in
      var rules: [JSONValue] = [
        ["match": "POST /v1/clustertemplates", "fault": "answer", "status": 403]
      ]
      if !isGivenBack {
        rules += [
          ["match": "GET /v1/clustertemplates", "fault": "none"],
          ["match": "GET /v1/clustertemplates", "fault": "answer", "status": 404, "times": 9],
        ]
      }
      try proxy.make(rules)
      let error = try #require(
        failure { () throws(OpenStackError) in
          try keeper(nil, .replace).present(wanted(["docker_volume_size": 7]))
        })
      #expect(error.status == 403 && error.message.contains("POST"), "\(error.message)")
      let former = formerName(name, old.uuid)
      #expect(error.message.contains(former) == !isGivenBack, "\(error.message)")
      #expect(try templates().map { $0.name } == [isGivenBack ? name : former])
    }
  }

  /// A run that has failed before it could hide the old one is mended by the next.
  @Test func whatAnEarlierRunLeftIsHidden() throws {
    defer { try? removeAll() }
    try withCluster { old in
      let other = try wanted(["docker_volume_size": 7])
      let refusal: JSONValue = ["match": "PATCH", "fault": "answer", "status": 409]
      try proxy.make([["match": "PATCH", "fault": "none"], refusal])
      #expect(throws: OpenStackError.self) { try keeper(nil, .version).present(other) }
      #expect(try templates().map { $0.isHidden } == [false, false])

      // Where only an administrator may, it is left, and nothing has changed.
      try proxy.make([["match": "PATCH", "fault": "answer", "status": 403]])
      #expect(try !keeper(nil, .version).present(other).changed)
      let rehearsal = try TemplateKeeper(
        session(), name: name, uuid: nil, immutable: .version, isRehearsal: true)
      #expect(try rehearsal.present(other).changed)
      try asMember { member in
        for isRehearsal in [true, false] {
          let keeper = try TemplateKeeper(
            member, name: name, uuid: nil, immutable: .version, isRehearsal: isRehearsal)
          #expect(try !keeper.present(other).changed)
        }
      }
      let outcome = try keeper(nil, .version).present(other)
      #expect(outcome.changed)
      #expect(outcome.remarks.count == 1 && outcome.remarks[0].contains("is hidden"))
      #expect(try templates().map { $0.isHidden } == [true, false])
      #expect(try !keeper(nil, .version).present(other).changed)
    }
  }

  /// With a session in the administrator's project, but without that role.
  private func asMember(_ body: (Session) throws -> Void) throws {
    let admin = try needs.session()
    let path = "/users/\(try admin.userID() ?? "")/application_credentials"
    let made = try #require(
      try admin.request(
        .post, .identity, path,
        body: ["application_credential": ["name": .string(name), "roles": [["name": "member"]]]]
      ).body["application_credential"]?.object)
    let id = try #require(made["id"]?.string)
    defer { _ = try? admin.request(.delete, .identity, path + "/" + id) }
    let auth: JSONObject = [
      "auth_url": .string(needs.lab.keystone), "application_credential_id": .string(id),
      "application_credential_secret": made["secret"] ?? .null,
    ]
    try body(
      Session(
        Cloud(
          CloudRequest(settings: [
            "auth": .object(auth), "auth_type": "v3applicationcredential",
          ]), in: .empty)))
  }

  // MARK: Answers that lead nowhere

  @Test func changesThatAreNotKeptEnd() throws {
    defer { try? removeAll() }
    _ = try keeper().present(wanted())
    let fields = JSONValue.object(try #require(try templates().first).fields)
    try proxy.make([
      [
        "match": "PATCH /v1/clustertemplates", "fault": "answer", "status": 200,
        "body": .string(fields.jsonText), "times": 99,
      ]
    ])
    let error = try #require(
      failure { () throws(OpenStackError) in
        try keeper().present(wanted(["tags": "a", "hidden": true]))
      })
    #expect(error.message.contains("does not keep them"), "\(error.message)")
    #expect(try proxy.log().filter { $0.method == "PATCH" }.count < 40)
  }

  /// As Magnum answers while somebody's cluster has no node groups yet.
  @Test(
    arguments: [
      ("Invalid input for field/attribute master_count. Value: '0'.", 4, true),
      ("Expecting a valid sort_key.", 1, false),
      ("Invalid input for field/attribute master_count. Value: '0'.", 9999, false),
    ])
  func clustersThatCannotBeListedForAMoment(words: String, times: Int, passes: Bool) throws {
    defer { try? removeAll() }
    try withCluster { _ in
      try proxy.make([
        [
          "match": "GET /v1/clusters", "fault": "answer", "status": 400, "times": .int(times),
          "body": .string(#"{"errors": [{"status": 400, "detail": "\#(words)"}]}"#),
        ]
      ])
      let keeper = try keeper(nil, .version)
      let error = failure { () throws(OpenStackError) in
        try keeper.present(wanted(["docker_volume_size": 7]))
      }
      #expect((error == nil) == passes, "\(error?.message ?? "")")
      if let error { #expect(error.message.contains(words), "\(error.message)") }
      // Its successor is there either way.
      #expect(keeper.outcome.remarks.first?.contains(" is made in place of ") == true)
    }
  }

  @Test func aMarkerThatIsIgnoredEnds() throws {
    let session = try session()
    _ = try session.projectID()
    let page: JSONValue = [
      "clustertemplates": [["uuid": "u1", "name": "n", "project_id": "p"]], "next": "http://next",
    ]
    try proxy.make([
      [
        "match": "GET /v1/clustertemplates", "fault": "answer", "status": 200,
        "body": .string(page.jsonText), "times": 9,
      ]
    ])
    let error = try #require(
      failure { () throws(OpenStackError) in
        try session.list("/clustertemplates", "clustertemplates")
      })
    #expect(
      error.kind == .unreadable && error.message.contains("ignores marker"), "\(error.message)")
    #expect(try proxy.log().filter { $0.path.contains("clustertemplates") }.count == 2)
  }

  @Test func aTokenOfNoProjectIsRefused() throws {
    let auth: JSONObject = [
      "project_name": .null, "project_domain_name": .null, "system_scope": "all",
    ]
    for immutable in [TemplateKeeper.Immutable.fail, .version] {
      let error = try #require(
        failure { () throws(OpenStackError) in
          try keeper(needs.lab.session(auth: auth), immutable).absent()
        })
      #expect(error.message.contains("set project_name"), "\(error.message)")
    }
  }

  @Test func pageByPage() throws {
    defer { try? removeAll() }
    let session = try needs.session()
    var body = try wanted().body()
    for number in 0..<5 {
      body["name"] = .string("\(name)-\(number)")
      _ = try session.request(.post, .containerInfra, "/clustertemplates", body: .object(body))
    }
    let all = try session.list("/clustertemplates?limit=2", "clustertemplates")
    #expect(all.compactMap { $0["name"]?.string }.filter { $0.hasPrefix(name) }.count == 5)
    #expect(Set(all.compactMap { $0["uuid"]?.string }).count == all.count)
  }
}
