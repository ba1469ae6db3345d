import AnsibleContent
import Testing

@Suite struct FileReferencesTests {
  private static func problem(_ source: String, in folder: String, _ task: Task) -> Problem {
    Problem(
      file: Sample.taskFile, place: Sample.place(task.name), "\(source) does not exist",
      "add \(folder)/\(source) to collection-template", at: task.location)
  }

  @Test(arguments: [
    (Builtin.template(dest: "/x", src: "x.j2"), "templates/x.j2"),
    (Builtin.copy(dest: "/x", src: "x.txt"), "files/x.txt"),
    (
      Action(
        ModuleSpec("ansible.builtin.script", [OptionSpec("cmd", .str)]), [("cmd", "x.sh --all")]),
      "files/x.sh"
    ),
  ]) func aFileThatIsNotThere(action: Action, source: String) {
    let task = Task("Deliver it", action)
    let missing = Self.problem(source, in: "playbooks", task)
    #expect(refusals(of: Sample.collection(tasks: [task])) == [missing])
    #expect(refusals(of: Sample.collection(tasks: [Sample.task], handlers: [task])) == [missing])
    #expect(
      refusals(of: Sample.collection(tasks: [task], files: ["playbooks/\(source)": "x\n"])) == [])
  }

  @Test func aFolderIsThereWhenAFileInItIs() {
    for source in ["scripts", "scripts/"] {
      let task = Task("Deliver them", Builtin.copy(dest: "/x", src: "\(text: source)"))
      #expect(
        refusals(of: Sample.collection(tasks: [task]))
          == [Self.problem("files/\(source)", in: "playbooks", task)])
      #expect(
        refusals(
          of: Sample.collection(tasks: [task], files: ["playbooks/files/scripts/a.sh": "a\n"]))
          == [])
    }
  }

  @Test func eachElementOfALiteralLoop() {
    let task = Task("Deliver them", Builtin.template(dest: "/x", src: "\(Expression.item).j2"))
      .loop(["here", "gone"])
    let here = ["playbooks/templates/here.j2": "x\n"]
    #expect(
      refusals(of: Sample.collection(tasks: [task], files: here))
        == [Self.problem("templates/gone.j2", in: "playbooks", task)])
    #expect(
      refusals(
        of: Sample.collection(
          tasks: [task], files: here.merging(["playbooks/templates/gone.j2": "x\n"]) { $1 })) == [])
  }

  @Test func whatOnlyAnsibleCanKnowIsLeftToIt() {
    let name = Variable.registered("name")
    let tasks = [
      Sample.task.register(name),
      Task("By variable", Builtin.copy(dest: "/x", src: "\(name)")),
      Task("By absolute path", Builtin.copy(dest: "/x", src: "/etc/x")),
      Task("On the target", Builtin.copy(dest: "/x", remoteSrc: true, src: "x")),
      Task("By a filter", Builtin.copy(dest: "/x", src: "\(Expression.item.dirname)")).loop(["a/b"]
      ),
      Task("By content", Builtin.copy(dest: "/x", content: "x")),
    ]
    #expect(refusals(of: Sample.collection(tasks: tasks)) == [])
  }

  @Test func aRoleLooksInItsOwnFolder() {
    let task = Task("Deliver it", Builtin.template(dest: "/x", src: "x.j2"))
    let role = SampleRole(tasks: Tasks([.task(task)]))
    #expect(
      refusals(of: Sample.collection(roles: [role], files: ["playbooks/templates/x.j2": "x\n"]))
        == [
          Problem(
            file: "roles/web/tasks/main.yml", place: "role \"web\", task \"Deliver it\"",
            "templates/x.j2 does not exist", "add roles/web/templates/x.j2 to collection-template",
            at: task.location)
        ])
    #expect(
      refusals(of: Sample.collection(roles: [role], files: ["roles/web/templates/x.j2": "x\n"]))
        == [])
  }
}
