/// Text with Jinja expressions in it.
public struct Template: Sendable {
  enum Part: Sendable {
    case literal(String)
    case expression(Expression)
  }

  var parts: [Part]

  /// A template that is one expression and nothing else.
  public init(_ expression: Expression) { parts = [.expression(expression)] }

  /// The template as Ansible reads it.
  public var text: String {
    parts.map {
      switch $0 {
      case .literal(let text): text
      case .expression(let expression): "{{ \(expression.text) }}"
      }
    }.joined()
  }

  /// The text when no expression is in it.
  var literalText: String? {
    var text = ""
    for part in parts {
      guard case .literal(let piece) = part else { return nil }
      text += piece
    }
    return text
  }

  /// Raw pieces in its expressions.
  var raw: [RawJinja] {
    parts.flatMap { part -> [RawJinja] in
      if case .expression(let expression) = part { expression.raw } else { [] }
    }
  }

  /// Whether Jinja stands in its plain text, where neither the compiler nor a reader sees it.
  var hidesJinja: Bool {
    parts.contains {
      if case .literal(let text) = $0 { text.contains("{{") || text.contains("{%") } else { false }
    }
  }

  /// The template as an operand inside another expression: its parts joined with `~`.
  var asExpression: Expression {
    let pieces = parts.map { part -> Expression in
      switch part {
      case .literal(let text): Expression.literal(text)
      case .expression(let expression): expression
      }
    }
    guard let first = pieces.first else { return .literal("") }
    return pieces.dropFirst().reduce(first) { $0 ~ $1 }
  }
}

extension Template: ExpressibleByStringInterpolation {
  public struct StringInterpolation: StringInterpolationProtocol {
    var parts: [Part] = []

    public init(literalCapacity: Int, interpolationCount: Int) {
      parts.reserveCapacity(interpolationCount * 2 + 1)
    }

    public mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.literal(literal)) }
    }

    /// A variable or an expression: becomes `{{ … }}`.
    public mutating func appendInterpolation(_ value: some JinjaConvertible) {
      parts.append(.expression(value.expression))
    }

    /// Text that Swift knows when it generates: becomes part of the literal text.
    public mutating func appendInterpolation(text: String) { appendLiteral(text) }
  }

  public init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

  public init(stringLiteral value: String) { parts = [.literal(value)] }
}

extension Template.StringInterpolation {
  /// A text with or without Jinja in it: becomes part of this one.
  public mutating func appendInterpolation(value: Value) {
    if case .text(let template) = value {
      parts += template.parts
    } else {
      parts.append(.expression(value.expression))
    }
  }
}
