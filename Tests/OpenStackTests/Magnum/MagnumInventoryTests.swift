import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Telling what a real Magnum has.
@Suite(.serialized, .blocking) struct MagnumInventoryTests {
  private let needs: MagnumNeeds
  private let database: MagnumDatabase
  private let name = "inventory-" + UUID().uuidString.prefix(8).lowercased()

  init() throws {
    needs = try MagnumNeeds.shared()
    database = MagnumDatabase(needs.lab)
  }

  /// With a template, and a cluster of it, whose UUIDs the body is given.
  private func withCluster(_ body: (String, String) throws -> Void) throws {
    let session = try needs.session()
    var fields = needs.template(name)
    fields["http_proxy"] = "http://user:s3cr3t-proxy@proxy:3128"
    let answer = try session.request(
      .post, .containerInfra, "/clustertemplates", body: .object(fields))
    let template = try #require(answer.body["uuid"]?.string)
    defer {
      _ = try? session.request(.delete, .containerInfra, "/clustertemplates/" + template)
    }
    try needs.makeCluster(name, template: template)
    defer { try? needs.deleteCluster(name) }
    let cluster = try session.request(.get, .containerInfra, "/clusters/" + name)
    try body(template, try #require(cluster.body["uuid"]?.string))
  }

  @Test func templatesAndClusters() throws {
    try withCluster { template, cluster in
      let all = MagnumInventory(try needs.session(), name: nil)
      #expect(try all.templates().contains { $0["uuid"]?.string == template })
      #expect(try all.clusters().contains { $0["uuid"]?.string == cluster })
      for ident in [name, template, cluster] {
        let named = MagnumInventory(try needs.session(), name: ident)
        let templates = try named.templates()
        #expect(templates.count == (ident == cluster ? 0 : 1))
        #expect(try named.clusters().count == (ident == template ? 0 : 1))
        if let found = templates.first {
          #expect(found["http_proxy"] == "http://user:********@proxy:3128")
          #expect(found["links"] == nil)
        }
      }
      let none = MagnumInventory(try needs.session(), name: name + "-none")
      #expect(try none.templates().isEmpty && none.clusters().isEmpty)
    }
  }

  @Test func nodeGroupsHaveTheirReasons() throws {
    try withCluster { _, cluster in
      let inventory = MagnumInventory(try needs.session(), name: name)
      let complete = try #require(try inventory.clusters().first?["node_groups"]?.array)
      #expect(complete.map { $0["name"]?.string } == ["default-master", "default-worker"])
      #expect(complete.allSatisfy { $0["status"] == "CREATE_COMPLETE" })
      #expect(complete.allSatisfy { $0["status_reason"] == .null && $0["links"] == nil })
      try database.set(cluster, "UPDATE_FAILED", reason: "quota", groupReason: "no valid host")
      let failed = try #require(try inventory.clusters().first)
      #expect(failed["status_reason"] == "quota")
      #expect(
        failed["node_groups"]?.array?.map { $0["status_reason"] } == [
          "no valid host", "no valid host",
        ])
    }
  }

  @Test func statsAndServices() throws {
    let admin = MagnumInventory(try needs.session(), name: nil)
    #expect(try admin.stats()["clusters"]?.int != nil)
    // No magnum-conductor runs in the lab that would write its heartbeat.
    #expect(try admin.services().isEmpty)
    let demo = MagnumInventory(
      try needs.session(user: "demo", project: "demo"), name: nil)
    #expect(try demo.stats()["nodes"] == 0)
    let error = try #require(failure { () throws(OpenStackError) in try demo.services() })
    #expect(error.status == 403 && error.kind == .forbidden)
    #expect(error.message.contains("gather without services, or enter as an administrator"))
    #expect(error.requestID.hasPrefix("req-"))
  }
}
