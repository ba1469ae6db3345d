/// A Jinja expression, without its braces.
///
/// Made from variables with the methods and operators of ``JinjaConvertible``; what they do not
/// cover is ``raw(_:file:line:)``, of which `mcapi check --verbose` lists each use.
public struct Expression: Sendable {
  /// How tightly the outermost operator binds, so that parentheses stand only where Jinja needs
  /// them. The order is that of Jinja's own parser.
  enum Precedence: Int, Sendable, Comparable {
    case conditional, or, and, not, comparison, sum, concatenation, product, filter, postfix

    /// What Jinja takes for the argument of a test when it follows one without parentheses: `in`,
    /// `if`, a second `is`. So a test binds no tighter than a comparison.
    static let test = comparison

    static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }
  }

  /// The expression as Jinja reads it.
  public let text: String
  let precedence: Precedence
  /// The raw pieces in it.
  let raw: [RawJinja]

  init(_ jinja: JinjaText, _ precedence: Precedence) {
    text = jinja.text
    raw = jinja.raw
    self.precedence = precedence
  }

  /// The escape hatch: Jinja as text. Names in it are checked like all others.
  public static func raw(
    _ text: String, file: String = #fileID, line: UInt = #line
  ) -> Expression {
    let piece = RawJinja(text: text, location: SourceLocation(file: file, line: line))
    return Expression(JinjaText(text: text, raw: [piece]), .conditional)
  }

  /// `lookup('NAME', …)`.
  public static func lookup(_ name: String, _ arguments: any JinjaConvertible...) -> Expression {
    let list = ([name] as [any JinjaConvertible] + arguments).map(\.expression)
    return Expression("lookup(\(JinjaText(list)))", .postfix)
  }

  /// `range(count) | list`
  public static func range(_ count: some JinjaConvertible) -> Expression {
    Expression("range(\(count.expression))", .postfix).filter("list")
  }

  /// `dict(keys | zip(values))`
  public static func mapping(
    keys: some JinjaConvertible, values: some JinjaConvertible
  ) -> Expression {
    Expression("dict(\(keys.filter("zip", values)))", .postfix)
  }

  /// `[]`
  public static let emptyList = Expression("[]", .postfix)
  /// `{}`
  public static let emptyMapping = Expression("{}", .postfix)
  /// `omit`: leaves the argument out, Ansible's own placeholder.
  public static let omit = Expression("omit", .postfix)
  /// The element of a loop.
  public static let item = Expression("item", .postfix)

  /// `[a, b]`
  public static func list(_ elements: any JinjaConvertible...) -> Expression {
    Expression("[\(JinjaText(elements.map(\.expression)))]", .postfix)
  }

  /// A string literal that means the same inside braces and in a condition.
  ///
  /// Ansible doubles the backslashes of string literals between `{{` and `}}` before Jinja reads
  /// them, and does not in conditions. So nothing is escaped: a newline stands as it is, the text
  /// decides the quotes, and what one pair of quotes cannot hold is joined with `~`. Jinja reads a
  /// carriage return as a newline.
  static func literal(_ text: String) -> Expression {
    var runs: [String.UnicodeScalarView] = []
    for scalar in text.unicodeScalars {
      if var run = runs.last, canQuote(run, with: scalar) {
        run.append(scalar)
        runs[runs.count - 1] = run
      } else {
        runs.append(String.UnicodeScalarView([scalar]))
      }
    }
    let pieces = runs.map { run -> String in
      // One backslash outside braces and two inside: the first of them is right in both.
      if run.first == "\\" { return #"'\\'[0]"# }
      let quote = run.contains("'") ? "\"" : "'"
      return quote + String(run) + quote
    }
    if pieces.isEmpty { return Expression("''", .postfix) }
    return Expression(
      JinjaText(text: pieces.joined(separator: " ~ ")),
      pieces.count == 1 ? .postfix : .concatenation)
  }

  /// Whether one pair of quotes holds the run and the scalar too.
  private static func canQuote(
    _ run: String.UnicodeScalarView, with scalar: Unicode.Scalar
  ) -> Bool {
    if run.first == "\\" || scalar == "\\" { return false }
    return !(scalar == "'" && run.contains("\"")) && !(scalar == "\"" && run.contains("'"))
  }
}

/// What can stand in a Jinja expression: variables, expressions and Swift's literals.
public protocol JinjaConvertible: Sendable {
  var expression: Expression { get }
}

extension Expression: JinjaConvertible {
  public var expression: Expression { self }
}

extension String: JinjaConvertible {
  /// A string literal of Jinja.
  public var expression: Expression { .literal(self) }
}

extension Int: JinjaConvertible {
  public var expression: Expression { Expression(JinjaText(text: String(self)), .postfix) }
}

extension Bool: JinjaConvertible {
  public var expression: Expression { Expression(self ? "true" : "false", .postfix) }
}

extension Array: JinjaConvertible where Element: JinjaConvertible {
  public var expression: Expression {
    Expression("[\(JinjaText(map(\.expression)))]", .postfix)
  }
}

extension Value: JinjaConvertible {
  /// The value as a literal of Jinja.
  public var expression: Expression {
    switch self {
    case .null: Expression("none", .postfix)
    case .bool(let value): value.expression
    case .int(let value): value.expression
    case .double(let value): Expression(JinjaText(text: String(value)), .postfix)
    case .text(let template): template.asExpression
    case .list(let items): items.expression
    case .condition(let expression): expression
    case .mapping(let fields):
      Expression(
        "{\(JinjaText(fields.map { Expression("\(.literal($0.key)): \($0.value.expression)", .postfix) }))}",
        .postfix)
    }
  }
}
