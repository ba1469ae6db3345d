/// A value as it stands in a playbook or a variable file: data, or text with Jinja in it.
///
/// Literals make values, and interpolation makes templates: `"/var/lib/\(user)"` is written as
/// `/var/lib/{{ name_of_user }}`, and `"\(user)"` alone keeps the type of what `user` holds.
public indirect enum Value: Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case text(Template)
  case list([Value])
  case mapping([Field])
  /// An expression without braces, as `that` of `ansible.builtin.assert` takes it.
  case condition(Expression)

  /// One entry of a mapping. Order is kept.
  public struct Field: Sendable {
    public var key: String
    public var value: Value
    /// Written above the entry.
    public var comment: String?

    public init(_ key: String, _ value: Value, comment: String? = nil) {
      self.key = key
      self.value = value
      self.comment = comment
    }
  }

  /// A mapping that is put together from computed parts.
  public static func fields(_ fields: [(String, Value)]) -> Value {
    .mapping(fields.map { Field($0.0, $0.1) })
  }

  /// An expression as the whole value: it keeps the type that the expression has.
  public static func expression(_ expression: some JinjaConvertible) -> Value {
    .text(Template(expression.expression))
  }
}

extension Value: ExpressibleByStringInterpolation {
  public init(stringLiteral value: String) { self = .text(Template(stringLiteral: value)) }
  public init(stringInterpolation: Template.StringInterpolation) {
    self = .text(Template(stringInterpolation: stringInterpolation))
  }
}

extension Value: ExpressibleByBooleanLiteral {
  public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension Value: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) { self = .int(value) }
}

extension Value: ExpressibleByFloatLiteral {
  public init(floatLiteral value: Double) { self = .double(value) }
}

extension Value: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: Value...) { self = .list(elements) }
}

extension Value: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, Value)...) { self = .fields(elements) }
}

extension Value {
  /// The text when this is a text without Jinja in it.
  public var literalText: String? {
    if case .text(let template) = self { template.literalText } else { nil }
  }

  /// The names of variables that this value refers to, in mapping keys too.
  var names: Set<String> {
    switch self {
    case .null, .bool, .int, .double: []
    case .text(let template): JinjaNames.inTemplate(template.text)
    case .list(let items): items.reduce(into: []) { $0.formUnion($1.names) }
    case .mapping(let fields):
      fields.reduce(into: []) { $0.formUnion(JinjaNames.inTemplate($1.key).union($1.value.names)) }
    case .condition(let expression): JinjaNames.inExpression(expression.text)
    }
  }

  /// Every raw piece of Jinja in this value.
  var raw: [RawJinja] {
    switch self {
    case .null, .bool, .int, .double: []
    case .text(let template): template.raw
    case .list(let items): items.flatMap(\.raw)
    case .mapping(let fields): fields.flatMap(\.value.raw)
    case .condition(let expression): expression.raw
    }
  }

  /// Whether Jinja stands in plain text somewhere in it.
  var hidesJinja: Bool {
    switch self {
    case .null, .bool, .int, .double, .condition: false
    case .text(let template): template.hidesJinja
    case .list(let items): items.contains(where: \.hidesJinja)
    case .mapping(let fields): fields.contains { $0.value.hidesJinja }
    }
  }
}
