import Collection
import Foundation
import TestSupport
import Testing

/// `mcapi build` with stand-ins for the compiler and ansible-galaxy.
@Suite(.blocking) struct BuildTests {
  /// A checkout with a folder `bin` to be all of PATH.
  private static func checkout() throws -> Checkout {
    let checkout = try Checkout()
    try checkout.create(folder: "bin")
    try checkout.write(
      "#!/bin/sh\n# Stands in for the check of a release binary: it only wants the file.\ntest -f \"$1\"\n",
      to: "Sources/Modules/check-release.sh", mode: 0o755)
    return checkout
  }

  private static let swift = #"""
    #!/bin/sh
    # Stands in for `swift build`: writes a file where each compiled module would be.
    [ "$1 $2 $3 $4" = "build -c release --scratch-path" ] || exit 64
    [ -n "$MCAPI_EMBEDDED" ] || exit 65
    /bin/mkdir -p "$5/release"
    for module in \#(BuildProducts.modules.joined(separator: " ")); do
      echo "built for $MCAPI_EMBEDDED" > "$5/release/$module"
    done

    """#

  private static let galaxy = #"""
    #!/bin/sh
    # Stands in for `ansible-galaxy collection build`: writes a file where the tarball would be.
    [ "$1 $2 $3 $4" = "collection build --force --output-path" ] || exit 64
    [ -d "$6" ] || exit 65
    while read -r key value; do [ "$key" = version: ] && version=$value; done < "$6/galaxy.yml"
    echo tarball > "$5/osa_ops-mcapi_vexxhost-$version.tar.gz"

    """#

  private static func build(_ checkout: Checkout, _ options: String...) throws -> Command {
    try Command.mcapi(["build"] + options, in: checkout, path: checkout.url("bin").path)
  }

  @Test func withoutSwift() throws {
    let build = try Self.build(try Self.checkout())
    #expect(build.status == 1)
    #expect(
      build.errors
        == "Error: swift is not installed. It is the Swift 6.3 toolchain from swift.org; put its usr/bin on PATH.\n"
    )
  }

  @Test func withoutAnsibleGalaxy() throws {
    let checkout = try Self.checkout()
    try checkout.write(Self.swift, to: "bin/swift", mode: 0o755)
    let without = try Self.build(checkout)
    #expect(without.status == 1)
    #expect(
      without.errors
        == "Error: ansible-galaxy is not installed. Run `make lab`, which installs ansible-core, or pass --ansible-galaxy.\n"
    )
    let wrong = try Self.build(checkout, "--ansible-galaxy", checkout.url("nowhere").path)
    #expect(wrong.status == 1)
    #expect(wrong.errors.hasPrefix("Error: \(checkout.url("nowhere").path) is no program. "))
  }

  @Test func aCompilerThatFails() throws {
    let checkout = try Self.checkout()
    try checkout.write(
      "#!/bin/sh\n# Stands in for a compiler that finds a fault.\nexit 3\n", to: "bin/swift",
      mode: 0o755)
    let build = try Self.build(checkout)
    #expect(build.status == 1)
    #expect(
      build.errors.contains("\(checkout.url("bin/swift").path) ended with 3; the command was: "))
    #expect(build.errors.contains("build -c release --scratch-path .build-embedded"))
    #expect(!checkout.exists(checkout.galaxy("plugins/modules/kubeconfig")))
  }

  @Test func modulesArePlacedAndTheTarballIsMade() throws {
    let checkout = try Self.checkout()
    try checkout.write(Self.swift, to: "bin/swift", mode: 0o755)
    try checkout.write(Self.galaxy, to: "bin/ansible-galaxy", mode: 0o755)
    #expect(try Command.mcapi("generate", in: checkout).status == 0)

    let modules = try Self.build(checkout, "--modules-only")
    #expect(modules.status == 0)
    #expect(modules.errors == "")
    #expect(modules.output.contains("x86_64: compiling \(BuildProducts.modules.count) modules …\n"))
    for name in BuildProducts.modules {
      let module = checkout.galaxy("plugins/modules/\(name)")
      #expect(try checkout.read(module) == "built for x86_64-unknown-linux-gnu\n")
      #expect(try checkout.mode(of: module) == 0o755)
    }
    #expect(try checkout.state().keys.contains { $0.hasSuffix(".tar.gz") } == false)

    let whole = try Self.build(checkout)
    #expect(whole.status == 0)
    let tarball = try #require(try checkout.state().keys.first { $0.hasSuffix(".tar.gz") })
    #expect(whole.output.hasSuffix("galaxy/\(tarball): 0 KiB\n"))
    #expect(try Command.mcapi("check", in: checkout).status == 0)
  }
}
