import Foundation
import JSON
import TestSupport
import Testing

/// The proxies of the environment, as the comment of `cposix_http` documents them, and what is said
/// where they fail.
@Suite(.serialized, .blocking) struct ProxyTests {
  private let needs: MagnumNeeds

  init() throws { needs = try MagnumNeeds.shared() }

  /// forward_proxy.py
  private struct ForwardProxy {
    private let companion: Companion
    let port: Int
    var address: String { "http://127.0.0.1:\(port)" }

    /// - Parameter option: the `USER:PASSWORD` that it wants, the status that it refuses all with, or
    ///   `tunnels=` and how many it makes.
    init(_ option: String? = nil) throws {
      companion = try Companion(
        ["/usr/bin/python3", ProjectFolder.proxy("forward_proxy.py")]
          + (option.map { [$0] } ?? []))
      port = try #require(Int(companion.readLine()))
    }

    /// `GET http://...` of the requests since the last call.
    func requests() throws -> [String] {
      let answer = try JSONValue(parsing: try companion.ask(""))
      return try #require(answer.array).map {
        ($0.array ?? []).compactMap { $0.string }.joined(separator: " ")
      }
    }
  }

  /// Looks for a template that is not there: two requests.
  private func run(
    _ environment: [String], _ settings: JSONObject = [:], url: String? = nil
  ) throws -> RunModule.Outcome {
    var arguments: JSONObject = [
      "name": "no-such-template", "state": "absent", "auth": .object(needs.auth(url: url)),
      "region_name": "RegionOne",
    ]
    arguments.merge(settings)
    let clean = ["http_proxy", "https_proxy", "no_proxy", "all_proxy"]
      .flatMap { ["-u", $0, "-u", $0.uppercased()] }
    return try RunModule(name: "magnum_cluster_template")(
      arguments, environment: clean + environment, in: NSTemporaryDirectory())
  }

  @Test(arguments: ["http_proxy", "all_proxy", "ALL_PROXY"])
  func requestsGoThroughTheProxy(variable: String) throws {
    let proxy = try ForwardProxy()
    let outcome = try run(["\(variable)=\(proxy.address)"])
    #expect(outcome.changed == false, "\(outcome.message)")
    #expect(
      try proxy.requests() == [
        "POST \(needs.lab.keystone)/v3/auth/tokens",
        "GET \(needs.lab.magnum)/v1/clustertemplates/no-such-template",
      ])
  }

  /// Its small letters alone: a server of CGI has the other from whoever asks it.
  @Test func capitalsAreNoHTTPProxy() throws {
    let proxy = try ForwardProxy()
    #expect(try run(["HTTP_PROXY=\(proxy.address)"]).changed == false)
    #expect(try proxy.requests().isEmpty)
  }

  @Test(arguments: ["no_proxy=127.0.0.1", "NO_PROXY=localhost,127.0.0.1", "no_proxy=*"])
  func hostsThatAreReachedWithout(exception: String) throws {
    let proxy = try ForwardProxy()
    #expect(try run(["http_proxy=\(proxy.address)", exception]).changed == false)
    #expect(try proxy.requests().isEmpty)
    #expect(
      try run(["http_proxy=\(proxy.address)", "no_proxy=elsewhere.example"]).changed == false)
    #expect(try proxy.requests().count == 2)
  }

  @Test(arguments: ["https_proxy", "HTTPS_PROXY"])
  func aTunnelForTLS(variable: String) throws {
    let proxy = try ForwardProxy()
    let front = try TLSFront(needs.lab)
    let outcome = try run(["\(variable)=\(proxy.address)"], settings(behind: front))
    #expect(outcome.changed == false, "\(outcome.message)")
    #expect(
      try proxy.requests() == [
        "CONNECT 127.0.0.1:\(front.port("good"))", "CONNECT 127.0.0.1:\(front.port("magnum"))",
      ])
  }

  private func settings(behind front: TLSFront) -> JSONObject {
    [
      "ca_cert": .string(front.folder + "/ca.pem"),
      "cloud": [
        "container_infra_endpoint_override": .string(front.address("magnum") + "/v1"),
        "auth": .object(needs.auth(url: front.address("good"))), "region_name": "RegionOne",
      ], "auth": .null,
    ]
  }

  /// What the proxy was asked for a tunnel has left, and nothing for Magnum: it is asked again, and
  /// nothing may have been carried out.
  @Test func aTunnelThatEndsBeforeTLS() throws {
    let proxy = try ForwardProxy("tunnels=2")
    let front = try TLSFront(needs.lab)
    let more: JSONObject = [
      "state": "present", "image": .string(needs.image), "flavor": .string(needs.flavor),
      "external_network": .string(needs.network), "labels": ["kube_tag": "v1.34.2"],
    ]
    let outcome = try run(
      ["https_proxy=\(proxy.address)"], settings(behind: front).merging(more))
    #expect(outcome.failed && outcome.message.contains("POST https://"), "\(outcome.message)")
    #expect(!outcome.message.contains("carried out"), "\(outcome.message)")
    #expect(outcome.message.contains(" times)"), "\(outcome.message)")
    #expect(try proxy.requests().count > 3)
  }

  @Test func aProxyWithAPassword() throws {
    let proxy = try ForwardProxy("user:s3cr3t-proxy")
    let right = try run(["http_proxy=http://user:s3cr3t-proxy@127.0.0.1:\(proxy.port)"])
    #expect(right.changed == false, "\(right.message)")
    #expect(!right.text.contains("s3cr3t-proxy"))
    _ = try proxy.requests()

    let wrong = try run(["http_proxy=http://user:wr0ng-proxy@127.0.0.1:\(proxy.port)"])
    let words = "the proxy wants a user and password, or others (407); set them in http_proxy"
    #expect(wrong.failed && wrong.message.contains(words), "\(wrong.message)")
    #expect(!wrong.text.contains("wr0ng-proxy"))
    let tunnel = try run(
      ["https_proxy=http://user:wr0ng-proxy@127.0.0.1:\(proxy.port)"], url: "https://127.0.0.1:1")
    #expect(tunnel.failed && tunnel.message.contains(words), "\(tunnel.message)")
    #expect(!tunnel.text.contains("wr0ng-proxy"))
    // Asked once each: a user may be locked out after a few.
    #expect(try proxy.requests().count == 2)
  }

  /// Squid passes CONNECT on to few ports unless told otherwise: asked once. 5xx may pass.
  @Test(arguments: [(403, 1), (503, 2)]) func aProxyThatPassesNothingOn(
    status: Int, times: Int
  ) throws {
    let proxy = try ForwardProxy("\(status)")
    let outcome = try run(["https_proxy=\(proxy.address)"], url: "https://127.0.0.1:1")
    #expect(
      outcome.message.contains(" names does not pass this on (\(status)); look at its rules"),
      "\(outcome.message)")
    let requests = try proxy.requests()
    #expect(times == 1 ? requests.count == 1 : requests.count > 1)
  }

  /// The password is in no message either where the proxy cannot be asked.
  @Test(
    arguments: [
      ("http://user:s3cr3t-proxy@proxy.invalid:3128", "host name of the proxy is not known here"),
      ("http://user:s3cr3t-proxy@127.0.0.1:1", "nobody accepts a connection"),
      ("ftp://user:s3cr3t-proxy@127.0.0.1:1", "for 'ftp://user:********@127.0.0.1:1'"),
      (
        "http://user:s3cr3t/proxy@127.0.0.1:1", "host name of the proxy is not known here; look at"
      ),
    ])
  func aProxyThatCannotBeAsked(address: String, words: String) throws {
    let outcome = try run(["http_proxy=\(address)"])
    #expect(outcome.failed && outcome.message.contains(words), "\(outcome.message)")
    #expect(!outcome.text.contains("s3cr3t"), "\(outcome.text)")
  }
}
