import AnsibleContent
import Testing

@Suite struct HiddenJinjaTests {
  private static let port = Variable.given(by: .ansible, "port", type: .int, "The port.")

  @Test(arguments: ["{{ port }}", "{% if port %}x{% endif %}", "a {{ port }} b"])
  func jinjaInAPlainString(text: String) {
    let hidden: Value = .list([.fields([("deep", .text(Template(stringLiteral: text)))])])
    let task = Task("Say it", Builtin.debug(msg: hidden))
    #expect(
      refusals(of: Sample.collection(tasks: [task], known: [Self.port])) == [
        Problem(
          file: Sample.taskFile, place: Sample.place("Say it"), "Jinja stands in a plain string",
          "interpolate a variable or an expression, or use Expression.raw", at: task.location)
      ])
  }

  @Test func interpolationIsTheWay() {
    let task = Task("Say it", Builtin.debug(msg: "a \(Self.port) {curly}"))
    #expect(refusals(of: Sample.collection(tasks: [task], known: [Self.port])) == [])
  }
}
