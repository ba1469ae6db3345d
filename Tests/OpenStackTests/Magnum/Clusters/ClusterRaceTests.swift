import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Runs at the same time, and what is told of them.
extension ClusterKeeperTests {
  // MARK: At the same time

  /// All have looked before the first has made it: the younger ones go.
  @Test func severalAtOnceEndWithOne() throws {
    defer { try? removeAll() }
    let wanted = try wanted()
    let uuids = try concurrently(3) { [self] _ in
      try #require(
        try keeper(needs.session()).present(wanted, upgrades: false, batch: nil)
          .cluster["uuid"]?.string)
    }
    #expect(Set(uuids).count == 1)
    try wait { try clusters().count == 1 }
    #expect(try !present().changed)
  }

  /// Between the look and the making of ours: the look found nothing, and the other was first.
  ///
  /// - Parameter late: whether the first list after that does not show it yet, as with a database of
  ///   several nodes.
  @Test(arguments: [false, true])
  func oneMadeBySomebodyElseAfterTheLook(late: Bool) throws {
    defer { try? removeAll() }
    try present(["node_count": 2])
    let theirs = try only().uuid
    var rules: [JSONValue] = [
      ["match": .string("GET /v1/clusters/" + name), "fault": "answer", "status": 404]
    ]
    if late {
      rules.append([
        "match": "GET /v1/clusters/detail", "fault": "answer", "status": 200,
        "body": "{\"clusters\": []}",
      ])
    }
    let before = try writes().count
    try proxy.make(rules)
    let outcome = try present(["node_count": 1])
    let writes = try writes().dropFirst(before)
    #expect(methods(Array(writes)) == ["POST", "DELETE", "POST"])
    let ours = try #require(writes.dropFirst().first?.path.split(separator: "/").last)
    #expect(ours != theirs)
    // Theirs has been changed, and nothing is left of ours.
    #expect(outcome.changed)
    #expect(outcome.cluster["uuid"]?.string == theirs)
    #expect(outcome.before == ["node_count": 2] && outcome.after == ["node_count": 1])
    #expect(
      outcome.remarks == [
        "cluster \(name) \(ours) is made",
        "cluster \(name) \(ours) is deleted, since \(theirs) was made at the same time",
        "node_count 2 becomes 1",
      ])
    try wait { try clusters().count == 1 }
    #expect(try only().uuid == theirs)
  }

  @Test func whatWasDoneStandsBesideAFailure() throws {
    defer { try? removeAll() }
    try present()
    let theirs = try only().uuid
    try proxy.make([
      ["match": .string("GET /v1/clusters/" + name), "fault": "answer", "status": 404]
    ])
    let keeper = try keeper()
    let error = try refusal(["floating_ip_enabled": false], keeper)
    #expect(error.message.contains("floating_ip_enabled is true and not false"), "\(error.message)")
    let remarks = keeper.outcome.remarks
    #expect(remarks.count == 2 && remarks[0].hasSuffix(" is made"))
    #expect(remarks.last?.hasSuffix("since \(theirs) was made at the same time") == true)
    #expect(keeper.outcome.changed)
  }

  @Test func aRehearsalSaysThatItWouldBeMade() throws {
    #expect(
      try present([:], keeper(isRehearsal: true)).remarks == ["cluster \(name) is made"])
    #expect(try clusters().isEmpty)
  }
}
