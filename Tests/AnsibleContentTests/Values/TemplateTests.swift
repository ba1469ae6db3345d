import Testing

@testable import AnsibleContent

@Suite struct TemplateTests {
  private let user = Variable.role("user", default: "web", "The user.")

  private func text(_ value: Value) -> String? {
    if case .text(let template) = value { template.text } else { nil }
  }

  @Test func interpolationRefersToTheDeclaration() {
    #expect(text("/var/lib/\(user)") == "/var/lib/{{ user }}")
    #expect(text("\(user)") == "{{ user }}")
    #expect(text("\(user.default("x").lower)-\(2)") == "{{ user | default('x') | lower }}-{{ 2 }}")
  }

  @Test func textThatSwiftKnowsStaysText() {
    let name = "web"
    let value: Value = "\(text: name).service"
    #expect(text(value) == "web.service")
    #expect(value.literalText == "web.service")
    #expect(Value.text("a\(user)").literalText == nil)
  }

  @Test func aValueInATemplateBecomesAPartOfIt() {
    let home: Value = "/home/\(user)"
    let template: Template = "\(value: home)/bin\(value: 3)"
    #expect(template.text == "/home/{{ user }}/bin{{ 3 }}")
  }

  @Test func aVariableThatTheOperatorMaySetCarriesItsDefault() {
    let port = Variable.operatorSet("port", type: .int, default: 80, "The port.")
    #expect(text("\(port)") == "{{ port | default(80) }}")
    #expect(text("\(port.bare)") == "{{ port }}")
    #expect(port.isDefined.text == "port is defined")
  }

  @Test func rawTextIsKnownByItsPlace() {
    let value: Value = [
      "a \(Expression.raw("b ** 2", file: "Here/File.swift", line: 7))", .condition(.raw("c")),
    ]
    #expect(value.raw.map(\.text) == ["b ** 2", "c"])
    #expect(value.raw.first?.location.description == "Here/File.swift:7")
  }

  @Test func rawTextInsideATypedExpressionIsKnownToo() {
    let a = Expression.raw("a ** 2")
    let b = Variable.given(by: .ansible, "b", "A list.")
    #expect((a == 4 && b.length > a).raw.map(\.text) == ["a ** 2", "a ** 2"])
    #expect(b.filter("map", named: ["attribute": a]).raw.map(\.text) == ["a ** 2"])
    #expect(b.default(Value.list([.expression(a)])).raw.map(\.text) == ["a ** 2"])
    #expect(Expression.lookup("env", a).raw.map(\.text) == ["a ** 2"])
  }
}
