import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Many requests through faults that come as they like, with a fixed seed: nothing is made twice, and
/// whatever is said of a request is true of Keystone afterwards.
@Suite(.serialized, .blocking) struct RandomFaultTests {
  private let lab: OpenStackLab
  private let proxy: FaultProxy

  init() throws {
    lab = try OpenStackLab.shared()
    proxy = try FaultProxy(lab)
  }

  private static let faults: [JSONObject] = [
    ["fault": "none"], ["fault": "none"], ["fault": "close"], ["fault": "reset"],
    ["fault": "done-close"], ["fault": "done-reset"], ["fault": "cut"], ["fault": "garbage"],
    ["fault": "answer", "status": 500], ["fault": "done-answer", "status": 502],
    ["fault": "answer", "status": 503, "headers": ["Retry-After": "0"]],
    ["fault": "answer", "status": 429, "headers": ["Retry-After": "0"]],
    ["fault": "answer", "status": 401], ["fault": "answer", "status": 409],
    ["fault": "answer", "status": 403, "body": "{\"error\": {\"message\": \"no\"}}"],
    ["fault": "answer", "status": 200, "body": "<html>"],
  ]

  @Test func whatIsSaidIsTrue() throws {
    // What looks at the truth goes past the proxy.
    let truth = try lab.session()
    let settings: JSONObject = ["identity_endpoint_override": .string(proxy.address + "/v3")]
    var state: UInt64 = 0x2545_F491_4F6C_DD1D
    func below(_ count: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state >> 33) % count
    }
    var outcomes: [String: Int] = [:]
    for number in 0..<120 {
      let session = try lab.session(settings)
      let id = "random-\(UUID().uuidString)"
      func exists() throws -> Bool {
        try truth.request(.get, .identity, "/regions/\(id)", allowed: [404]).status == 200
      }
      let body: JSONValue = ["region": ["id": .string(id), "description": "of a test"]]
      let method = [Method.get, .post, .delete, .patch][below(4)]
      if method != .post { _ = try truth.request(.post, .identity, "/regions", body: body) }
      var fault = Self.faults[below(Self.faults.count)]
      fault["match"] = .string(method.name + " /v3/regions")
      fault["times"] = .int(1 + below(4))
      try proxy.make([.object(fault)])
      let before = try proxy.log().count
      var response: Response?
      let error = failure { () throws(OpenStackError) in
        switch method {
        case .get: response = try session.request(.get, .identity, "/regions/\(id)")
        case .post: response = try session.request(.post, .identity, "/regions", body: body)
        case .delete:
          response = try session.request(.delete, .identity, "/regions/\(id)", allowed: [404])
        default:
          response = try session.request(
            .patch, .identity, "/regions/\(id)", body: ["region": ["description": "changed"]])
        }
      }
      let log = try proxy.log().dropFirst(before).filter { $0.path.hasPrefix("/v3/regions") }
      let description = "\(number): \(method) \(fault) \(log) \(error?.message ?? "")"
      let arrived = log.filter { $0.status != nil }.count
      let isThere = try exists()
      if let error {
        outcomes["\(method.name) \(error.kind)", default: 0] += 1
        switch (method, error.kind) {
        case (.post, .mayHaveSucceeded), (.patch, .mayHaveSucceeded), (.delete, _), (.get, _): break
        case (.post, _): #expect(!isThere, "\(description)")
        default: #expect(arrived == 0, "\(description)")
        }
        if error.kind == .mayHaveSucceeded { #expect(!method.mayBeRepeated) }
      } else {
        outcomes["\(method.name) done", default: 0] += 1
        #expect(isThere == (method != .delete), "\(description)")
        // A 404 is the caller's own doing only if the request was sent before.
        if method == .delete && response?.status == 404 {
          #expect((response?.attempts ?? 0) > 1, "\(description)")
        }
      }
      if !method.mayBeRepeated { #expect(arrived <= 1, "\(description)") }
      if isThere { _ = try truth.request(.delete, .identity, "/regions/\(id)") }
    }
    let all = try proxy.log()
    var made: [String: Int] = [:]
    for entry in all { made[entry.fault, default: 0] += 1 }
    #expect(made.count == Set(Self.faults.map { $0["fault"]?.string }).count)
    #expect(outcomes.count > 15)
    print("faults: \(made.sorted { $0.key < $1.key })")
    print("outcomes: \(outcomes.sorted { $0.key < $1.key })")
  }
}
