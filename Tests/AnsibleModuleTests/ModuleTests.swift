import AnsibleModule
import Testing

@Suite struct ModuleTests {
  static let spec = ModuleSpec(
    "example", supportsCheckMode: true,
    arguments: ArgumentSpec([
      Option("name", required: true, aliases: ["title"]), Option("password", noLog: true),
      Option("count", .int, default: 1),
    ]))

  private func run(
    _ arguments: JSONValue, spec: ModuleSpec = spec,
    body: Module.Body = { _ throws(ModuleFailure) in ModuleResult(changed: true) }
  ) -> JSONObject {
    Module.execute(spec, arguments: arguments.jsonBytes, body)
  }

  @Test func theInvocationIsReportedAsValidated() {
    #expect(
      run(["title": 5]) == [
        "changed": true,
        "invocation": [
          "module_args": ["title": 5, "name": "5", "count": 1, "password": .null]
        ],
      ])
  }

  @Test func ansiblesOwnParametersReachTheModuleAndNoOption() {
    let output = run([
      "name": "x", "_ansible_check_mode": true, "_ansible_diff": "yes", "_ansible_verbosity": 3,
      "_ansible_module_name": "ns.col.example", "_ansible_of_a_later_version": ["a": 1],
    ]) { invocation throws(ModuleFailure) in
      ModuleResult(
        changed: invocation.isCheckMode && invocation.wantsDiff && invocation.verbosity == 3,
        message: invocation.moduleName)
    }
    #expect(output["changed"] == true)
    #expect(output["msg"] == "ns.col.example")
    #expect(output["invocation"]?["module_args"]?.object?.keys == ["name", "count", "password"])
  }

  @Test func anUnknownNameIsRefusedUnlessAnsibleSaysOtherwise() {
    let parameters: JSONObject = ["name": "x", "nmae": "y", "_ansible_module_name": "n.c.example"]
    let output = run(.object(parameters))
    #expect(output["failed"] == true)
    #expect(
      output["msg"]
        == "Unsupported parameters for (n.c.example) module: nmae. Supported parameters include: count, name, password (title)."
    )
    var lenient = parameters
    lenient["_ansible_ignore_unknown_opts"] = true
    #expect(run(.object(lenient))["failed"] == nil)
  }

  @Test func checkModeIsSkippedByAModuleThatCannot() {
    var spec = Self.spec
    spec.supportsCheckMode = false
    let output = run(["name": "x", "_ansible_check_mode": true], spec: spec) { _ in
      Issue.record("the module ran")
      return ModuleResult(changed: true)
    }
    #expect(output["skipped"] == true)
    #expect(output["msg"] == "remote module (example) does not support check mode")
    #expect(output["failed"] == nil)
  }

  @Test func secretsLeaveNowhere() {
    let output = run(["name": "x", "password": "hunter2"]) { invocation throws(ModuleFailure) in
      invocation.warn("hunter2 is weak")
      invocation.hide("found it")
      throw ModuleFailure("login with hunter2 failed", fields: ["log": ["hunter2", "we found it"]])
    }
    #expect(output["failed"] == true)
    #expect(output["msg"] == "login with ******** failed")
    #expect(output["log"] == ["VALUE_SPECIFIED_IN_NO_LOG_PARAMETER", "we ********"])
    #expect(output["warnings"] == ["******** is weak"])
    #expect(!JSONValue.object(output).jsonText.contains("hunter"))
  }

  @Test(
    arguments: [
      (["_ansible_tracebacks_for": ["error", "warning"]], true),
      (["_ansible_tracebacks_for": [], "_ansible_verbosity": 5], false),
      (["_ansible_verbosity": 3], true), (["_ansible_verbosity": 2], false),
    ] as [(JSONObject, Bool)])
  func aTracebackIsGivenWhereItIsAskedFor(controls: JSONObject, isWanted: Bool) throws {
    var arguments: JSONObject = ["name": "x", "password": "hunter2"]
    arguments.merge(controls)
    let output = run(.object(arguments)) { _ throws(ModuleFailure) in
      throw ModuleFailure("hunter2 is wrong", file: "Example/Login.swift", line: 12)
    }
    #expect(
      output["exception"]
        == (isWanted
          ? """
          Traceback (most recent call last):
            File "module/Example/Login.swift", line 12
          ModuleFailure: ******** is wrong
          """ : nil))
    #expect(
      run(.object(controls))["exception"]?.string?.contains("Module.swift") ?? false == isWanted)
  }

  @Test func differencesAreReportedOnlyWhenAskedFor() {
    let one = Diff(before: "a\n", after: "b\n", header: "/etc/x")
    let two = Diff(before: ["mode": "0644"], after: ["mode": "0600"])
    func diff(_ diffs: [Diff], asked: Bool) -> JSONValue? {
      run(["name": "x", "_ansible_diff": .bool(asked)]) { _ in
        ModuleResult(changed: true, diff: diffs)
      }["diff"]
    }
    let first: JSONValue = [
      "before": "a\n", "after": "b\n", "before_header": "/etc/x", "after_header": "/etc/x",
    ]
    #expect(diff([one], asked: false) == nil)
    #expect(diff([], asked: true) == nil)
    #expect(diff([one], asked: true) == first)
    #expect(
      diff([one, two], asked: true) == [
        first, ["before": ["mode": "0644"], "after": ["mode": "0600"]],
      ])
  }

  @Test(arguments: [
    ("", "the arguments of the module are not JSON: unexpected end of the text"),
    ("{\"a\": ", "the arguments of the module are not JSON: unexpected end of the text"),
    ("secret", "the arguments of the module are not JSON: syntax error"),
    ("[1]", "the arguments of the module are not a JSON object"),
    (
      "{\"a\": 99999999999999999999}",
      "the arguments of the module are not JSON: number out of range"
    ),
  ])
  func whatIsNoJSONObjectFails(text: String, message: String) {
    let output = Module.execute(Self.spec, arguments: Array(text.utf8)) { _ in
      ModuleResult(changed: true)
    }
    #expect(output["failed"] == true)
    #expect(output["msg"]?.string?.hasPrefix(message) == true, "\(output)")
    #expect(output["msg"]?.string?.contains("secret") == false)
  }
}
