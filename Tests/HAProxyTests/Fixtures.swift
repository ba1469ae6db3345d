import Foundation
import Testing

/// Replies of HAProxy; Fixtures/README.md says which were observed.
enum Fixtures {
  static let releases = ["2.4", "2.6", "2.8", "3.0"]

  static func reply(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: name)))
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures")
}
