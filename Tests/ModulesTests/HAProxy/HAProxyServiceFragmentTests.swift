import Foundation
import JSON
import TestSupport
import Testing

/// The fragments that were observed of OpenStack-Ansible's role, written by the module as it ships.
@Suite(.blocking) final class HAProxyServiceFragmentTests {
  private let folder = NSTemporaryDirectory() + "fragments-" + UUID().uuidString

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  @Test func everyFragmentIsTheRoles() throws {
    let module = RunModule(name: "haproxy_service")
    let data = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../HAProxyTests/Data/fragments.jsonl")
    let lines = try Data(contentsOf: data).split(separator: 0x0A)
      .map { try JSONValue(parsing: Array($0)) }
    let fragments = folder + "/conf.d"
    for (number, line) in lines.dropFirst().enumerated() {
      try? FileManager.default.removeItem(atPath: folder)
      try FileManager.default.createDirectory(
        atPath: fragments, withIntermediateDirectories: true)
      var service = try #require(line["service"]?.object)
      service["haproxy_map_entries"] = nil
      var variables = try #require(lines[0]["defaults"]?.object)
      variables.merge(line["variables"]?.object ?? [:])
      // What HAProxy thinks of them is another test's question.
      let outcome = try module(
        [
          "service": .object(service), "role_variables": .object(variables),
          "conf_dir": .string(fragments), "config": .string(folder + "/haproxy.cfg"),
          "reload": false, "program": "/bin/true", "lint": "ignore",
        ], in: folder)
      let name = try #require(service["haproxy_service_name"]?.string)
      let written = try? String(contentsOfFile: "\(fragments)/\(name)", encoding: .utf8)
      #expect(written == line["text"]?.string, "case \(number): \(outcome.message)")
    }
    #expect(lines.count > 350)
  }
}
