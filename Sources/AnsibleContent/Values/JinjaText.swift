/// The text of an expression under construction, with the raw pieces that went into it.
struct JinjaText: ExpressibleByStringInterpolation {
  var text: String
  var raw: [RawJinja]

  init(stringLiteral value: String) { self.init(text: value) }

  init(stringInterpolation: StringInterpolation) { self = stringInterpolation.jinja }

  init(text: String, raw: [RawJinja] = []) {
    self.text = text
    self.raw = raw
  }

  /// A list of expressions with a separator.
  init(_ expressions: [Expression], separator: String = ", ") {
    self.init(
      text: expressions.map(\.text).joined(separator: separator), raw: expressions.flatMap(\.raw))
  }

  struct StringInterpolation: StringInterpolationProtocol {
    var jinja = JinjaText(text: "")

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) { jinja.text += literal }

    /// Text that is no expression: the name of a filter, an operator.
    mutating func appendInterpolation(text: String) { jinja.text += text }

    mutating func appendInterpolation(_ part: JinjaText) {
      jinja.text += part.text
      jinja.raw += part.raw
    }

    mutating func appendInterpolation(_ expression: Expression) {
      appendInterpolation(JinjaText([expression]))
    }

    /// The operand of something that binds as tightly as `outer`, in parentheses when it binds less
    /// tightly; with `alike` also when it binds just as tightly.
    mutating func appendInterpolation(
      _ operand: Expression, under outer: Expression.Precedence, alike: Bool = false
    ) {
      let isLoose = operand.precedence < outer || alike && operand.precedence == outer
      appendInterpolation(
        JinjaText(text: isLoose ? "(\(operand.text))" : operand.text, raw: operand.raw))
    }
  }
}

/// A piece of Jinja that stands as text in the Swift sources.
public struct RawJinja: Sendable, Hashable {
  public let text: String
  public let location: SourceLocation
}
