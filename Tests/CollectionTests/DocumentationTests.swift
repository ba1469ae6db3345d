import AnsibleContent
import AnsibleModule
import Foundation
import OpenStack
import TestSupport
import Testing

@testable import Collection

@Suite("ansible-doc")
struct DocumentationTests {
  @Test("Shows every option of a module", arguments: Ansible.ends)
  func modules(version: String) async throws {
    struct Module: Decodable {
      struct Doc: Decodable { let options: [String: Option] }
      struct Option: Decodable { let description: [String] }
      let doc: Doc
      let examples: String
    }
    let names = BuildProducts.modules.map { "osa_ops.mcapi_vexxhost.\($0)" }
    let shown: [String: Module] = try await json(version, "module", names)
    #expect(shown.keys.sorted() == names.sorted())
    for module in ModuleDocumentation.all {
      let name = "osa_ops.mcapi_vexxhost.\(module.spec.name)"
      let options = try #require(shown[name]).doc.options
      #expect(
        options.keys.sorted() == module.options.keys.filter { !$0.contains(".") }.sorted(),
        "\(name)")
      #expect(shown[name]?.examples.contains(name) == true)
    }
  }

  @Test("Says of every label what it does")
  func labels() {
    #expect(LabelReference.meanings.keys.sorted() == Label.all.map(\.name))
  }

  @Test("Shows every variable of a role", arguments: Ansible.ends)
  func roles(version: String) async throws {
    struct Role: Decodable {
      struct EntryPoint: Decodable { let options: [String: Option] }
      struct Option: Decodable {
        let type: String
        let description: String
      }
      let entryPoints: [String: EntryPoint]
    }
    let names = McapiCollection.roles.map { "osa_ops.mcapi_vexxhost.\($0.name)" }
    let shown: [String: Role] = try await json(version, "role", names)
    #expect(shown.keys.sorted() == names.sorted())
    for role in McapiCollection.roles {
      let options = try #require(shown["osa_ops.mcapi_vexxhost.\(role.name)"]?.entryPoints["main"])
        .options
      #expect(
        options.mapValues(\.type)
          == Dictionary(
            uniqueKeysWithValues: role.variables.map { ($0.name, $0.type.name) }))
      #expect(
        options.mapValues(\.description)
          == Dictionary(
            uniqueKeysWithValues: role.variables.map { ($0.name, $0.summary) }))
    }
  }

  private func json<Shown: Decodable>(
    _ version: String, _ type: String, _ names: [String]
  ) async throws -> Shown {
    let outcome = try await Ansible(version).run("ansible-doc", ["--json", "--type", type] + names)
    try #require(outcome.status == 0, outcome.all)
    return try JSONDecoder.snakeCase.decode(Shown.self, from: Data(outcome.output.utf8))
  }
}
