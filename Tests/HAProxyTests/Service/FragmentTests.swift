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
}
