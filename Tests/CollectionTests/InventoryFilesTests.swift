import Foundation
import Testing

/// What OpenStack-Ansible's dynamic inventory makes of these files was tried with its code of every
/// series. It loads its own env.d first and lays ours over it: mappings merge, lists are replaced. Up
/// to 2025.2 it compares names letter by letter, and where conf.d and env.d spell the group of hosts
/// differently the containers have no group, without a word.
@Suite("env.d and conf.d")
struct InventoryFilesTests {
  private struct Environment: Decodable {
    struct Groups: Decodable, Equatable {
      var belongsTo: [String]
      var contains: [String]?
    }
    let componentSkel: [String: Groups]
    let containerSkel: [String: Groups]
    let physicalSkel: [String: Groups]
  }
  private typealias Hosts = [String: [String: [String: String]]]

  private func environment() async throws -> Environment {
    try await PyYAML.decode(Checkout.configuration.appending(path: "env.d/k8s.yml"))
  }
  private func hosts(_ name: String) async throws -> Hosts {
    try await PyYAML.decode(Checkout.configuration.appending(path: "conf.d/\(name)"))
  }

  @Test("The component k8s_capi lives in k8s_container, and both are found in k8s_all")
  func groups() async throws {
    let environment = try await environment()
    #expect(environment.componentSkel == ["k8s_capi": .init(belongsTo: ["k8s_all"])])
    #expect(environment.containerSkel.keys.sorted() == ["k8s_container"])
    #expect(environment.containerSkel["k8s_container"]?.contains == ["k8s_capi"])
  }

  @Test("Hosts are found under both spellings of their group, the old and that of 2026.1")
  func spellings() async throws {
    let environment = try await environment()
    let containers = ["cluster-api_containers", "cluster_api_containers"]
    let hosts = ["cluster-api_hosts", "cluster_api_hosts"]
    #expect(environment.containerSkel["k8s_container"]?.belongsTo == containers)
    #expect(environment.physicalSkel.keys.sorted() == (containers + hosts).sorted())
    for group in containers {
      #expect(environment.physicalSkel[group]?.belongsTo == ["all_containers"])
    }
    for group in hosts { #expect(environment.physicalSkel[group]?.belongsTo == ["hosts"]) }
  }

  @Test(
    "conf.d names groups of hosts that env.d knows", arguments: ["k8s.yml", "k8s.yml.three-hosts"])
  func confd(name: String) async throws {
    let known = try await environment().physicalSkel.keys
    for group in try await hosts(name).keys { #expect(known.contains(group), "\(group)") }
  }

  @Test(
    "The shipped hosts are an all-in-one's, and the example has three, each with an address of its own"
  )
  func hosts() async throws {
    #expect(try await hosts("k8s.yml") == ["cluster-api_hosts": ["aio1": ["ip": "172.29.236.100"]]])
    let three = try await hosts("k8s.yml.three-hosts")
    #expect(three.keys.sorted() == ["cluster-api_hosts"])
    #expect(three["cluster-api_hosts"]?.keys.sorted() == ["infra1", "infra2", "infra3"])
    #expect(Set(three["cluster-api_hosts"]?.values.compactMap { $0["ip"] } ?? []).count == 3)
  }

  @Test("The inventory reads the all-in-one alone: the example's name does not end in .yml")
  func example() throws {
    let files = try Checkout.files(below: Checkout.configuration.appending(path: "conf.d"))
    #expect(files.filter { $0.hasSuffix(".yml") } == ["k8s.yml"])
  }
}
