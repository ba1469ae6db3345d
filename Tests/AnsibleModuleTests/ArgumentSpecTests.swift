import AnsibleModule
import Testing

@Suite struct ArgumentSpecTests {
  @Test func mistakesOfASpecAreNamed() {
    let spec = ArgumentSpec(
      [
        Option("a", required: true, default: "x"),
        Option("b", aliases: ["a"]),
        Option("c", default: "z", choices: ["x", "y"]),
        Option("d", options: ArgumentSpec([Option("e"), Option("e")])),
        Option("f", .dict, options: ArgumentSpec([Option("g")], requiredOneOf: [["g"]])),
        Option("h", appliesDefaults: true),
        Option(
          "i", deprecatedAliases: [DeprecatedAlias("j", removal: Removal(.version("2"), from: "c"))]
        ),
      ],
      mutuallyExclusive: [["a", "nosuch"]])
    #expect(
      spec.faults == [
        "a is required and has a default", "a is declared twice",
        "the default of c is not among its choices", "d has sub-options and is no dictionary",
        "d: e is declared twice", "f: a rule among options names fewer than two",
        "h applies defaults and is no dictionary with sub-options",
        "j is deprecated and no alias of i", "a rule names nosuch, which is no option",
      ])
  }

  @Test func anOptionIsFoundByNameAndAlias() {
    let spec = ArgumentSpec([Option("path", .path, aliases: ["dest"])])
    #expect(spec.option(named: "path")?.type == .path)
    #expect(spec.option(named: "dest")?.name == "path")
    #expect(spec.option(named: "file") == nil)
  }
}
