import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Made-up configurations mean to this library what they mean to openstacksdk; `Cloud` lists where
/// they do not on purpose. The seeds are fixed.
@Suite(.blocking) final class SDKOracleTests {
  private let folder = NSTemporaryDirectory() + "clouds-" + UUID().uuidString

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private struct Tally {
    var equal = 0
    var refusedByBoth = 0
    var incomplete = 0
  }

  @Test func madeUpCloudsAreThoseOfOpenstacksdk() throws {
    var random = RandomCloud(seed: 6)
    var cases: [(RandomCloud.Case, String)] = []
    var asked: [JSONValue] = []
    for number in 0..<800 {
      let made = random.next()
      let place = "\(folder)/\(number)"
      try write(made, to: place)
      cases.append((made, place))
      var environment = JSONObject()
      for (name, value) in surroundings(made, place).variables {
        environment[name] = .string(value)
      }
      asked.append([
        "cwd": .string(place + "/cwd"), "home": .string(place + "/home"),
        "system": .string(place + "/system"), "environment": .object(environment),
        "cloud": made.cloud.map { .string($0) } ?? .null, "arguments": .object(made.arguments),
      ])
    }
    let oracle = ProjectFolder.root.appending(path: "Tests/OpenStackTests/sdk_oracle.py").path
    let outcome = try Program(
      [OpenStackLab.environment.appending(path: "bin/python").path, oracle],
      input: Data(JSONValue.array(asked).jsonBytes)
    ).succeed()
    let answers = try #require(try JSONValue(parsing: outcome.output).array)
    try #require(answers.count == cases.count)
    var tally = Tally()
    for (place, (made, folder)) in cases.enumerated() {
      compare(made, folder, answers[place], &tally)
    }
    // Most of them must be of use, or the test says nothing.
    #expect(tally.equal > 300, "\(tally)")
    #expect(tally.refusedByBoth > 30, "\(tally)")
    print("clouds like openstacksdk's: \(tally)")
  }

  private func compare(
    _ made: RandomCloud.Case, _ place: String, _ expected: JSONValue, _ tally: inout Tally
  ) {
    let description = "\(made)\n\(expected.jsonText)"
    let cloud: Cloud
    do throws(OpenStackError) {
      cloud = try Cloud(
        CloudRequest(cloud: made.cloud, settings: made.arguments), in: surroundings(made, place))
    } catch {
      if let refusal = expected["error"]?.string {
        let reason = error.kind == .unknownCloud ? "was not found" : "is not a valid region name"
        #expect(refusal.contains(reason), "\(error.message)\n\(description)")
        tally.refusedByBoth += 1
      } else if let gap = Self.gap(
        in: expected["auth"]?.object ?? JSONObject(), expected["type"]?.string ?? "")
      {
        // openstacksdk finds out when it asks Keystone, if it does.
        #expect(error.message.contains(gap), "\(error.message)\n\(gap)\n\(description)")
        tally.incomplete += 1
      } else {
        Issue.record("\(error.message)\n\(description)")
      }
      return
    }
    #expect(
      Self.gap(in: auth(cloud), expected["type"]?.string ?? "") == nil, "\(description)")
    if let error = expected["error"] {
      Issue.record("openstacksdk refuses this: \(error)\n\(description)")
      return
    }
    tally.equal += 1
    let interfaces = (expected["interface"]?.array ?? []).map {
      let name = $0.string ?? ""
      return name.hasSuffix("URL") ? String(name.dropLast(3)) : name
    }
    let verify = expected["verify"]
    // What openstacksdk calls the cloud of which only the caller speaks.
    let name = expected["name"] == "defaults" ? "" : expected["name"]?.string
    #expect(cloud.name == name, "\(description)")
    #expect(auth(cloud) == expected["auth"]?.object, "\(description)")
    #expect(
      cloud.region(for: .containerInfra) ?? "" == expected["region"]?.string, "\(description)")
    #expect(cloud.interfaces(for: .containerInfra) == interfaces, "\(description)")
    // The caller's own word, against `insecure` of a file, is one of the differences.
    if made.arguments["verify"] == .bool(true) && verify == .bool(false) {
      #expect(cloud.trust.verifies, "\(description)")
    } else {
      #expect(cloud.trust.verifies == (verify != .bool(false)), "\(description)")
      #expect(cloud.trust.authorities == verify?.string, "\(description)")
    }
    let certificate = expected["certificate"]
    #expect(
      cloud.trust.certificate == certificate?.string ?? certificate?.array?[0].string,
      "\(description)")
    #expect(cloud.trust.key == certificate?.array?[1].string, "\(description)")
    #expect(cloud.address(of: .containerInfra)?.text == expected["endpoint"]?.string)
    #expect(cloud.version(of: .containerInfra) == expected["version"]?.string, "\(description)")
    let seconds = expected["timeout"]?.int ?? expected["timeout"]?.string.flatMap { Int($0) }
    #expect(cloud.timeout == seconds.map { $0 * 1000 }, "\(description)")
  }

  private func auth(_ cloud: Cloud) -> JSONObject {
    var auth = JSONObject()
    for setting in cloud.credentials.settings.all { auth[setting.key] = setting.value }
    return auth
  }

  /// Words about what is missing in credentials, or too much; nil where they can be sent.
  private static func gap(in auth: JSONObject, _ type: String) -> String? {
    func has(_ keys: String...) -> Bool { keys.contains { auth[$0] != nil } }
    let hasUserDomain = has(
      "user_domain_id", "user_domain_name", "default_domain_id", "default_domain_name")
    func user() -> String? {
      if has("user_id") || has("username") && hasUserDomain { return nil }
      return has("username") ? "user_domain_name (or" : "username is missing"
    }
    if !has("auth_url") { return "auth_url is missing" }
    let secret = ["password": "password", "token": "token"][type.replacing("v3", with: "")]
    let needed = secret ?? "application_credential_secret"
    if !has(needed) { return needed + " is missing" }
    let names = has("application_credential_id", "application_credential_name")
    if secret == nil && !names { return "application_credential_id is missing" }
    if secret == "password" || secret == nil && !has("application_credential_id"),
      let gap = user()
    {
      return gap
    }
    let scopes = [
      has("domain_id", "domain_name"), has("project_id", "project_name"), has("trust_id"),
      has("system_scope"),
    ].filter { $0 }.count
    if secret == nil && scopes > 0 { return "an application credential is for" }
    if scopes > 1 { return "a token is for one" }
    let hasDomain = has(
      "project_domain_id", "project_domain_name", "default_domain_id", "default_domain_name")
    return has("project_id") || !has("project_name") || hasDomain ? nil : "project_domain_name (or"
  }

  private func write(_ made: RandomCloud.Case, to place: String) throws {
    for name in ["cwd", "home"] {
      try FileManager.default.createDirectory(
        atPath: "\(place)/\(name)", withIntermediateDirectories: true)
    }
    for (path, text) in made.files {
      let url = URL(filePath: "\(place)/\(path)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
  }

  private func surroundings(_ made: RandomCloud.Case, _ place: String) -> Surroundings {
    var surroundings = Surroundings(
      variables: made.environment.map { ($0.name, $0.value.replacing("@/", with: place + "/")) },
      folder: place + "/cwd", home: place + "/home")
    surroundings.systemFolder = place + "/system"
    return surroundings
  }
}
