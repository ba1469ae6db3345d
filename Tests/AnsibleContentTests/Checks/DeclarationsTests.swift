import AnsibleContent
import Testing

@Suite struct DeclarationsTests {
  private static func problem(_ file: String, _ variable: Variable) -> Problem {
    Problem(
      file: file, place: "variable \(variable.name)", "it is declared twice",
      "keep one declaration",
      at: variable.location)
  }

  @Test func inARole() {
    let first = Variable.role("port", type: .int, default: 80, "The port.")
    let second = Variable.role("port", type: .int, default: 8080, "The other port.")
    let role = { SampleRole(variables: $0, tasks: Tasks([.task(Sample.use(first))])) }
    let problems = refusals(of: Sample.collection(roles: [role([first, second])]))
    #expect(problems == [Self.problem("roles/web/defaults/main.yml", second)])
    #expect(refusals(of: Sample.collection(roles: [role([first])])) == [])
  }

  @Test func inAPlay() {
    let first = Variable.play("port", type: .int, default: 80, "The port.")
    let second = Variable.play("port", type: .int, default: 8080, "The other port.")
    let play = Play("Set up", hosts: "all") { Sample.use(first) }.vars(first)
    #expect(
      refusals(of: Sample.collection(playbooks: [Sample.playbook(play.vars(second))]))
        == [Self.problem(Sample.taskFile, second)])
    #expect(refusals(of: Sample.collection(playbooks: [Sample.playbook(play)])) == [])
  }

  @Test func amongTheKnown() {
    let first = Variable.given(by: .ansible, "port", "The port.")
    let second = Variable.operatorSet("port", "The other port.")
    #expect(
      refusals(of: Sample.collection(tasks: [Sample.use(first)], known: [first, second]))
        == [Self.problem("the known variables", second)])
    #expect(refusals(of: Sample.collection(tasks: [Sample.use(first)], known: [first])) == [])
  }
}
