/// What an expression evaluates to.
enum Datum: Encodable, Equatable {
  case bool(Bool)
  case int(Int)
  case text(String)
  case list([Datum])

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .bool(let value): try container.encode(value)
    case .int(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    }
  }

  /// As Jinja's `~` writes it.
  var joined: String {
    switch self {
    case .bool(let value): value ? "True" : "False"
    case .int(let value): String(value)
    case .text(let value): value
    case .list: preconditionFailure("no test joins a list to a text")
    }
  }
}
