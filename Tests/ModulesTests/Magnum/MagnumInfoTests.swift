import Foundation
import JSON
import OpenStack
import TestSupport
import Testing

/// The module `magnum_info` with a real Keystone and a real Magnum.
@Suite(.serialized, .blocking) struct MagnumInfoTests {
  private let needs: MagnumNeeds
  private let name = "info-" + UUID().uuidString.prefix(8).lowercased()

  init() throws { needs = try MagnumNeeds.shared() }

  private func run(_ more: JSONObject = [:]) throws -> RunModule.Outcome {
    var arguments: JSONObject = ["auth": .object(needs.auth()), "region_name": "RegionOne"]
    arguments.merge(more)
    let outcome = try RunModule(name: "magnum_info")(arguments, in: NSTemporaryDirectory())
    #expect(!outcome.text.contains(needs.lab.password))
    return outcome
  }

  @Test func whatIsGatheredIsThere() throws {
    let session = try needs.session()
    var fields = needs.template(name)
    fields["https_proxy"] = "http://user:s3cr3t-proxy@proxy:3128"
    let made = try session.request(
      .post, .containerInfra, "/clustertemplates", body: .object(fields))
    let template = try #require(made.body["uuid"]?.string)
    defer {
      _ = try? session.request(.delete, .containerInfra, "/clustertemplates/" + template)
    }
    try needs.makeCluster(name, template: template)
    defer { try? needs.deleteCluster(name) }

    for check in [false, true] {
      let usual = try run(["_ansible_check_mode": .bool(check)])
      #expect(usual.changed == false, "\(usual.message)")
      let templates = try #require(usual.output["cluster_templates"]?.array)
      let clusters = try #require(usual.output["clusters"]?.array)
      #expect(templates.contains { $0["uuid"]?.string == template })
      #expect(clusters.contains { $0["name"]?.string == name })
      #expect(usual.output["services"] == nil && usual.output["stats"] == nil)
      #expect(!usual.text.contains("s3cr3t-proxy"))
    }
    let one = try run(["name": .string(name), "gather": ["clusters"]])
    #expect(one.output["cluster_templates"] == nil)
    let groups = one.output["clusters"]?.array?.first?["node_groups"]?.array
    #expect(groups?.map { $0["status"] } == ["CREATE_COMPLETE", "CREATE_COMPLETE"])
    #expect(groups?.map { $0["status_reason"] } == [.null, .null])
    let rest = try run(["gather": "services,stats"])
    #expect(rest.output["services"]?.array != nil)
    #expect((rest.output["stats"]?["clusters"]?.int ?? 0) >= 1)
  }

  @Test func servicesAreAnAdministrators() throws {
    let demo = try run([
      "auth": .object(needs.auth(user: "demo", project: "demo")), "gather": ["services"],
    ])
    #expect(demo.failed && demo.output["status"] == 403)
    #expect(demo.message.contains("Magnum's services are an administrator's to see"))
    #expect(demo.output["request_id"]?.string?.hasPrefix("req-") == true)
  }

  @Test(
    arguments: [
      (["gather": ["quotas"]], "value of gather must be one or more of"),
      (["region_name": "Nowhere"], "RegionOne"),
    ] as [(JSONObject, String)])
  func whatCannotBeIsTold(arguments: JSONObject, words: String) throws {
    let refused = try run(arguments)
    #expect(refused.failed && refused.message.contains(words), "\(refused.message)")
  }
}
