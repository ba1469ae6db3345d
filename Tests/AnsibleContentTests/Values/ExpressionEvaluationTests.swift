import AnsibleContent
import TestSupport
import Testing

/// Expressions mean to Ansible what they mean in Swift: parentheses, literals and templates, from
/// the oldest ansible-core to the newest.
@Suite(.blocking) struct ExpressionEvaluationTests {
  @Test(arguments: [AnsiblePython.oldest, .newest])
  func expressionsHaveTheValueThatSwiftGivesThem(ansible: AnsiblePython) throws {
    var random = RandomExpression(seed: 2025)
    let made = (0..<600).map { random.any($0 % 6) } + Self.literals + Self.values
    let cases = made.map {
      AnsiblePython.Case(
        expression: $0.expression.text, template: Template($0.expression).text, expected: $0.value)
    }
    let verdicts = try ansible.verdicts(on: cases, variables: RandomExpression.variables)
    #expect(verdicts.count == cases.count)
    #expect(verdicts.filter { !$0.isEmpty } == [])
  }

  private static let literals = RandomExpression.texts.map {
    RandomExpression.Made(expression: $0.expression, value: .text($0))
  }

  /// Values as literals of Jinja, and templates as operands.
  private static let values: [RandomExpression.Made] = {
    let three = Variable.registered("three")
    let mapping: Value = ["it's": ["deep": [1, 2]]]
    let values: [(Value, Datum)] = [
      (true, .bool(true)), (-3, .int(-3)), ("it's \"so\"", .text("it's \"so\"")), ([], .list([])),
      ([1, ["a\\b", false]], .list([.int(1), .list([.text(#"a\b"#), .bool(false)])])),
      ("\(three)", .int(3)), ("a\(three)b", .text("a3b")), ("\(three)\(three)", .text("33")),
      ("a\(three > 2)", .text("aTrue")), ("", .text("")),
      (.condition(three > 2), .bool(true)),
      (.expression(mapping.expression["it's"]["deep"][1]), .int(2)),
    ]
    return values.map { RandomExpression.Made(expression: $0.expression, value: $1) }
  }()
}
