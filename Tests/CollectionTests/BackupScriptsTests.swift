import Foundation
import TestSupport
import Testing

@Suite("The backup scripts")
struct BackupScriptsTests {
  @Test("Do what they say, failures included")
  func cases() async throws {
    let script = Checkout.root.appending(
      path: "Tests/CollectionTests/scripts/backup-scripts-test.sh")
    let outcome = try await Tool(path: script.path).run(
      [], in: Checkout.root,
      environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"])
    #expect(outcome.status == 0, outcome.all)
  }
}
