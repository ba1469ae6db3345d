import Foundation
import HAProxy
import JSON
import Testing

/// The text against what the haproxy_server role wrote for the same dictionaries.
@Suite struct FragmentTests {
  struct Observed {
    let service: JSONObject
    let variables: JSONObject
    /// By series; nil where the role fails.
    let texts: [String: String?]
  }

  /// The first line says how they were observed.
  static func observed() throws -> [Observed] {
    let file = try #require(
      Bundle.module.url(forResource: "fragments", withExtension: "jsonl", subdirectory: "Data"))
    let lines = try Data(contentsOf: file).split(separator: 0x0A)
      .map { try JSONValue(parsing: Array($0)) }
    let defaults = try #require(lines[0]["defaults"]?.object)
    return try lines.dropFirst().map { line in
      var variables = defaults
      variables.merge(line["variables"]?.object ?? [:])
      let text = try #require(line["text"]?.string)
      var texts: [String: String?] = [:]
      for series in Series.names { texts[series] = .some(text) }
      for (series, text) in line["older"]?.object ?? [:] { texts[series] = .some(text.string) }
      return Observed(
        service: try #require(line["service"]?.object), variables: variables, texts: texts)
    }
  }

  @Test func everyFragmentIsTheRoles() throws {
    var equal = 0
    for (number, observed) in try Self.observed().enumerated() {
      let variables = try RoleVariables(observed.variables, hostName: "other")
      for name in Series.names {
        let series = try #require(Series(named: name))
        guard let text = observed.texts[name] ?? nil else {
          #expect(throws: ServiceError.self, "case \(number), \(name)") {
            try Service(observed.service, variables, series: series)
          }
          continue
        }
        let service = try Service(observed.service, variables, series: series)
        #expect(service.fragment == text, "case \(number), \(name): \(observed.service)")
        equal += 1
      }
    }
    #expect(equal > 1700)
    print("fragments equal to the role's: \(equal)")
  }

  /// What Debian's HAProxy says of each: nothing that a text could be to blame for, and no word of
  /// ignoring anything where the service has no finding.
  @Test func haproxyTakesThemAll() throws {
    var accepted = 0
    for (number, observed) in try Self.observed().enumerated() {
      let variables = try RoleVariables(observed.variables, hostName: "other")
      let service = try Service(observed.service, variables, series: .since2025)
      let (status, text) = try HAProxyCheck.run(service.fragment)
      let lines = text.split(separator: "\n")
      for line in lines where line.hasPrefix("[ALERT]") {
        #expect(
          Self.lacking.contains { line.contains($0) }, "case \(number): \(line)")
      }
      if status != 0 { continue }
      accepted += 1
      // Lines for all frontends come from the role's variables, not from the service.
      if observed.variables["haproxy_frontend_extra_raw"] != nil { continue }
      for line in lines where line.contains(" ignored ") || line.contains("are ignored") {
        if line.contains("log format ignored") { continue }
        #expect(!service.findings(isInternal: false).isEmpty, "case \(number): \(line)")
      }
    }
    #expect(accepted > 100)
    print("fragments that HAProxy takes as they are: \(accepted)")
  }

  /// What cases lack that were made for their text: certificates, other backends, hosts, and for
  /// checks and tables made of random lines some sense.
  private static let lacking = [
    "unable to stat SSL certificate", "could not resolve address", "invalid address",
    "Failed to initialize server", "unable to find required default_backend",
    "unable to find required use_backend", "verify is enabled by default",
    "unable to find stick-table", "map(/etc/haproxy/", "stick-table name", "Couldn't open",
    "unable to load /", "another server named", "first step MUST", "missing connect rule",
    "missing send rule", "missing expect rule", "rror(s) found in", "atal errors found in",
  ]
}
