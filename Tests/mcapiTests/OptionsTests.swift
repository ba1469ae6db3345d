import Foundation
import TestSupport
import Testing

@Suite(.blocking) struct OptionsTests {
  @Test(arguments: ["generate", "check", "build"])
  func helpTeaches(verb: String) throws {
    let checkout = try Checkout()
    let help = try Command.mcapi(verb, "--help", in: checkout)
    #expect(help.status == 0)
    #expect(help.output.contains("USAGE: mcapi \(verb)"))
    #expect(help.output.contains("--root <root>"))
    #expect(help.output.contains("The project's folder"))
    #expect(try checkout.state().isEmpty)
  }

  @Test func helpOfTheCommandNamesEverySubcommand() throws {
    let checkout = try Checkout()
    for help in [try Command.mcapi("--help", in: checkout), try Command.mcapi([], in: checkout)] {
      #expect(help.status == 0)
      for verb in ["generate", "check", "build"] {
        #expect(help.output.contains("\n  mcapi \(verb) "))
      }
    }
  }

  @Test func whatEachOptionOfCheckAndBuildDoes() throws {
    let checkout = try Checkout()
    #expect(try Command.mcapi("check", "--help", in: checkout).output.contains("--verbose"))
    let build = try Command.mcapi("build", "--help", in: checkout).output
    #expect(build.contains("--ansible-galaxy <ansible-galaxy>"))
    #expect(build.contains("--modules-only"))
  }

  @Test func aRootThatIsNotTheProject() throws {
    let checkout = try Checkout()
    for verb in ["generate", "check", "build"] {
      let wrong = try Command.mcapi(verb, "--root", checkout.url("Sources").path, in: checkout)
      #expect(wrong.status == 64)
      #expect(wrong.output == "")
      #expect(
        wrong.errors.contains(
          "\(checkout.url("Sources").path) is not the project: it has no Package.swift with Sources/Collection beside it."
        ))
      #expect(wrong.errors.contains("Change to the checkout or pass --root."))
    }
    #expect(try checkout.state().isEmpty)
  }

  @Test func aFolderOutsideOfAnyProject() throws {
    let checkout = try Checkout()
    try checkout.remove("Package.swift")
    let wrong = try Command.mcapi("generate", in: checkout)
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("the current folder is not the project"))
  }

  @Test func aRootFromElsewhere() throws {
    let (here, there) = (try Checkout(), try Checkout())
    #expect(try Command.mcapi("generate", "--root", there.root.path, in: here).status == 0)
    #expect(try here.state().isEmpty)
    #expect(!(try there.state().isEmpty))
  }
}
