import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Runs that end half-way: each request of each operation is lost, before it has arrived or after it
/// was carried out, once or as the last that anything comes of. A plain run afterwards ends where an
/// undisturbed one does, with no template twice and none left over.
@Suite(.blocking) struct HalfWayTests {
  private let needs: MagnumNeeds
  private let proxy: FaultProxy
  private let name = "halfway-" + UUID().uuidString.prefix(8).lowercased()
  private let requests: TemplateRequests

  init() throws {
    needs = try MagnumNeeds.shared()
    proxy = try FaultProxy(needs.lab)
    // What makes and looks goes past the proxy.
    requests = TemplateRequests(session: try needs.session())
  }

  enum Operation: String, CaseIterable {
    case create, change, delete
    /// In place of one that clusters refer to.
    case version, replace
    /// Of one that nothing refers to any more.
    case cleanUp
  }

  private struct Tally {
    var runs = 0
    var errors = 0
    var requests = 0
  }

  @Test(arguments: Operation.allCases)
  func theNextRunEndsWhereAnUndisturbedOneDoes(operation: Operation) throws {
    let cluster = name + "-cluster"
    defer { try? removeAll() }
    var old: ClusterTemplate?
    if operation == .version || operation == .replace {
      let made = try requests.create(wanted().body(), known: []).template
      try needs.makeCluster(cluster, template: made.uuid)
      old = made
    }
    defer { if old != nil { try? needs.deleteCluster(cluster) } }

    func prepare() throws {
      for template in try family() where template.uuid != old?.uuid {
        _ = try requests.delete(template)
      }
      if let old, let now = try requests.find(uuid: old.uuid) {
        _ = try requests.change(now, to: wanted(["hidden": false]))
      } else if operation == .change || operation == .delete {
        _ = try requests.create(wanted().body(), known: [])
      } else if operation == .cleanUp {
        _ = try requests.create(wanted(["hidden": true]).body(), known: [])
        var version = try goal().body()
        version["name"] = .string(versionName(name, version))
        _ = try requests.create(version, known: [])
      }
    }

    try prepare()
    let before = try state()
    var sent = try proxy.log().count
    #expect(try run(operation).changed)
    let steps = try proxy.log().count - sent
    let end = try state()
    #expect(end != before)
    #expect(try !run(operation).changed)

    var tally = Tally()
    for step in 0..<steps {
      for fault in ["reset", "done-reset"] {
        for isLast in [false, true] {
          let what = "\(operation) \(step) \(fault) \(isLast)"
          try prepare()
          #expect(try state() == before, "\(what)")
          sent = try proxy.log().count
          try proxy.make(
            [
              ["match": "", "fault": "none", "times": .int(step)],
              ["match": "", "fault": .string(fault)],
            ] + (isLast ? [["match": "", "fault": "reset", "times": 999]] : []))
          let error = failure { () throws(OpenStackError) in try run(operation) }
          tally.requests += try proxy.log().count - sent
          try proxy.make([])
          tally.runs += 1
          if error == nil {
            #expect(try state() == end, "\(what)")
          } else {
            tally.errors += 1
          }
          #expect(isLast || error == nil, "\(what): \(error?.message ?? "")")
          let second = failure { () throws(OpenStackError) in try run(operation) }
          #expect(second == nil, "\(what): \(second?.message ?? "")")
          #expect(try state() == end, "\(what)")
          #expect(try !run(operation).changed, "\(what)")
        }
      }
    }
    print(
      "half-way: \(operation) of \(steps) requests: \(tally.runs) runs with a fault,"
        + " \(tally.errors) of them ended in an error, \(tally.requests) requests")
  }

  // MARK: What is run

  private func wanted(_ more: JSONObject = [:]) throws(OpenStackError) -> WantedTemplate {
    var values = needs.template(name)
    values.merge(more)
    return try WantedTemplate(
      values, mergesLabels: false, rules: LabelRules(driverVersion: nil, allowsUnknown: false))
  }

  private func goal() throws(OpenStackError) -> WantedTemplate {
    try wanted(["docker_volume_size": 7, "tags": "a"])
  }

  /// Through the proxy.
  private func run(_ operation: Operation) throws(OpenStackError) -> TemplateKeeper.Outcome {
    let session = try needs.lab.session(
      auth: ["auth_url": .string(proxy.address)],
      [
        "identity_endpoint_override": .string(proxy.address + "/v3"),
        "container_infra_endpoint_override": .string(proxy.address + "/v1"),
      ], limits: .patient)
    let immutable: TemplateKeeper.Immutable =
      switch operation {
      case .version, .cleanUp: .version
      case .replace: .replace
      default: .fail
      }
    let keeper = try TemplateKeeper(
      session, name: name, uuid: nil, immutable: immutable, isRehearsal: false)
    return operation == .delete ? try keeper.absent() : try keeper.present(goal())
  }

  private func family() throws -> [ClusterTemplate] {
    try requests.own().filter { $0.name.hasPrefix(name) }
  }

  /// All templates there are, without what differs from one to the next of the same kind.
  private func state() throws -> [JSONObject] {
    try family().map {
      var fields = $0.fields
      for name in ["uuid", "created_at", "updated_at"] { fields[name] = nil }
      return fields
    }
  }

  private func removeAll() throws {
    for template in try family() { _ = try requests.delete(template) }
  }
}
