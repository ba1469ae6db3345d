import AnsibleContent
import Testing

@Suite struct TaskArgumentsTests {
  private static let spec = ModuleSpec(
    "acme.web.site",
    [
      OptionSpec("name", .str, aliases: ["title"], required: true),
      OptionSpec("state", .str, choices: ["present", "absent"]),
      OptionSpec("port", .int), OptionSpec("secure", .bool), OptionSpec("ratio", .float),
      OptionSpec("names", .list, elements: .str),
      OptionSpec("methods", .list, elements: .str, choices: ["GET"]),
      OptionSpec("labels", .dict), OptionSpec("any", .raw),
      OptionSpec(
        "pages", .list, elements: .dict,
        options: [OptionSpec("path", .path, required: true), OptionSpec("size", .int)]),
      OptionSpec(
        "owner", .dict, options: [OptionSpec("group", .dict, options: [OptionSpec("id", .int)])]),
    ])

  private static func task(_ arguments: [(String, Value?)]) -> Task {
    Task("Set up a site", Action(spec, arguments))
  }

  private static func faults(_ arguments: [(String, Value?)]) -> [[String]] {
    refusals(of: Sample.collection(tasks: [task(arguments)])).map { [$0.message, $0.remedy] }
  }

  @Test func theRefusalNamesFilePlaceAndSource() {
    let task = Self.task([("name", "a"), ("prot", 80)])
    let problem = Problem(
      file: Sample.taskFile, place: Sample.place("Set up a site"),
      "acme.web.site has no option \"prot\"",
      "it has: any, labels, methods, name, names, owner, pages, port, ratio, secure, state",
      at: task.location)
    #expect(refusals(of: Sample.collection(tasks: [task])) == [problem])
    #expect(
      problem.description.hasPrefix("playbooks/site.yml: play \"Set up\", task \"Set up a site\": ")
    )
    #expect(problem.description.contains("\n  remedy: it has: "))
    #expect(problem.description.hasSuffix("declared at \(task.location)"))
  }

  @Test func handlersAreCheckedToo() {
    let handler = Self.task([])
    #expect(
      refusals(of: Sample.collection(tasks: [Sample.task], handlers: [handler])).map(\.message)
        == ["acme.web.site requires \"name\""])
  }

  @Test func aRequiredOptionIsMissing() {
    #expect(Self.faults([]) == [["acme.web.site requires \"name\"", "pass it"]])
    #expect(Self.faults([("title", "by its alias")]) == [])
  }

  @Test(
    arguments: [
      ("port", "web", "is a text, not a int", "int"), ("port", true, "is a bool, not a int", "int"),
      ("port", 1.5, "is a number, not a int", "int"),
      ("secure", 1, "is a number, not a bool", "bool"),
      ("secure", "on it", "is a text, not a bool", "bool"),
      ("state", true, "is \"true\", which is not one of: present, absent", "str"),
      ("state", "gone", "is \"gone\", which is not one of: present, absent", "str"),
      ("name", ["a"], "is a list, not a str", "str"), ("name", true, "is a bool, not a str", "str"),
      ("labels", "a=b", "is a text, not a dict", "dict"),
      ("labels", [], "is a list, not a dict", "dict"),
      ("names", ["a": 1], "is a mapping, not a list", "list"),
      ("ratio", "x", "is a text, not a float", "float"),
    ] as [(String, Value, String, String)])
  func aValueOfTheWrongType(option: String, value: Value, fault: String, type: String) {
    let others: [(String, Value?)] = option == "name" ? [] : [("name", "a")]
    #expect(
      Self.faults(others + [(option, value)])
        == [["acme.web.site: \(option) \(fault)", "pass a value of type \(type)"]])
  }

  @Test func elementsAndOptionsInsideOptions() {
    #expect(
      Self.faults([("name", "a"), ("names", ["b", ["c"]])])
        == [
          ["acme.web.site: an element of names is a list, not a str", "pass elements of type str"]
        ])
    #expect(
      Self.faults([("name", "a"), ("methods", ["GET", "get"])])
        == [
          [
            "acme.web.site: an element of methods is \"get\", which is not one of: GET",
            "pass elements of type str",
          ]
        ])
    #expect(
      Self.faults([("name", "a"), ("pages", [["path": "/"], ["size": "big", "sise": 1]])])
        == [
          ["acme.web.site: pages.size is a text, not a int", "pass a value of type int"],
          ["acme.web.site, option pages has no option \"sise\"", "it has: path, size"],
          ["acme.web.site, option pages requires \"path\"", "pass it"],
        ])
    #expect(
      Self.faults([("name", "a"), ("owner", ["group": ["id": "root"]])])
        == [["acme.web.site: owner.group.id is a text, not a int", "pass a value of type int"]])
  }

  @Test func whatAnsibleTakesIsTaken() {
    let port = Variable.registered("port")
    let task = Self.task([
      ("name", 5), ("state", "\(port)"), ("port", "80"), ("secure", "yes"), ("ratio", 1),
      ("names", "one"), ("methods", ["GET", "\(port)"]), ("labels", "\(port)"), ("any", [true]),
      ("pages", [["path": "/", "size": "\(port)"], "\(port)"]), ("owner", ["group": ["id": 0]]),
    ])
    #expect(refusals(of: Sample.collection(tasks: [Sample.task.register(port), task])) == [])
  }
}
