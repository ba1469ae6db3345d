// Filters, tests and operators. Each returns a new expression; names are Jinja's and Ansible's.

infix operator ~ : AdditionPrecedence

extension JinjaConvertible {
  /// `self | name(arguments)`
  public func filter(_ name: String, _ arguments: any JinjaConvertible...) -> Expression {
    filter(name, list: arguments.map(\.expression))
  }

  /// `self | name(positional, key=value)`
  public func filter(
    _ name: String, _ positional: any JinjaConvertible...,
    named: KeyValuePairs<String, any JinjaConvertible>
  ) -> Expression {
    filter(
      name,
      list: positional.map(\.expression)
        + named.map { Expression("\(text: $0.key)=\($0.value.expression)", .postfix) })
  }

  private func filter(_ name: String, list: [Expression]) -> Expression {
    let arguments: JinjaText = list.isEmpty ? "" : "(\(JinjaText(list)))"
    return Expression("\(expression, under: .filter) | \(text: name)\(arguments)", .filter)
  }

  public func `default`(_ value: any JinjaConvertible) -> Expression { filter("default", value) }
  public var defaultOmit: Expression { filter("default", Expression.omit) }
  public var bool: Expression { filter("bool") }
  public var int: Expression { filter("int") }
  public var length: Expression { filter("length") }
  public var lower: Expression { filter("lower") }
  public var first: Expression { filter("first") }
  public var last: Expression { filter("last") }
  public var dirname: Expression { filter("dirname") }
  public func combine(_ other: any JinjaConvertible) -> Expression { filter("combine", other) }
  public func ternary(_ yes: any JinjaConvertible, _ no: any JinjaConvertible) -> Expression {
    filter("ternary", yes, no)
  }

  /// `self['key']`
  public subscript(_ key: String) -> Expression {
    Expression("\(expression, under: .postfix)[\(.literal(key))]", .postfix)
  }
  /// `self[expression]`
  public subscript(_ key: some JinjaConvertible) -> Expression {
    Expression("\(expression, under: .postfix)[\(key.expression)]", .postfix)
  }

  /// `self is name`
  public func `is`(_ test: String) -> Expression {
    Expression("\(expression, under: .filter) is \(text: test)", .test)
  }
  /// `self is not name`
  public func isNot(_ test: String) -> Expression { `is`("not \(test)") }
  public var isDefined: Expression { `is`("defined") }

  /// `self in other`
  public func `in`(_ other: some JinjaConvertible) -> Expression {
    binary("in", other, .comparison)
  }
  /// `self not in other`
  public func notIn(_ other: some JinjaConvertible) -> Expression {
    binary("not in", other, .comparison)
  }

  /// `yes if self else no`
  public func then(_ yes: any JinjaConvertible, else no: any JinjaConvertible) -> Expression {
    // A test right before `if` would take it for its argument.
    Expression(
      "\(yes.expression, under: .sum) if \(expression, under: .or) else \(no.expression)",
      .conditional)
  }

  fileprivate func binary(
    _ sign: String, _ other: some JinjaConvertible, _ precedence: Expression.Precedence
  ) -> Expression {
    // Comparisons side by side would chain, and sums are taken from the left.
    let isComparison = precedence == .comparison
    let alikeOnTheRight = isComparison || precedence == .sum
    return Expression(
      """
      \(expression, under: precedence, alike: isComparison) \(text: sign) \
      \(other.expression, under: precedence, alike: alikeOnTheRight)
      """, precedence)
  }
}

public func == (a: some JinjaConvertible, b: some JinjaConvertible) -> Expression {
  a.binary("==", b, .comparison)
}
public func != (a: some JinjaConvertible, b: some JinjaConvertible) -> Expression {
  a.binary("!=", b, .comparison)
}
public func > (a: some JinjaConvertible, b: some JinjaConvertible) -> Expression {
  a.binary(">", b, .comparison)
}
public func && (a: some JinjaConvertible, b: some JinjaConvertible) -> Expression {
  a.binary("and", b, .and)
}
public func || (a: some JinjaConvertible, b: some JinjaConvertible) -> Expression {
  a.binary("or", b, .or)
}
public func + (a: some JinjaConvertible, b: some JinjaConvertible) -> Expression {
  a.binary("+", b, .sum)
}
public func * (a: some JinjaConvertible, b: some JinjaConvertible) -> Expression {
  a.binary("*", b, .product)
}
/// Joins two texts, as Jinja's `~` does.
public func ~ (a: some JinjaConvertible, b: some JinjaConvertible) -> Expression {
  a.binary("~", b, .concatenation)
}
public prefix func ! (a: some JinjaConvertible) -> Expression {
  Expression("not \(a.expression, under: .not)", .not)
}
