import AnsibleContent
import AnsibleModule
import JSON
import YAML

/// What ansible-doc shows of a module: texts beside the spec that the module validates with.
struct ModuleDocumentation {
  let spec: AnsibleModule.ModuleSpec
  let summary: String
  let paragraphs: [String]
  /// By option name; options inside options as `outer.inner`.
  let options: [String: [String]]
  let notes: [String]
  let examples: String
  let returns: [Return]

  struct Return {
    let name: String
    let type: String
    let returned: String
    let text: String
  }

  static let all = [
    kubeconfig, haproxyBackend, haproxyService, magnumClusterTemplate, magnumCluster, magnumInfo,
  ]

  /// The side-car of each module.
  static func files() throws -> [GeneratedFile] { try all.map { try $0.file() } }

  /// Names of options that have no text, and texts that belong to no option.
  var mismatches: [String] {
    let names = Set(Self.names(spec.arguments, inside: ""))
    return names.symmetricDifference(options.keys).sorted()
  }

  private static func names(_ spec: ArgumentSpec, inside path: String) -> [String] {
    spec.options.flatMap { option in
      [path + option.name]
        + (option.options.map { names($0, inside: path + option.name + ".") } ?? [])
    }
  }

  private func file() throws -> GeneratedFile {
    let path = "plugins/modules/\(spec.name).yml"
    guard mismatches.isEmpty else {
      throw Refusal(
        problems: mismatches.map {
          Problem(
            file: path, place: "option \($0)", "the spec and its documentation disagree",
            "add the option's text to the module's documentation, or remove it there")
        })
    }
    return try .yaml(
      path, comment: license,
      .mapping([
        ("DOCUMENTATION", documentation),
        ("EXAMPLES", .string(examples)),
        (
          "RETURN",
          .mapping(
            returns.map {
              (
                $0.name,
                .mapping([
                  ("description", .string($0.text)), ("returned", .string($0.returned)),
                  ("type", .string($0.type)),
                ])
              )
            })
        ),
      ]))
  }

  private var documentation: Node {
    var pairs: [(String, Node)] = [
      ("module", .string(spec.name)),
      ("short_description", .string(summary)),
      ("version_added", .string("2.0.0")),
      ("author", .sequence(Metadata.galaxy.authors.map(Node.string))),
      ("description", .sequence(paragraphs.map(Node.string))),
      ("options", options(of: spec.arguments, inside: "")),
    ]
    if !notes.isEmpty { pairs.append(("notes", .sequence(notes.map(Node.string)))) }
    return .mapping(pairs)
  }

  private func options(of spec: ArgumentSpec, inside path: String) -> Node {
    .mapping(
      spec.options.map { option in
        var pairs: [(String, Node)] = [
          ("type", .string(option.type.name)),
          ("description", .sequence((self.options[path + option.name] ?? []).map(Node.string))),
        ]
        if let elements = option.type.elements {
          pairs.append(("elements", .string(elements.name)))
        }
        if option.required { pairs.append(("required", .bool(true))) }
        if !option.aliases.isEmpty {
          pairs.append(("aliases", .sequence(option.aliases.map(Node.string))))
        }
        if let choices = option.choices {
          pairs.append(("choices", .sequence(choices.map(\.node))))
        }
        if let value = option.default { pairs.append(("default", value.node)) }
        if let inner = option.options {
          pairs.append(("suboptions", options(of: inner, inside: path + option.name + ".")))
        }
        return (option.name, .mapping(pairs))
      })
  }
}

/// The licence of the compiled modules; ansible-test asks each module for a GPL line, which is true
/// of the plugins that run them.
private let license = """
  Copyright the authors of osa_ops.mcapi_vexxhost.
  The module is licensed under Apache-2.0. The plugins of this collection that import ansible-core
  are licensed under the GNU General Public License v3.0+ (see COPYING or
  https://www.gnu.org/licenses/gpl-3.0.txt).
  """

extension JSONValue {
  /// A default or a choice as YAML.
  fileprivate var node: Node {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .double(let value): .double(value)
    case .string(let text): .string(text)
    case .array(let items): .sequence(items.map(\.node))
    case .object(let object): .mapping(object.keys.map { ($0, (object[$0] ?? .null).node) })
    }
  }
}
