import AnsibleContent

/// Expressions made at random with the value that Swift gives them, the same ones for the same
/// seed. Each is of the kind that is asked for, so that Jinja can evaluate all of them.
struct RandomExpression {
  struct Made {
    let expression: Expression
    let value: Datum
  }

  private var state: UInt64

  init(seed: UInt64) { state = seed }

  static let variables: [String: Datum] = [
    "yes": .bool(true), "no": .bool(false), "three": .int(3), "less": .int(-2),
    "word": .text("Word"), "path": .text(#"C:\new"#), "empty": .text(""),
    "pair": .list([.text("a"), .text("Word")]), "counts": .list([.int(3), .int(0)]),
  ]

  static let texts = [
    "", "a", "Word", "it's", #"say "so""#, #"both ' and ""#, #"back\slash"#, #"\n"#, #"\"#, #"\\'"#,
    #"\""#, "two\nlines", "\n", "tab\t", "{ }", "%}", "}}", "#}", "naïve 日本", "'\u{301}", " or ",
    "x is y",
  ]

  /// SplitMix64.
  private mutating func number(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(count))
  }

  mutating func any(_ depth: Int) -> Made {
    switch number(4) {
    case 0: bool(depth)
    case 1: int(depth)
    case 2: text(depth)
    default: list(depth)
    }
  }

  mutating func bool(_ depth: Int) -> Made {
    guard depth > 0 else {
      return [Self.variable("yes"), Self.variable("no"), Self.literal(true), Self.literal(false)][
        number(4)]
    }
    let next = depth - 1
    switch number(12) {
    case 0:
      let (a, b) = (bool(next), bool(next))
      return Made(expression: a.expression && b.expression, value: .bool(a.isTrue && b.isTrue))
    case 1:
      let (a, b) = (bool(next), bool(next))
      return Made(expression: a.expression || b.expression, value: .bool(a.isTrue || b.isTrue))
    case 2:
      let a = bool(next)
      return Made(expression: !a.expression, value: .bool(!a.isTrue))
    case 3:
      let (a, b) = number(2) == 0 ? (text(next), text(next)) : (bool(next), bool(next))
      return Made(expression: a.expression == b.expression, value: .bool(a.value == b.value))
    case 4:
      let (a, b) = (int(next), int(next))
      return Made(expression: a.expression != b.expression, value: .bool(a.value != b.value))
    case 5:
      let (a, b) = (int(next), int(next))
      return Made(expression: a.expression > b.expression, value: .bool(a.number > b.number))
    case 6:
      let (a, b) = (text(next), Self.variable("pair"))
      return Made(
        expression: a.expression.in(b.expression), value: .bool(b.items.contains(a.value)))
    case 7:
      let (a, b) = (int(next), Self.variable("counts"))
      return Made(
        expression: a.expression.notIn(b.expression), value: .bool(!b.items.contains(a.value)))
    case 8:
      let a = any(next)
      if case .text = a.value {
        return Made(expression: a.expression.is("string"), value: .bool(true))
      }
      return Made(expression: a.expression.isNot("string"), value: .bool(true))
    case 9:
      let name = ["word", "nowhere"][number(2)]
      return Made(
        expression: Self.reference(name).isDefined, value: .bool(Self.variables[name] != nil))
    case 10: return choice { $0.bool(next) }
    default:
      let a = bool(next)
      return Made(expression: a.expression.bool, value: a.value)
    }
  }

  mutating func int(_ depth: Int) -> Made {
    guard depth > 0 else {
      return [Self.variable("three"), Self.variable("less"), Self.literal(7), Self.literal(-4)][
        number(4)]
    }
    let next = depth - 1
    switch number(7) {
    case 0, 1:
      let (a, b) = (int(next), int(next))
      return Made(expression: a.expression + b.expression, value: .int(a.number + b.number))
    case 2:
      let a = list(next)
      return Made(expression: a.expression.length, value: .int(a.items.count))
    case 3:
      let a = int(next)
      return Made(expression: a.expression.int, value: a.value)
    case 4: return Made(expression: Self.reference("counts")[0], value: .int(3))
    case 5:
      let a = int(next)
      return Made(expression: 3 * a.expression, value: .int(3 * a.number))
    default: return choice { $0.int(next) }
    }
  }

  mutating func text(_ depth: Int) -> Made {
    guard depth > 0 else {
      switch number(4) {
      case 0: return Self.variable("word")
      case 1: return Self.variable("path")
      default:
        let text = Self.texts[number(Self.texts.count)]
        return Made(expression: text.expression, value: .text(text))
      }
    }
    let next = depth - 1
    switch number(7) {
    case 0, 1:
      let a = number(2) == 0 ? text(next) : int(next)
      let b = number(2) == 0 ? text(next) : bool(next)
      return Made(
        expression: a.expression ~ b.expression, value: .text(a.value.joined + b.value.joined))
    case 2:
      let (a, b) = (text(next), text(next))
      return Made(
        expression: a.expression + b.expression, value: .text(a.value.joined + b.value.joined))
    case 3:
      let a = text(next)
      return Made(expression: Self.reference("nowhere").default(a.expression), value: a.value)
    case 4:
      let (a, b, c) = (bool(next), text(next), text(next))
      return Made(
        expression: a.expression.ternary(b.expression, c.expression),
        value: a.isTrue ? b.value : c.value)
    case 5:
      let a = text(next)
      return Made(expression: .raw(a.expression.text), value: a.value)
    default: return choice { $0.text(next) }
    }
  }

  mutating func list(_ depth: Int) -> Made {
    guard depth > 0 else { return Self.variable(["pair", "counts"][number(2)]) }
    let next = depth - 1
    switch number(3) {
    case 0:
      let (a, b) = (any(next), any(next))
      return Made(expression: .list(a.expression, b.expression), value: .list([a.value, b.value]))
    case 1:
      let (a, b) = (list(next), list(next))
      return Made(expression: a.expression + b.expression, value: .list(a.items + b.items))
    default: return choice { $0.list(next) }
    }
  }

  /// `a if b else c`
  private mutating func choice(_ make: (inout RandomExpression) -> Made) -> Made {
    let (condition, yes, no) = (bool(1), make(&self), make(&self))
    return Made(
      expression: condition.expression.then(yes.expression, else: no.expression),
      value: condition.isTrue ? yes.value : no.value)
  }

  private static func reference(_ name: String) -> Expression {
    Variable.registered(name).expression
  }
  private static func variable(_ name: String) -> Made {
    Made(expression: reference(name), value: variables[name]!)
  }
  private static func literal(_ value: Bool) -> Made {
    Made(expression: value.expression, value: .bool(value))
  }
  private static func literal(_ value: Int) -> Made {
    Made(expression: value.expression, value: .int(value))
  }
}

extension RandomExpression.Made {
  fileprivate var isTrue: Bool { value == .bool(true) }
  fileprivate var number: Int { if case .int(let number) = value { number } else { 0 } }
  fileprivate var items: [Datum] { if case .list(let items) = value { items } else { [] } }
}
