import Foundation
import TestSupport

/// The Python of an Ansible that `make test` installs, with its Jinja and its templar.
struct AnsiblePython {
  /// The oldest and the newest ansible-core that the collection runs on.
  static let oldest = AnsiblePython(version: "2.15")
  static let newest = AnsiblePython(version: "2.19")

  let version: String

  /// Runs a script that reads JSON from its standard input and prints JSON.
  func run<Answer: Decodable>(_ script: String, with input: some Encodable) throws -> Answer {
    let answer = try Program(
      [ProjectFolder.tool("python", of: "ansible-\(version)"), "-B", "-c", script],
      input: JSONEncoder().encode(input)
    ).succeed()
    return try JSONDecoder().decode(Answer.self, from: Data(answer.output.utf8))
  }
}

extension AnsiblePython {
  /// An expression with the value that it should have.
  struct Case: Encodable {
    let expression: String
    /// The same, in braces as a template has it.
    let template: String
    let expected: Datum
  }

  /// What Ansible makes of each expression, as a template and as a condition: an empty text when it
  /// is the expected value in both, else what went wrong.
  func verdicts(on cases: [Case], variables: [String: Datum]) throws -> [String] {
    struct Input: Encodable {
      let cases: [Case]
      let variables: [String: Datum]
    }
    return try run(Self.templar, with: Input(cases: cases, variables: variables))
  }

  /// Before 2.19, templates give text for what is not a collection, so only the comparison inside
  /// the template counts there.
  private static let templar = #"""
    import json, sys
    from ansible.parsing.dataloader import DataLoader
    from ansible.template import Templar

    try:
        from ansible.template import trust_as_template as trust

        def holds(templar, text, variables):
            return templar.evaluate_conditional(trust(text))

        is_native = True
    except ImportError:
        from ansible.playbook.conditional import Conditional

        def trust(text):
            return text

        def holds(templar, text, variables):
            conditional = Conditional(loader=DataLoader())
            conditional.when = [text]
            return conditional.evaluate_conditional(templar, variables)

        is_native = False

    def same(a, b):
        if isinstance(a, (list, tuple)) and isinstance(b, list):
            return len(a) == len(b) and all(map(same, a, b))
        if isinstance(a, bool) or isinstance(b, bool):
            return a is b
        return a == b

    def verdict(case):
        variables = dict(given["variables"], expected=case["expected"])
        templar = Templar(loader=DataLoader(), variables=variables)
        inside = case["template"].removeprefix("{{ ").removesuffix(" }}")
        compared = templar.template(trust("{{ (%s) == expected }}" % inside))
        if str(compared) != "True":
            return "in braces it is another value: " + case["template"]
        if not holds(templar, "(%s) == expected" % case["expression"], variables):
            return "as a condition it is another value: " + case["expression"]
        if is_native:
            value = templar.template(trust(case["template"]))
            if not same(value, case["expected"]):
                return f"it is {value!r}: " + case["template"]
        return ""

    def guarded(case):
        try:
            return verdict(case)
        except Exception as error:
            return f"{error}: " + case["expression"]

    given = json.load(sys.stdin)
    print(json.dumps([guarded(case) for case in given["cases"]]))
    """#
}
