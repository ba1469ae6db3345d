import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Keystone and Magnum behind an HAProxy that ends TLS, as deployments have it, with certificates of
/// a private CA: good ones and others.
@Suite(.serialized) final class TLSTests {
  private let lab: OpenStackLab
  private let folder = NSTemporaryDirectory() + "tls-" + UUID().uuidString
  private let haproxy: Companion
  /// Of the frontends, in the order of their names below.
  private let ports: [String: Int]

  init() throws {
    lab = try OpenStackLab.shared()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = try Program(["/bin/sh", "-euc", certificates], in: URL(filePath: folder)).succeed()
    let names = ["good", "elsewhere", "expired", "magnum", "asking"]
    let first = try OpenStackLab.freePorts(names.count + 1)
    var ports: [String: Int] = ["plain": first + names.count]
    for (place, name) in names.enumerated() { ports[name] = first + place }
    self.ports = ports
    try Data(
      """
      defaults
        mode http
        timeout connect 5s
        timeout client 10s
        timeout server 10s
      backend keystone
        server keystone 127.0.0.1:\(lab.port)
      backend magnum
        server magnum 127.0.0.1:\(lab.port + 1)
      frontend keystone
        bind 127.0.0.1:\(first) ssl crt good.pem
        bind 127.0.0.1:\(first + 1) ssl crt elsewhere.pem
        bind 127.0.0.1:\(first + 2) ssl crt expired.pem
        bind 127.0.0.1:\(first + 4) ssl crt good.pem ca-file ca.pem verify required
        bind 127.0.0.1:\(first + 5)
        default_backend keystone
      frontend magnum
        bind 127.0.0.1:\(first + 3) ssl crt good.pem
        default_backend magnum

      """.utf8
    ).write(to: URL(filePath: folder + "/haproxy.cfg"))
    let program = ["/usr/sbin/haproxy", "-db", "-C", folder, "-f", folder + "/haproxy.cfg"]
    haproxy = try Companion(program)
    _ = try Program([
      "curl", "--silent", "--output", "/dev/null", "--noproxy", "*", "--retry", "30",
      "--retry-connrefused", "--retry-delay", "1", "http://127.0.0.1:\(first + 5)/v3",
    ]).succeed()
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private let certificates = """
    exec 2>/dev/null
    key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out $1.key; }
    for ca in ca other; do
      key $ca
      openssl req -x509 -new -key $ca.key -out $ca.pem -subj /CN=$ca -days 30
    done
    make() { # NAME SAN DAYS
      key $1
      printf 'subjectAltName=%s\\n' $2 >$1.ext
      openssl req -new -key $1.key -out $1.csr -subj /CN=$1
      openssl x509 -req -in $1.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days $3 \\
        -extfile $1.ext -out $1.crt
      cat $1.crt $1.key >$1.pem
    }
    make good IP:127.0.0.1 30
    make elsewhere DNS:elsewhere.example 30
    make expired IP:127.0.0.1 -1
    make client DNS:client.example 30
    """

  private func address(_ name: String) -> String {
    "\(name == "plain" ? "http" : "https")://127.0.0.1:\(ports[name] ?? 0)"
  }

  private func session(
    at name: String, cacert: String? = "ca.pem", _ more: JSONObject = [:]
  ) throws(OpenStackError) -> Session {
    var settings: JSONObject = [
      "cacert": cacert.map { .string("\(folder)/\($0)") } ?? .null
    ]
    settings.merge(more)
    return try lab.session(auth: ["auth_url": .string(address(name))], settings)
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
        "container_infra_endpoint_override": .string(address("magnum") + "/v1")
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
      error.message.contains("expired; renew it; if it is good, the clock of this host is wrong"),
      "\(error)")
  }

  @Test func noTLSAtAll() throws {
    let port = try #require(ports["plain"])
    let error = try #require(
      OpenStackTests.failure { () throws(OpenStackError) in
        try lab.session(auth: ["auth_url": .string("https://127.0.0.1:\(port)")]).projectID()
      })
    #expect(error.kind == .certificate)
    #expect(error.message.contains("look whether it speaks HTTPS at this port"), "\(error)")
  }

  @Test(arguments: ["good", "elsewhere", "expired"])
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
