import Foundation
import TestSupport
import Testing

@Suite(.blocking) struct GenerateTests {
  @Test func fromNothingThenNoFileIsTouchedAgain() throws {
    let checkout = try Checkout()
    let first = try Command.mcapi("generate", in: checkout)
    #expect(first.status == 0)
    #expect(first.errors == "")
    let state = try checkout.state()
    #expect(state.count > 40)
    let lines = first.output.split(separator: "\n")
    #expect(lines.last == "galaxy/ is written: \(state.count) files, \(state.count) changed.")
    #expect(lines.contains("create  galaxy.yml"))
    #expect(lines.filter { $0.hasPrefix("create  ") }.count == state.count)
    #expect(try checkout.read(checkout.galaxy("galaxy.yml")).contains("\nname: mcapi_vexxhost\n"))

    let second = try Command.mcapi("generate", in: checkout)
    #expect(second.status == 0)
    #expect(second.output == "galaxy/ is up to date: \(state.count) files.\n")
    #expect(try checkout.state() == state)
  }

  @Test func twoCheckoutsGetTheSameBytes() throws {
    let (one, other) = (try Checkout(), try Checkout())
    for checkout in [one, other] {
      #expect(try Command.mcapi("generate", in: checkout).status == 0)
    }
    let paths = try one.state().keys.sorted()
    #expect(try other.state().keys.sorted() == paths)
    for path in paths {
      #expect(
        try Data(contentsOf: one.url("galaxy/\(path)"))
          == Data(contentsOf: other.url("galaxy/\(path)")))
    }
  }

  @Test func onlyWhatDiffersIsWritten() throws {
    let checkout = try Checkout()
    #expect(try Command.mcapi("generate", in: checkout).status == 0)
    let (state, text) = (try checkout.state(), try checkout.read(checkout.galaxy("galaxy.yml")))
    try checkout.write(text + "# by hand\n", to: checkout.galaxy("galaxy.yml"))
    try checkout.setMode(0o755, of: checkout.galaxy("README.md"))
    try checkout.remove(checkout.galaxy("meta/runtime.yml"))

    let again = try Command.mcapi("generate", in: checkout)
    #expect(again.status == 0)
    #expect(
      again.output == """
        change  README.md
        change  galaxy.yml
        create  meta/runtime.yml
        galaxy/ is written: \(state.count) files, 3 changed.

        """)
    #expect(try checkout.read(checkout.galaxy("galaxy.yml")) == text)
    #expect(try checkout.mode(of: checkout.galaxy("README.md")) == 0o644)
    let touched = try checkout.state().filter { state[$0.key] != $0.value }.keys.sorted()
    let prefix = "ansible_collections/osa_ops/mcapi_vexxhost/"
    #expect(touched == ["README.md", "galaxy.yml", "meta/runtime.yml"].map { prefix + $0 })
  }

  @Test func staleFilesAndTheFoldersTheyLeaveEmptyAreRemoved() throws {
    let checkout = try Checkout()
    #expect(try Command.mcapi("generate", in: checkout).status == 0)
    try checkout.write("x", to: checkout.galaxy("roles/gone/tasks/main.yml"))
    try checkout.write("x", to: checkout.galaxy("docs/gone.md"))

    let again = try Command.mcapi("generate", in: checkout)
    #expect(again.status == 0)
    #expect(again.output.hasPrefix("remove  docs/gone.md\nremove  roles/gone/tasks/main.yml\n"))
    #expect(!checkout.exists(checkout.galaxy("roles/gone")))
    #expect(!checkout.exists(checkout.galaxy("docs/gone.md")))
    #expect(checkout.exists(checkout.galaxy("docs/proxy.md")))
    #expect(checkout.exists(checkout.galaxy("roles/proxy")))
  }

  @Test func buildProductsAreLeftAlone() throws {
    let checkout = try Checkout()
    let products = [
      "plugins/modules/kubeconfig", "files/modules/aarch64/kubeconfig", "tests/output/report.xml",
    ]
    for product in products { try checkout.write("built", to: checkout.galaxy(product)) }
    try checkout.write("packed", to: "galaxy/osa_ops-mcapi_vexxhost-0.0.1.tar.gz")
    #expect(try Command.mcapi("generate", in: checkout).status == 0)
    #expect(try Command.mcapi("check", in: checkout).status == 0)
    for product in products { #expect(try checkout.read(checkout.galaxy(product)) == "built") }
    #expect(try checkout.read("galaxy/osa_ops-mcapi_vexxhost-0.0.1.tar.gz") == "packed")
  }

  @Test func scriptsStayExecutableAndTheProjectIsFoundFromBelow() throws {
    let checkout = try Checkout()
    #expect(try Command.mcapi("generate", in: checkout, folder: "Sources/Collection").status == 0)
    let script = checkout.galaxy("playbooks/files/scripts/export-cluster-api-state.sh")
    #expect(try checkout.mode(of: script) == 0o755)
    #expect(try checkout.read(script).hasPrefix("#!"))
  }
}
