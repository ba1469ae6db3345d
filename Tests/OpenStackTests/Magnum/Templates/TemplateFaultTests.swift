import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Changes that break off half-way, and answers that lead nowhere.
extension TemplateKeeperTests {
  // MARK: Half-way failures

  /// With a cluster that refers to the template of the name.
  private func withCluster(_ body: (ClusterTemplate) throws -> Void) throws {
    let cluster = name + "-cluster"
    _ = try keeper().present(wanted())
    let old = try #require(try templates().first)
    try needs.withCluster(cluster, template: old.uuid) { try body(old) }
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
