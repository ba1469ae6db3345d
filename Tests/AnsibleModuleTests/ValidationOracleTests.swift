import Foundation
import TestSupport
import Testing

@testable import AnsibleModule

/// Generated specs and parameters through our validation and ansible-core's: the same verdict,
/// values and words.
@Suite(.blocking) struct ValidationOracleTests {
  struct Case {
    let spec: ArgumentSpec
    let parameters: JSONObject
  }

  init() {
    for (name, value) in RandomCases.environment { setenv(name, value.string ?? "", 1) }
  }

  @Test func everyTypeConvertsEveryValueAlike() throws {
    let types: [OptionType] = [
      .str, .bool, .int, .float, .list(), .dict, .path, .raw, .json, .bytes, .bits,
      .list(elements: .int), .list(elements: .dict),
    ]
    try compare(
      types.flatMap { type in
        RandomCases.values.map { value in
          Case(spec: ArgumentSpec([Option("o", type, required: true)]), parameters: ["o": value])
        }
      })
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func randomSpecsAgree(seed: UInt64) throws {
    var cases = RandomCases(random: FixedRandom(seed: seed))
    try compare(
      (0..<1000).map { _ in
        let spec = cases.spec()
        return Case(spec: spec, parameters: cases.parameters(for: spec))
      })
  }

  private func compare(_ cases: [Case]) throws {
    for entry in cases { #expect(entry.spec.faults == []) }
    let answers = try Oracle.ask(
      cases.map { entry in
        [
          "validate": [
            "options": entry.spec.pythonOptions, "rules": .object(entry.spec.pythonRules),
          ],
          "params": .object(entry.parameters), "env": .object(RandomCases.environment),
        ]
      })
    var compared = 0
    for (entry, answer) in zip(cases, answers) {
      let ours = Validation(entry.spec, entry.parameters)
      let about: Comment =
        "\(entry.parameters.json) with \(entry.spec.pythonOptions.jsonText) \(entry.spec.pythonRules.json)"
      if answer["crash"] != nil {
        // Where ansible-core itself ends in a traceback, ours must say what is wrong, or cope.
        continue
      }
      compared += 1
      #expect(
        ours.errors.map { comparable($0.message) } == texts(answer["errors"]).map(comparable), about
      )
      #expect(ours.warnings == texts(answer["warnings"]), about)
      #expect(
        ours.deprecations.map { JSONValue.object($0.object) } == answer["deprecations"]?.array,
        about)
      guard ours.errors.isEmpty else { continue }
      let (mine, theirs) = (ours.parameters, answer["params"]?.object ?? [:])
      #expect(
        finite(withoutAliases(mine, entry.spec)) == .object(withoutAliases(theirs, entry.spec)),
        about)
      #expect(ours.secrets.sorted == texts(answer["secrets"]), about)
    }
    #expect(compared > cases.count * 9 / 10)
  }

  private func texts(_ value: JSONValue?) -> [String] {
    value?.array?.compactMap { $0.string } ?? []
  }

  /// Python lists the words for a boolean in an order that changes from run to run, and of several
  /// unknown names it is chance whose level's options are listed.
  private func comparable(_ message: String) -> String {
    var message = message
    if let range = message.range(of: "Valid booleans include: ") {
      message = String(message[..<range.upperBound])
    }
    if let range = message.range(of: ". Supported parameters include: "),
      message[..<range.lowerBound].contains(", ")
    {
      message = String(message[..<range.upperBound])
    }
    return message
  }

  /// What stands under an alias stays as it was given; in Python it is the very object that stands
  /// under the name, so that it changes along where it is a dictionary.
  private func withoutAliases(_ values: JSONObject, _ spec: ArgumentSpec) -> JSONObject {
    var result = JSONObject()
    for option in spec.options {
      let value = values[option.name]
      guard let options = option.options else {
        result[option.name] = value
        continue
      }
      result[option.name] =
        (value?.object).map { .object(withoutAliases($0, options)) }
        ?? (value?.array).map { elements in
          .array(elements.map { .object(withoutAliases($0.object ?? [:], options)) })
        } ?? value
    }
    return result
  }

  private func finite(_ value: JSONObject) -> JSONValue { finite(.object(value)) }

  private func finite(_ value: JSONValue) -> JSONValue {
    switch value {
    case .double(let number) where !number.isFinite: .string(value.pythonText)
    case .array(let elements): .array(elements.map(finite))
    case .object(let object):
      .object(object.keys.reduce(into: [:]) { $0[$1] = finite(object[$1] ?? .null) })
    default: value
    }
  }
}

extension JSONObject {
  var json: String { JSONValue.object(self).jsonText }
}
