import Foundation
import TestSupport
import Testing

@Suite("The rights of Magnum and of the proxy")
struct RightsTests {
  @Test("Are those that both call, and no others")
  func rights() async throws {
    let script = Checkout.root.appending(
      path: "Tests/CollectionTests/scripts/rights-test.sh")
    let outcome = try await Tool(path: script.path).run(
      [], in: Checkout.root,
      environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"])
    #expect(outcome.status == 0, outcome.all)
  }
}
