import Testing

@testable import AnsibleContent

@Suite struct UndeclaredNamesTests {
  private static let port = Variable.registered("port")
  private static let known = Variable.given(by: .ansible, "port", "The port.")

  private static func problem(
    _ name: String, _ file: String, _ place: String, _ location: AnsibleContent.SourceLocation?
  ) -> Problem {
    Problem(
      file: file, place: place, "\"\(name)\" is not declared",
      "declare it as a variable of the role or play, or as known, or correct its name", at: location
    )
  }

  /// Every keyword of a task that holds an expression.
  static let readers: [Task] = [
    Sample.use(port),
    Sample.task.when(port == 80),
    Sample.task.loop("\(port)"),
    Sample.task.loop([1], label: "\(port)"),
    Sample.task.changedWhen(port > 1),
    Sample.task.failedWhen(port.isDefined),
    Sample.task.until(port == 1, retries: 2, delay: 3),
    Sample.task.until(.raw("1 == 1"), retries: "\(port)", delay: 3),
    Sample.task.vars(["local": "\(port)"]),
    Sample.task.environment(["PORT": "\(port)"]),
    Sample.task.delegate(to: "\(port)"),
    Sample.task.become(user: "\(port)"),
    Sample.task.when(Expression.raw("port | int > 0")),
    Task("Set it", .setFacts([(.registered("other"), "\(port)")])),
    Task("Check it", Builtin.assert(that: [.condition(port == 1)])),
  ]

  @Test(arguments: readers.indices) func inAnyPartOfATask(index: Int) {
    let task = Self.readers[index]
    #expect(
      refusals(of: Sample.collection(tasks: [task])) == [
        Self.problem("port", Sample.taskFile, Sample.place(task.name), task.location)
      ])
    #expect(refusals(of: Sample.collection(tasks: [task], known: [Self.known])) == [])
  }

  @Test func inABlock() {
    let block = Block("Together") { Sample.task }.when(Self.port == 1)
    let play = Play("Set up", hosts: "all") { block }
    #expect(
      refusals(of: Sample.collection(playbooks: [Sample.playbook(play)])) == [
        Self.problem("port", Sample.taskFile, Sample.place(Sample.task.name), Sample.task.location)
      ])
    let corrected = Sample.collection(
      playbooks: [Sample.playbook(Play("Set up", hosts: "all") { block.vars(["port": 1]) })])
    #expect(refusals(of: corrected) == [])
  }

  @Test func inAPlay() {
    for play in [
      Play("Set up", hosts: "\(Self.port)"), Play("Set up", hosts: "all").serial("\(Self.port)"),
      Play("Set up", hosts: "all").environment(["PORT": "\(Self.port)"]),
      Play("Set up", hosts: "all").roles(RoleUse("acme.other.role", vars: ["x": "\(Self.port)"])),
    ] {
      let problems = refusals(of: Sample.collection(playbooks: [Sample.playbook(play)]))
      #expect(problems.map(\.place) == ["play \"Set up\""])
      #expect(problems.map(\.message) == ["\"port\" is not declared"])
      #expect(
        refusals(of: Sample.collection(playbooks: [Sample.playbook(play.vars(["port": 1]))])) == [])
    }
  }

  @Test func inAnImportedPlaybooksCondition() {
    let other = PlaybookImport("Bring in", "acme.other.site").when(Self.port == 1)
    let playbook = { (vars: Value) in Playbook("site", "Sets up a site.") { other.vars(vars) } }
    #expect(
      refusals(of: Sample.collection(playbooks: [playbook([:])])) == [
        Self.problem("port", Sample.taskFile, "import \"Bring in\"", other.location)
      ])
    #expect(refusals(of: Sample.collection(playbooks: [playbook(["port": 1])])) == [])
  }

  @Test func whatAHandlerRegistersIsDeclaredForTheNext() {
    let play = Play("Set up", hosts: "all") { Sample.task.notify("changed") }
    let use = Sample.use(Self.port).listen("changed")
    let collection = { (handlers: [Task]) in
      Sample.collection(playbooks: [
        Sample.playbook(handlers.reduce(play) { $0.handlers($1) })
      ])
    }
    let first = Task("Look", Builtin.command(cmd: "true")).register(Self.port).listen("changed")
    #expect(
      refusals(of: collection([use])) == [
        Self.problem("port", Sample.taskFile, Sample.place(use.name), use.location)
      ])
    #expect(refusals(of: collection([first, use])) == [])
  }

  @Test func inATemplateOfARole() {
    let files = ["roles/web/templates/site.conf.j2": "{# port's place #}\nlisten {{ port }};\n"]
    #expect(
      refusals(of: Sample.collection(roles: [SampleRole()], files: files)) == [
        Self.problem("port", "roles/web/templates/site.conf.j2", "the template", nil)
      ])
    let declared = SampleRole(variables: [.role("port", type: .int, default: 80, "The port.")])
    #expect(refusals(of: Sample.collection(roles: [declared], files: files)) == [])
  }

  @Test func inDefaultsAndVarsAndDependenciesOfARole() {
    let user = Variable.role("user", default: "u\(Self.port)", "The user.")
    let role = SampleRole(
      variables: [user], tasks: Tasks([.task(Sample.use(user))]),
      varsFiles: [("debian", VariableFile("", [.init("package", "p\(Self.port)")]))],
      dependencies: [RoleUse("acme.other.role", vars: ["x": "\(Self.port)"])])
    let problems = refusals(of: Sample.collection(roles: [role]))
    #expect(
      problems == [
        Self.problem("port", "roles/web/defaults/main.yml", "default of user", user.location),
        Self.problem("port", "roles/web/vars/debian.yml", "the file", nil),
        Self.problem("port", "roles/web/meta/main.yml", "dependencies", nil),
      ])
    #expect(refusals(of: Sample.collection(roles: [role], known: [Self.known])) == [])
  }

  @Test func inAVariableFileAndInAnOperatorsDefault() {
    let file = PlacedVariableFile(
      "files/all.yml", VariableFile("", [.init("user", "u\(Self.port)")]))
    #expect(
      refusals(of: Sample.collection(configuration: [file])) == [
        Self.problem("port", "files/all.yml", "the file", nil)
      ])
    #expect(refusals(of: Sample.collection(configuration: [file], known: [Self.known])) == [])

    let user = Variable.operatorSet("user", default: "u\(Self.port)", "The user.")
    let problems = refusals(of: Sample.collection(tasks: [Sample.use(user)], known: [user]))
    #expect(problems.contains(Self.problem("port", "variables", "default of user", user.location)))
    #expect(
      refusals(of: Sample.collection(tasks: [Sample.use(user)], known: [user, Self.known])) == [])
  }

  @Test func whatATaskSetsAndTheElementOfALoopAreDeclared() {
    let result = Variable.registered("result")
    let fact = Variable.registered("fact")
    #expect(
      refusals(
        of: Sample.collection(tasks: [
          Sample.task.register(result),
          Task("Set a fact", .setFacts([(fact, .expression(result))])),
          Sample.use(result, fact).loop([1, 2], label: "\(Expression.item)"),
        ])) == [])
    let outside = Task("Show the element", Builtin.debug(msg: "\(Expression.item)"))
    #expect(
      refusals(of: Sample.collection(tasks: [outside])) == [
        Self.problem("item", Sample.taskFile, Sample.place(outside.name), outside.location)
      ])
  }
}
