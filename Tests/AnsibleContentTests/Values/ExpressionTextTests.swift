import AnsibleContent
import Testing

/// How expressions are spelled: as a careful person writes them, with no parentheses too many.
@Suite struct ExpressionTextTests {
  private static let a = Variable.registered("a")
  private static let b = Variable.registered("b")
  private static let c = Variable.registered("c")

  static let spellings: [(Expression, String)] = [
    (a == 1 && b != "x", "a == 1 and b != 'x'"),
    (a || b && c, "a or b and c"),
    ((a || b) && c, "(a or b) and c"),
    (!(a && b), "not (a and b)"),
    (!a.in(["x", "y"]), "not a in ['x', 'y']"),
    ((a == b) == c, "(a == b) == c"),
    (a > (b > c), "a > (b > c)"),
    (a + b + c, "a + b + c"),
    (a + (b + c), "a + (b + c)"),
    (a + b ~ c, "(a + b) ~ c"),
    (a + b.int * 60, "a + b | int * 60"),
    ((a + b) * 60, "(a + b) * 60"),
    ((a * b).int, "(a * b) | int"),
    (a * b ~ c, "a * b ~ c"),
    ((a ~ b).length, "(a ~ b) | length"),
    (a.lower.first["k"], "(a | lower | first)['k']"),
    (a["k"][b], "a['k'][b]"),
    (a.isDefined && b.isNot("none"), "a is defined and b is not none"),
    (a.isDefined.bool, "(a is defined) | bool"),
    (a.isDefined.in([true]), "(a is defined) in [true]"),
    (
      a.isDefined.then(b.isDefined, else: c.isDefined),
      "(b is defined) if a is defined else c is defined"
    ),
    ((!a).then(!b, else: a.then(b, else: c)), "(not b) if not a else b if a else c"),
    (a.then(a, else: b).default(c.then(1, else: 2)), "(a if a else b) | default(1 if c else 2)"),
    (Expression.raw("a or b") && c, "(a or b) and c"),
    (Expression.lookup("env", "HOME", a), "lookup('env', 'HOME', a)"),
    (a.filter("split", "-", named: ["maxsplit": 1]), "a | split('-', maxsplit=1)"),
    (a.defaultOmit, "a | default(omit)"),
    (a == Value.fields([("k", [1, .null])]), "a == {'k': [1, none]}"),
    (a == "it's", #"a == "it's""#),
    (a == #"\"#, #"a == '\\'[0]"#),
    (a == #"'"\"#, #"a == "'" ~ '"' ~ '\\'[0]"#),
  ]

  @Test(arguments: spellings.indices) func isSpelled(index: Int) {
    let (expression, spelling) = Self.spellings[index]
    #expect(expression.text == spelling)
  }
}
