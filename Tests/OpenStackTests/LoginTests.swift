import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Entering a real Keystone, and being refused by it.
@Suite(.serialized, .blocking) struct LoginTests {
  private let lab: OpenStackLab

  init() throws { lab = try OpenStackLab.shared() }

  @Test(arguments: ["", "/", "/v3", "/v3/"])
  func aPasswordWithAndWithoutTheVersion(ending: String) throws {
    let session = try lab.session(auth: ["auth_url": .string(lab.keystone + ending)])
    #expect(try session.projectID()?.count == 32)
    #expect(try session.roles().contains("admin"))
    #expect(session.loginCount == 1)
    #expect(session.requestCount == 1)
  }

  @Test func idsInPlaceOfNames() throws {
    let named = try lab.session()
    let project = try #require(try named.projectID())
    let user = try #require(try named.userID())
    let session = try lab.session(auth: [
      "project_id": .string(project), "user_id": .string(user), "project_name": .null,
      "project_domain_name": .null, "username": .null, "user_domain_name": .null,
    ])
    #expect(try session.projectID() == project)
    #expect(try session.userID() == user)
  }

  @Test func aDomainAndTheSystem() throws {
    let none: JSONObject = ["project_name": .null, "project_domain_name": .null]
    let admin = try lab.session()
    let roles = try admin.request(.get, .identity, "/roles?name=admin")
    let role = try #require(roles.body["roles"]?.array?.first?["id"]?.string)
    let user = try #require(try admin.userID())
    let given = try admin.request(.put, .identity, "/domains/default/users/\(user)/roles/\(role)")
    #expect(given.status == 204)
    var domain = none
    domain["domain_id"] = "default"
    let inDomain = try lab.session(auth: domain)
    #expect(try inDomain.projectID() == nil)
    #expect(try inDomain.roles().contains("admin"))
    let without = try #require(
      failure { () throws(OpenStackError) in try inDomain.requiredProjectID() })
    #expect(without.kind == .configuration)
    #expect(without.message.hasPrefix("the token of the cloud is for no project; set project_name"))
    let noAddress = try lab.session(
      auth: domain, ["image_endpoint_override": "http://127.0.0.1:1/%(project_id)s"])
    #expect(
      failure { () throws(OpenStackError) in try noAddress.address(of: .image) }?.message
        == without.message)
    #expect(try admin.requiredProjectID() == admin.projectID())
    var system = none
    system["system_scope"] = "all"
    let inSystem = try lab.session(auth: system)
    #expect(try inSystem.roles().contains("admin"))
    #expect(try inSystem.request(.get, .identity, "/domains").body["domains"]?.array != nil)
  }

  @Test func anApplicationCredentialByIDAndByName() throws {
    let admin = try lab.session()
    let name = "credential-" + UUID().uuidString
    let user = try #require(try admin.userID())
    let made = try admin.request(
      .post, .identity, "/users/\(user)/application_credentials",
      body: ["application_credential": ["name": .string(name), "secret": "a secret of the tests"]])
    let id = try #require(made.body["application_credential"]?["id"]?.string)
    let project = try admin.projectID()
    var given: JSONObject = [
      "auth_url": .string(lab.keystone), "application_credential_id": .string(id),
      "application_credential_secret": "a secret of the tests",
    ]
    let type: JSONValue = "v3applicationcredential"
    let byID = try Session(
      try Cloud(
        CloudRequest(settings: ["auth": .object(given), "auth_type": type]), in: .empty))
    #expect(try byID.projectID() == project)
    given["application_credential_id"] = nil
    given["application_credential_name"] = .string(name)
    given["username"] = "admin"
    given["user_domain_name"] = "Default"
    let byName = try Session(
      try Cloud(
        CloudRequest(settings: ["auth": .object(given), "auth_type": type]), in: .empty))
    #expect(try byName.projectID() == project)
    // The secret is in none of the words about it.
    given["application_credential_secret"] = "another secret"
    let error = try #require(
      failure { () throws(OpenStackError) in
        try Session(
          try Cloud(
            CloudRequest(settings: ["auth": .object(given), "auth_type": type]), in: .empty)
        ).projectID()
      })
    #expect(error.kind == .rejectedCredentials)
    #expect(!error.message.contains("another secret"))
    _ = try admin.request(.delete, .identity, "/users/\(user)/application_credentials/\(id)")
  }

  @Test func aTokenForAnotherOne() throws {
    let first = try Token.value(of: lab)
    let session = try lab.session(
      auth: [
        "token": .string(first), "username": .null, "password": .null, "user_domain_name": .null,
      ], ["auth_type": "token"])
    #expect(try session.roles().contains("admin"))
  }

  @Test func refusalsTellWhatWasUsedAndWhereItStands() throws {
    let wrong = try #require(
      failure { () throws(OpenStackError) in
        try lab.session(auth: ["password": "wr0ng-password"]).projectID()
      })
    #expect(wrong.kind == .rejectedCredentials)
    #expect(wrong.status == 401)
    #expect(wrong.requestID.hasPrefix("req-"))
    #expect(wrong.message.contains("username \"admin\" (option auth.username)"), "\(wrong.message)")
    #expect(wrong.message.contains("password (option auth.password)"), "\(wrong.message)")
    #expect(!wrong.message.contains("wr0ng"))
    let nowhere = try #require(
      failure { () throws(OpenStackError) in
        try lab.session(auth: ["project_name": "no such project"]).projectID()
      })
    #expect(nowhere.kind == .rejectedCredentials)
    #expect(nowhere.message.contains("project_name \"no such project\""), "\(nowhere.message)")
  }

  @Test func anAddressWithoutKeystone() throws {
    let elsewhere = try #require(
      failure { () throws(OpenStackError) in
        try lab.session(auth: ["auth_url": .string(lab.keystone + "/identity")]).projectID()
      })
    #expect(elsewhere.kind == .notFound)
    #expect(elsewhere.message.contains("option auth.auth_url"), "\(elsewhere.message)")
  }

  @Test func aSecondFactorIsSaidToBeWanted() throws {
    let admin = try lab.session()
    let name = "careful-" + UUID().uuidString
    let rules: JSONValue = [["password", "application_credential"]]
    let made = try admin.request(
      .post, .identity, "/users",
      body: [
        "user": [
          "name": .string(name), "password": "one of two", "domain_id": "default",
          "options": ["multi_factor_auth_enabled": true, "multi_factor_auth_rules": rules],
        ]
      ])
    let id = try #require(made.body["user"]?["id"]?.string)
    let error = try #require(
      failure { () throws(OpenStackError) in
        try lab.session(auth: ["username": .string(name), "password": "one of two"]).userID()
      })
    #expect(error.kind == .secondFactor, "\(error.message)")
    #expect(
      error.message.contains("password") && error.message.contains("application_credential and")
        || error.message.contains("and application_credential"), "\(error.message)")
    _ = try admin.request(.delete, .identity, "/users/\(id)")
  }

  @Test func whatTheCatalogHasInstead() throws {
    let region = try #require(
      failure { () throws(OpenStackError) in
        try lab.session(["region_name": "RegionTwo"]).address(of: .containerInfra)
      })
    #expect(region.kind == .notInCatalog)
    #expect(
      region.message.contains(
        "container-infra with interface internal in region RegionTwo; it has"),
      "\(region.message)")
    #expect(region.message.contains("internal in RegionOne"), "\(region.message)")
    let interface = try #require(
      failure { () throws(OpenStackError) in
        try lab.session(["interface": "secret"]).address(of: .image)
      })
    #expect(interface.message.contains("public in RegionOne"), "\(interface.message)")
    let service = Service(types: ["dns"], name: "dns", versionPath: "v2")
    let missing = try #require(
      failure { () throws(OpenStackError) in try lab.session().address(of: service) })
    #expect(
      missing.message.contains(
        "has no dns; it has compute, container-infra, identity, image, network"),
      "\(missing.message)")
    let unscoped = try #require(
      failure { () throws(OpenStackError) in
        try lab.session(auth: [
          "username": "demo", "project_name": .null, "project_domain_name": .null,
        ]).address(of: .image)
      })
    #expect(unscoped.message.contains("set project_name"), "\(unscoped.message)")
  }

  @Test func theFilesOfTheLab() throws {
    let state = lab.state.path
    for name in ["default", "demo"] {
      let surroundings = Surroundings(
        variables: [("OS_CLIENT_CONFIG_FILE", state + "/clouds.yaml"), ("OS_CLOUD", name)],
        folder: "/", home: "/")
      let session = try Session(try Cloud(in: surroundings))
      let answer = try session.request(.get, .containerInfra, "/clustertemplates")
      #expect(answer.status == 200)
      #expect(answer.body["clustertemplates"]?.array != nil)
      #expect(session.requestCount == 2)
    }
  }
}

extension Token {
  /// A token of the administrator, taken by a session of its own.
  static func value(of lab: OpenStackLab) throws -> String {
    let outcome = try Program([
      "curl", "--silent", "--noproxy", "*", "--dump-header", "-", "--output", "/dev/null", "--json",
      try Cloud(CloudRequest(settings: lab.settings()), in: .empty).credentials.body.jsonText,
      lab.keystone + "/v3/auth/tokens",
    ]).succeed()
    let line = outcome.output.split(separator: "\r\n").first {
      $0.lowercased().hasPrefix("x-subject-token:")
    }
    return try #require(line).split(separator: " ").last.map(String.init) ?? ""
  }
}
