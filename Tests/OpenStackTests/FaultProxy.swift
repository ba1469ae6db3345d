import Foundation
import JSON
import TestSupport
import Testing

/// fault_proxy.py between a client and the lab's Keystone and Magnum.
struct FaultProxy {
  private let companion: Companion
  /// `http://127.0.0.1:PORT`
  let address: String

  init(_ lab: OpenStackLab) throws {
    companion = try Companion([
      "/usr/bin/python3",
      ProjectFolder.proxy("fault_proxy.py"),
      "v3=\(lab.port)", "v1=\(lab.port + 1)",
    ])
    let port = try #require(Int(companion.readLine()))
    address = "http://127.0.0.1:\(port)"
  }

  /// From now on these faults, each for as many requests as it says (`times`, 1).
  func make(_ rules: [JSONValue]) throws {
    let answer = try companion.ask(JSONValue.object(["rules": .array(rules)]).jsonText)
    try #require(answer == "{}")
  }

  /// A request that has come in.
  struct Entry {
    let method: String
    let path: String
    let fault: String
    /// Of the real answer; nil where the request was not passed on.
    let status: Int?
    /// When, in seconds of a clock that no one sets.
    let time: Double
  }

  func log() throws -> [Entry] {
    let answer = try JSONValue(parsing: try companion.ask("{\"log\": true}"))
    return try #require(answer.array).map {
      Entry(
        method: $0["method"]?.string ?? "", path: $0["path"]?.string ?? "",
        fault: $0["fault"]?.string ?? "", status: $0["status"]?.int,
        time: try #require($0["seconds"]?.double))
    }
  }

  /// Returns when so many requests like this have come in after those of `before`. Throws after a
  /// minute.
  func wait(
    for count: Int = 1, after before: [Entry] = [], where isLike: (Entry) -> Bool
  ) throws {
    try waitUntil("\(count) such requests have come in") {
      try log().dropFirst(before.count).count(where: isLike) >= count
    }
  }
}
