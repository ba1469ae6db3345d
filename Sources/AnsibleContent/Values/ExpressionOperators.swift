// Filters, tests and operators. Each returns a new expression; names are Jinja's and Ansible's.

infix operator ~ : AdditionPrecedence

extension JinjaConvertible {
  /// `self | name(arguments)`
  public func filter(_ name: String, _ arguments: any JinjaConvertible...) -> Expression {
    filter(name, list: arguments.map(\.expression.text))
  }

  /// `self | name(positional, key=value)`
  public func filter(
    _ name: String, _ positional: any JinjaConvertible...,
    named: KeyValuePairs<String, any JinjaConvertible>
  ) -> Expression {
    filter(
      name,
      list: positional.map(\.expression.text)
        + named.map { "\($0.key)=\($0.value.expression.text)" })
  }

  private func filter(_ name: String, list: [String]) -> Expression {
    let arguments = list.isEmpty ? "" : "(\(list.joined(separator: ", ")))"
    return Expression("\(expression.operand(of: .filter)) | \(name)\(arguments)", .filter)
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
    Expression("\(expression.operand(of: .postfix))[\(Expression.literal(key).text)]", .postfix)
  }
  /// `self[expression]`
  public subscript(_ key: some JinjaConvertible) -> Expression {
    Expression("\(expression.operand(of: .postfix))[\(key.expression.text)]", .postfix)
  }

  /// `self is name`
  public func `is`(_ test: String) -> Expression {
    Expression("\(expression.operand(of: .filter)) is \(test)", .test)
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
      "\(yes.expression.operand(of: .sum)) if \(expression.operand(of: .or)) else \(no.expression.text)",
      .conditional)
  }

  fileprivate func binary(
    _ sign: String, _ other: some JinjaConvertible, _ precedence: Expression.Precedence
  ) -> Expression {
    // Comparisons side by side would chain, and sums are taken from the left.
    let isComparison = precedence == .comparison
    let left = expression.operand(of: precedence, alike: isComparison)
    let right = other.expression.operand(of: precedence, alike: isComparison || precedence == .sum)
    return Expression("\(left) \(sign) \(right)", precedence)
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
/// Joins two texts, as Jinja's `~` does.
public func ~ (a: some JinjaConvertible, b: some JinjaConvertible) -> Expression {
  a.binary("~", b, .concatenation)
}
public prefix func ! (a: some JinjaConvertible) -> Expression {
  Expression("not \(a.expression.operand(of: .not))", .not)
}
