import AnsibleContent
import Testing

@Suite struct UnusedVariablesTests {
  private static func problem(_ file: String, _ variable: Variable) -> Problem {
    Problem(
      file: file, place: "variable \(variable.name)", "nothing uses it", "use it or remove it",
      at: variable.location)
  }

  @Test func aDefaultOfARole() {
    let port = Variable.role("port", type: .int, default: 80, "The port.")
    #expect(
      refusals(of: Sample.collection(roles: [SampleRole(variables: [port])])) == [
        Self.problem("roles/web/defaults/main.yml", port)
      ])
    let used = SampleRole(variables: [port], tasks: Tasks([.task(Sample.use(port))]))
    #expect(refusals(of: Sample.collection(roles: [used])) == [])
  }

  @Test func aDefaultThatOnlyAnotherRoleUses() {
    let port = Variable.role("port", type: .int, default: 80, "The port.")
    let other = SampleRole(name: "other", tasks: Tasks([.task(Sample.use(port).vars(["port": 1]))]))
    #expect(
      refusals(of: Sample.collection(roles: [SampleRole(variables: [port]), other])) == [
        Self.problem("roles/web/defaults/main.yml", port)
      ])
  }

  @Test func aDefaultThatAnotherDefaultUsesIsUsed() {
    let home = Variable.role("home", type: .path, default: "/srv", "The folder.")
    let logs = Variable.role("logs", type: .path, default: "\(home)/logs", "The log folder.")
    let role = SampleRole(variables: [home, logs], tasks: Tasks([.task(Sample.use(logs))]))
    #expect(refusals(of: Sample.collection(roles: [role])) == [])
  }

  @Test func aVariableOfAPlay() {
    let port = Variable.play("port", type: .int, default: 80, "The port.")
    let play = Play("Set up", hosts: "all") { Sample.task }.vars(port)
    #expect(
      refusals(of: Sample.collection(playbooks: [Sample.playbook(play)])) == [
        Self.problem(Sample.taskFile, port)
      ])
    let used = Play("Set up", hosts: "all") { Sample.use(port) }.vars(port)
    #expect(refusals(of: Sample.collection(playbooks: [Sample.playbook(used)])) == [])
  }

  @Test func aKnownVariable() {
    let port = Variable.given(by: .openStackAnsible, "port", "The port.")
    #expect(
      refusals(of: Sample.collection(tasks: [Sample.task], known: [port])) == [
        Self.problem("the known variables", port)
      ])
    #expect(refusals(of: Sample.collection(tasks: [Sample.use(port)], known: [port])) == [])
  }
}
