import AnsibleContent
import Testing

@Suite struct NotificationsTests {
  private static let notifier = Sample.task.notify("Restart the server")
  private static let problem = Problem(
    file: Sample.taskFile, place: Sample.place(Sample.task.name),
    "it notifies \"Restart the server\", which no handler answers",
    "add a handler of that name or topic, or drop the notification", at: Sample.task.location)
  private static func handler(_ name: String) -> Task {
    Task(name, Builtin.service(name: "web", state: "restarted"))
  }

  @Test func noHandlerAnswers() {
    #expect(refusals(of: Sample.collection(tasks: [Self.notifier])) == [Self.problem])
    #expect(
      refusals(
        of: Sample.collection(tasks: [Self.notifier], handlers: [Self.handler("Restart it")]))
        == [Self.problem])
  }

  @Test func aHandlerAnswersByNameOrByTopic() {
    let byName = Self.handler("Restart the server")
    let byTopic = Self.handler("Restart it").listen("Restart the server")
    #expect(refusals(of: Sample.collection(tasks: [Self.notifier], handlers: [byName])) == [])
    #expect(refusals(of: Sample.collection(tasks: [Self.notifier], handlers: [byTopic])) == [])
  }

  @Test func aRoleHasHandlersOfItsOwn() {
    var role = SampleRole(tasks: Tasks([.task(Self.notifier)]))
    let collection = { (role: SampleRole) in
      let play = Play("Set up", hosts: "all").handlers(Self.handler("Restart the server"))
      return Sample.collection(playbooks: [Sample.playbook(play)], roles: [role])
    }
    #expect(
      refusals(of: collection(role)).map { [$0.file, $0.place] }
        == [["roles/web/tasks/main.yml", "role \"web\", task \"Touch the flag\""]])
    role.handlers = [Self.handler("Restart the server")]
    #expect(refusals(of: collection(role)) == [])
  }
}
