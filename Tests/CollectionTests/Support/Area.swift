import Foundation

/// A folder of a test's own below the system's temporary one, removed with the last reference.
final class Area: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "collection-tests-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ relative: String) -> String { url.appending(path: relative).path }

  /// Writes a file, and makes the folders above it.
  @discardableResult
  func write(_ relative: String, _ text: String) throws -> String {
    let file = url.appending(path: relative)
    try makeFolder(above: file)
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }

  func copy(_ source: URL, to relative: String) throws {
    let target = url.appending(path: relative)
    try makeFolder(above: target)
    try FileManager.default.copyItem(at: source, to: target)
  }

  func folder(_ relative: String) throws -> String {
    let folder = url.appending(path: relative)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.path
  }

  func text(_ relative: String) throws -> String {
    try String(contentsOf: url.appending(path: relative), encoding: .utf8)
  }

  func has(_ relative: String) -> Bool { FileManager.default.fileExists(atPath: path(relative)) }

  /// Paths of the files below a folder, relative to it, sorted.
  func files(below relative: String) throws -> [String] {
    try Checkout.files(below: url.appending(path: relative))
  }

  private func makeFolder(above file: URL) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
  }
}
