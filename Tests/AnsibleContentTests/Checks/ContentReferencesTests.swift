import Testing

@testable import AnsibleContent

@Suite struct ContentReferencesTests {
  private static let web = SampleRole()

  @Test(arguments: [
    Builtin.includeRole(name: "acme.web.wbe"), Builtin.importRole(name: "acme.web.wbe"),
  ]) func aTaskBringsInARoleThatIsNotThere(action: Action) {
    let task = Task("Bring it in", action)
    let playbook = Sample.playbook(Play("Set up", hosts: "all") { task })
    let problem = Problem(
      file: Sample.taskFile, place: Sample.place("Bring it in"), "there is no role acme.web.wbe",
      "the roles are: acme.web.web", at: task.location)
    #expect(refusals(of: Sample.collection(playbooks: [playbook], roles: [Self.web])) == [problem])
    let named = SampleRole(name: "wbe")
    #expect(refusals(of: Sample.collection(playbooks: [playbook], roles: [named])) == [])
  }

  @Test func aPlayOrADependencyNamesARoleThatIsNotThere() {
    let play = Play("Set up", hosts: "all").roles(RoleUse("acme.web.gone"), RoleUse("acme.web.web"))
    let role = SampleRole(dependencies: [RoleUse("acme.web.gone")])
    let collection = Sample.collection(playbooks: [Sample.playbook(play)], roles: [role])
    let remedy = "the roles are: acme.web.web"
    #expect(
      refusals(of: collection) == [
        Problem(
          file: Sample.taskFile, place: "play \"Set up\"", "there is no role acme.web.gone", remedy,
          at: play.location),
        Problem(
          file: "roles/web/meta/main.yml", place: "dependencies", "there is no role acme.web.gone",
          remedy),
      ])
  }

  @Test func anImportNamesAPlaybookThatIsNotThere() {
    let other = PlaybookImport("Bring it in", "acme.web.gone")
    let playbook = Playbook("site", "Sets up a site.") { other }
    #expect(
      refusals(of: Sample.collection(playbooks: [playbook])) == [
        Problem(
          file: Sample.taskFile, place: "import \"Bring it in\"",
          "there is no playbook acme.web.gone",
          "the playbooks are: acme.web.site", at: other.location)
      ])
    let gone = Playbook("gone", "Is there.") { Play("Set up", hosts: "all") { Sample.task } }
    #expect(refusals(of: Sample.collection(playbooks: [playbook, gone])) == [])
  }

  @Test func contentOfOtherCollectionsAndComputedNamesAreLeftToAnsible() {
    let name = Variable.registered("name")
    let play = Play("Set up", hosts: "all") {
      Sample.task.register(name)
      Task("From elsewhere", Builtin.includeRole(name: "acme.website.gone"))
      Task("By a name that is computed", Builtin.includeRole(name: "acme.web.\(name)"))
    }
    .roles(RoleUse("systemd_service"))
    #expect(refusals(of: Sample.collection(playbooks: [Sample.playbook(play)])) == [])
  }
}
