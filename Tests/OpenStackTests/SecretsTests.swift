import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Secrets in every place, and servers that say again what they were told: no error has one of them.
@Suite(.serialized, .blocking) struct SecretsTests {
  private let lab: OpenStackLab
  private let proxy: FaultProxy

  init() throws {
    lab = try OpenStackLab.shared()
    proxy = try FaultProxy(lab)
  }

  private static let planted = [
    "planted-password", "planted \"quoted\" 'password'", "planted \\\"quoted\\\"", "planted-secret",
    "planted-token",
    "planted-of-url",
  ]

  private func look(_ error: OpenStackError?, _ more: String? = nil) throws {
    let error = try #require(error)
    for secret in Self.planted + (more.map { [$0] } ?? []) {
      #expect(!error.message.contains(secret), "\(error.message)")
      #expect(!error.requestID.contains(secret))
    }
  }

  @Test(arguments: [200, 302, 400, 401, 403, 404, 409, 429, 500], ["json", "text"])
  func aKeystoneThatEchoes(status: Int, form: String) throws {
    try proxy.make([
      [
        "match": "POST", "fault": "echo", "status": .int(status), "form": .string(form),
        "times": 99,
      ]
    ])
    let url = proxy.address.replacing("http://", with: "http://user:planted-of-url@")
    for (type, auth) in [
      ("password", ["password": "planted-password"]),
      ("password", ["password": "planted \"quoted\" 'password'"]),
      (
        "v3applicationcredential",
        [
          "application_credential_id": "x", "application_credential_secret": "planted-secret",
          "project_name": .null,
        ]
      ),
      ("token", ["token": "planted-token"]),
    ] as [(String, JSONObject)] {
      var auth = auth
      auth["auth_url"] = .string(url)
      try look(
        failure { () throws(OpenStackError) in
          try lab.session(auth: auth, ["auth_type": .string(type)]).projectID()
        })
    }
  }

  @Test(arguments: [200, 302, 400, 401, 403, 409, 429, 500], ["json", "text"])
  func aServiceThatEchoes(status: Int, form: String) throws {
    let session = try lab.session(["container_infra_endpoint_override": .string(proxy.address)])
    _ = try session.projectID()
    let token = try #require(session.token?.value)
    for method in [Method.get, .post, .patch, .delete, .put] {
      try proxy.make([
        [
          "match": .string(method.name), "fault": "echo", "status": .int(status),
          "form": .string(form), "times": 99,
        ]
      ])
      var answer: Response?
      let error = failure { () throws(OpenStackError) in
        answer = try session.request(
          method, .containerInfra, "/x", body: method == .get ? nil : ["name": "x"])
      }
      // What is no error is data, which the caller asked for.
      if answer == nil { try look(error, token) }
    }
  }

  /// Long words are cut: nothing of a secret is left at the cut either.
  @Test(arguments: [580, 597]) func aSecretWhereWordsAreCut(before: Int) throws {
    let session = try lab.session(["container_infra_endpoint_override": .string(proxy.address)])
    _ = try session.projectID()
    let token = try #require(session.token?.value)
    let words = String(repeating: "x", count: before) + token
    try proxy.make([
      [
        "match": "GET", "fault": "answer", "status": 400,
        "body": .string(JSONValue.object(["message": .string(words)]).jsonText),
      ]
    ])
    let error = failure { () throws(OpenStackError) in
      try session.request(.get, .containerInfra, "/x")
    }
    let message = try #require(error).message
    #expect(message.contains("x*") && !message.contains("x" + token.prefix(3)), "\(message)")
  }
}
