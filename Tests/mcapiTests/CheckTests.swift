import TestSupport
import Testing

@Suite(.blocking) struct CheckTests {
  private static func generated() throws -> Checkout {
    let checkout = try Checkout()
    #expect(try Command.mcapi("generate", in: checkout).status == 0)
    return checkout
  }

  /// Runs check, which must find fault and change nothing.
  private static func findings(in checkout: Checkout) throws -> String {
    let before = try checkout.state()
    let check = try Command.mcapi("check", in: checkout)
    #expect(check.status == 1)
    #expect(check.errors == "")
    #expect(try checkout.state() == before)
    return check.output
  }

  @Test func whatIsGeneratedPasses() throws {
    let checkout = try Self.generated()
    let check = try Command.mcapi("check", in: checkout)
    #expect(check.status == 0)
    #expect(
      check.output == "galaxy/ is what the models say: \(try checkout.state().count) files.\n")
  }

  @Test func aHandEditIsShownAsAUnifiedDiff() throws {
    let checkout = try Self.generated()
    let path = checkout.galaxy("galaxy.yml")
    try checkout.write(
      try checkout.read(path).replacing("\nname: mcapi_vexxhost\n", with: "\nname: other\n"),
      to: path)
    let output = try Self.findings(in: checkout)
    #expect(output.hasPrefix("--- galaxy/galaxy.yml\n+++ models/galaxy.yml\n@@ "))
    #expect(output.contains("\n-name: other\n+name: mcapi_vexxhost\n"))
    #expect(
      output.hasSuffix(
        "galaxy/ is not what the models say: 1 files differ. Run `mcapi generate`.\n"))
  }

  @Test func aMissingFileIsShownWhole() throws {
    let checkout = try Self.generated()
    let lines = try checkout.read(checkout.galaxy("meta/runtime.yml")).split(separator: "\n")
    try checkout.remove(checkout.galaxy("meta/runtime.yml"))
    let output = try Self.findings(in: checkout)
    #expect(
      output.hasPrefix(
        "--- galaxy/meta/runtime.yml\n+++ models/meta/runtime.yml\n@@ -0,0 +1,\(lines.count) @@\n"))
    for line in lines { #expect(output.contains("\n+\(line)\n")) }
  }

  @Test func aFileTooManyIsShownWhole() throws {
    let checkout = try Self.generated()
    try checkout.write("first\nsecond\n", to: checkout.galaxy("roles/gone/tasks/main.yml"))
    #expect(
      try Self.findings(in: checkout).hasPrefix(
        """
        --- galaxy/roles/gone/tasks/main.yml
        +++ models/roles/gone/tasks/main.yml
        @@ -1,2 +0,0 @@
        -first
        -second

        """))
  }

  @Test func aChangedModeIsFound() throws {
    let checkout = try Self.generated()
    let script = "playbooks/files/scripts/export-cluster-api-state.sh"
    try checkout.setMode(0o644, of: checkout.galaxy(script))
    try checkout.setMode(0o755, of: checkout.galaxy("galaxy.yml"))
    #expect(
      try Self.findings(in: checkout) == """
        galaxy.yml: should not be executable
        \(script): should be executable
        galaxy/ is not what the models say: 2 files differ. Run `mcapi generate`.

        """)
  }

  @Test func verboseListsRawExpressions() throws {
    let checkout = try Self.generated()
    let check = try Command.mcapi("check", "--verbose", in: checkout)
    #expect(check.status == 0)
    let lines = check.output.split(separator: "\n")
    let listed = lines.filter { $0.hasPrefix("raw Jinja at Collection/") }.count
    #expect(lines.contains("\(listed) uses of raw Jinja."))
    #expect(lines.count == listed + 2)
  }
}
