import AnsibleContent
import Testing

@Suite struct TaskNamesTests {
  private static let again = Task(Sample.task.name, Builtin.file(path: "/b"))

  private static func twice(_ location: AnsibleContent.SourceLocation) -> Problem {
    Problem(
      file: Sample.taskFile, place: "play \"Set up\"", "two tasks are named \"Touch the flag\"",
      "give one of them another name", at: location)
  }

  @Test func twoTasksOfOnePlay() {
    #expect(
      refusals(of: Sample.collection(tasks: [Sample.task, Self.again])) == [
        Self.twice(Self.again.location)
      ])
    #expect(
      refusals(of: Sample.collection(tasks: [Sample.task], handlers: [Self.again]))
        == [Self.twice(Self.again.location)])
    #expect(
      refusals(of: Sample.collection(tasks: [Sample.task, Task("Another", Self.again.action)]))
        == [])
  }

  @Test func aTaskInABlockAndTheBlockItself() {
    let inside = Play("Set up", hosts: "all") {
      Sample.task
      Block("Together") {
        Sample.task
      } always: {
        Self.again
      }
    }
    #expect(
      refusals(of: Sample.collection(playbooks: [Sample.playbook(inside)]))
        == [Self.twice(Sample.task.location), Self.twice(Self.again.location)])
    let block = Block(Sample.task.name) { Sample.task }
    let itself = Play("Set up", hosts: "all") { block }
    #expect(
      refusals(of: Sample.collection(playbooks: [Sample.playbook(itself)])).map(\.message)
        == ["two tasks are named \"Touch the flag\""])
  }

  @Test func twoPlaysMayHaveTasksOfOneName() {
    let playbook = Playbook("site", "Sets up a site.") {
      Play("Set up", hosts: "web") { Sample.task }
      Play("Set up more", hosts: "db") { Sample.task }
    }
    #expect(refusals(of: Sample.collection(playbooks: [playbook])) == [])
  }

  @Test func aTaskOrABlockWithoutName() {
    let task = Task("", Builtin.file(path: "/b"))
    let problem = Problem(
      file: Sample.taskFile, place: "play \"Set up\"", "a task has no name",
      "say in its name what it achieves", at: task.location)
    #expect(refusals(of: Sample.collection(tasks: [task])) == [problem])
    let play = Play("Set up", hosts: "all") { Block("") { Sample.task } }
    #expect(
      refusals(of: Sample.collection(playbooks: [Sample.playbook(play)])).map(\.message)
        == ["a task has no name"])
  }
}
