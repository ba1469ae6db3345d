import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Keystone and Magnum behind an HAProxy that ends TLS, with certificates that are good and others.
@Suite(.serialized, .blocking) struct TLSTests {
  private let lab: OpenStackLab
  private let front: TLSFront

  init() throws {
    lab = try OpenStackLab.shared()
    front = try TLSFront(lab)
  }

  private var folder: String { front.folder }

  private func session(
    at name: String, cacert: String? = "ca.pem", _ more: JSONObject = [:]
  ) throws(OpenStackError) -> Session {
    var settings: JSONObject = [
      "cacert": cacert.map { .string("\(folder)/\($0)") } ?? .null
    ]
    settings.merge(more)
    return try lab.session(auth: ["auth_url": .string(front.address(name))], settings)
  }

  private func failure(
    at name: String, cacert: String? = "ca.pem", _ more: JSONObject = [:]
  ) throws -> OpenStackError {
    try #require(
      OpenStackTests.failure { () throws(OpenStackError) in
        try session(at: name, cacert: cacert, more).projectID()
      })
  }

  @Test func theWholeWayIsVerified() throws {
    let session = try session(
      at: "good",
      [
        "container_infra_endpoint_override": .string(front.address("magnum") + "/v1")
      ])
    let answer = try session.request(.get, .containerInfra, "/clusters")
    #expect(answer.status == 200)
    #expect(session.requestCount == 2)
  }

  @Test func aCAThatIsNotNamed() throws {
    let error = try failure(at: "good", cacert: nil)
    #expect(error.kind == .certificate)
    #expect(
      error.message.hasSuffix("name the file of the CA that signed it with cacert"), "\(error)")
    #expect(!error.message.contains("sent"))
  }

  @Test func anotherCA() throws {
    let error = try failure(at: "good", cacert: "other.pem")
    #expect(error.kind == .certificate)
    #expect(
      error.message.hasSuffix("the CA that signed it is not in \(folder)/other.pem (cacert)"),
      "\(error)")
  }

  @Test(arguments: ["missing.pem", "ca.key"])
  func noCAInTheFile(name: String) throws {
    let error = try failure(at: "good", cacert: name)
    #expect(error.kind == .certificate)
    #expect(error.message.contains("\(folder)/\(name)"), "\(error)")
  }

  @Test func anotherName() throws {
    let error = try failure(at: "elsewhere")
    #expect(error.kind == .certificate)
    #expect(error.message.contains("made for other names than 127.0.0.1"), "\(error)")
  }

  @Test func itsTimeIsOver() throws {
    let error = try failure(at: "expired")
    #expect(error.kind == .certificate)
    #expect(
      error.message.contains(
        "expired; renew it, or correct the clock of this host if that is wrong: it says"),
      "\(error)")
  }

  /// So it looks, too, where the clock of this host is behind.
  @Test func itsTimeHasNotCome() throws {
    let error = try failure(at: "early")
    #expect(error.kind == .certificate)
    #expect(
      error.message.contains(
        "not yet valid; wait until it is, or correct the clock of this host if that is wrong: it"
          + " says"),
      "\(error)")
    #expect(
      error.message.contains("\(Calendar.current.component(.year, from: Date()))"), "\(error)")
  }

  /// Keystone's certificate is good, and the service's is not.
  @Test func aServiceIsVerifiedToo() throws {
    let session = try session(
      at: "good",
      ["container_infra_endpoint_override": .string(front.address("magnum-expired") + "/v1")])
    let error = try #require(
      OpenStackTests.failure { () throws(OpenStackError) in
        try session.request(.get, .containerInfra, "/clusters")
      })
    #expect(error.kind == .certificate)
    #expect(
      error.message.contains("GET \(front.address("magnum-expired"))/v1/clusters"), "\(error)")
  }

  @Test func noTLSAtAll() throws {
    let error = try #require(
      OpenStackTests.failure { () throws(OpenStackError) in
        try lab.session(auth: ["auth_url": .string("https://127.0.0.1:\(front.port("plain"))")])
          .projectID()
      })
    #expect(error.kind == .certificate)
    #expect(error.message.contains("look whether it speaks HTTPS at this port"), "\(error)")
  }

  @Test(arguments: ["good", "elsewhere", "expired", "early"])
  func nothingIsVerifiedWhereTheOperatorSaysSo(name: String) throws {
    for settings in [["verify": false], ["insecure": true], ["verify": "no"]] as [JSONObject] {
      #expect(try session(at: name, cacert: nil, settings).projectID() != nil)
    }
  }

  @Test func aCertificateOfTheClient() throws {
    let refused = try failure(at: "asking")
    #expect(refused.kind == .unreachable || refused.kind == .certificate, "\(refused)")
    let session = try session(
      at: "asking",
      ["cert": .string(folder + "/client.crt"), "key": .string(folder + "/client.key")])
    #expect(try session.projectID() != nil)
    let missing = try failure(at: "asking", ["cert": .string(folder + "/nothing.crt")])
    #expect(missing.message.contains("\(folder)/nothing.crt"), "\(missing)")
  }
}
