public import Foundation

/// The checkout that the tests belong to.
public enum ProjectFolder {
  /// Three folders up from this file.
  public static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The path of one of the proxies that stand between a client and a server.
  public static func proxy(_ name: String) -> String {
    root.appending(path: "Tests/Support/Proxies/\(name)").path
  }

  /// The path of a program in one of the environments below `.tools`. Throws when it is not there.
  public static func tool(_ name: String, of environment: String) throws -> String {
    let path = root.appending(path: ".tools/\(environment)/bin/\(name)").path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw Program.Failure(
        description: "\(path) is missing. Run `make test`, or lab/setup.sh test, which installs it."
      )
    }
    return path
  }
}
