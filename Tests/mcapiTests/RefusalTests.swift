import TestSupport
import Testing

/// What generate says, and leaves undone, when the models and the template do not hold together.
@Suite(.blocking) struct RefusalTests {
  private static func expectRefusal(
    _ lines: [String], in checkout: Checkout, location: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let before = try checkout.state()
    for verb in ["generate", "check"] {
      let refused = try Command.mcapi(verb, in: checkout)
      #expect(refused.status == 1, sourceLocation: location)
      #expect(refused.output == "", sourceLocation: location)
      for line in lines { #expect(refused.errors.contains(line), sourceLocation: location) }
    }
    #expect(try checkout.state() == before, sourceLocation: location)
  }

  @Test func aDocumentAsksForATableThatNobodyMakes() throws {
    let checkout = try Checkout()
    try checkout.write(
      "# Title\n\n<!-- generated: nonsense -->\n", to: "collection-template/docs/x.md")
    try Self.expectRefusal(
      [
        "docs/x.md: <!-- generated: nonsense -->: there is no table of that name",
        "remedy: the tables are: calls for autoscaling, calls of magnum, calls of the proxy,"
          + " configuration, labels, playbooks, series, variables",
      ], in: checkout)
  }

  @Test func aTemplateUsesANameThatNobodyDeclares() throws {
    let checkout = try Checkout()
    #expect(try Command.mcapi("generate", in: checkout).status == 0)
    let path = "roles/proxy/templates/capi_sudoers.j2"
    let text = try checkout.read("collection-template/\(path)")
    try checkout.write(text + "{{ nobody_declares_this }}\n", to: "collection-template/\(path)")
    try checkout.write("stale", to: checkout.galaxy("stale.txt"))
    try Self.expectRefusal(
      [
        "\(path): the template: \"nobody_declares_this\" is not declared",
        "remedy: declare it as a variable of the role or play, or as known, or correct its name",
      ], in: checkout)

    try checkout.write(text, to: "collection-template/\(path)")
    #expect(try Command.mcapi("generate", in: checkout).output.hasPrefix("remove  stale.txt\n"))
  }

  @Test func aTemplateThatATaskDeliversIsGone() throws {
    let checkout = try Checkout()
    try checkout.remove("collection-template/roles/proxy/templates/capi_sudoers.j2")
    try Self.expectRefusal(
      [
        "roles/proxy/tasks/main.yml: role \"proxy\", task \"",
        "templates/capi_sudoers.j2 does not exist",
        "remedy: add roles/proxy/templates/capi_sudoers.j2 to collection-template",
        "declared at Collection/ProxyRole.swift:",
      ], in: checkout)
  }

  @Test func theTemplateHasAFileThatAModelWrites() throws {
    let checkout = try Checkout()
    try checkout.write("a: 1\n", to: "collection-template/galaxy.yml")
    try Self.expectRefusal(
      ["galaxy.yml: the collection: two models write this file", "remedy: keep one of them"],
      in: checkout)
  }
}
