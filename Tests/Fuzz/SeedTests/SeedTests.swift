import Foundation
import FuzzTargets
import Testing

/// The inputs that once taught the fuzzer something, or broke a promise, given to the same code.
@Suite struct SeedTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Seeds")

  /// A broken promise stops the process; the README says how to find which.
  @Test(arguments: FuzzTarget.allCases) func seeds(target: FuzzTarget) throws {
    let folder = Self.folder.appending(path: target.rawValue)
    let seeds = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    #expect(!seeds.isEmpty, "\(folder.path) is empty")
    for seed in seeds {
      target.run(Array(try Data(contentsOf: seed)))
    }
  }
}
