import Foundation
import TestSupport
import Testing

/// A checkout in a temporary folder, with what the command reads: the template and the changelog of
/// the project. Removed with the last reference.
final class Checkout {
  let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "mcapi-\(UUID().uuidString)")
    try create(folder: "Sources/Collection")
    for name in ["collection-template", "CHANGELOG.md"] {
      // A copy of a symbolic link would lead the tests out of their folder.
      try FileManager.default.copyItem(
        at: ProjectFolder.root.appending(path: name).resolvingSymlinksInPath(),
        to: root.appending(path: name))
    }
    try write("", to: "Package.swift")
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  static let collection = "galaxy/ansible_collections/osa_ops/mcapi_vexxhost"

  func url(_ path: String) -> URL { root.appending(path: path) }
  /// The place of a file of the generated collection.
  func galaxy(_ path: String) -> String { "\(Self.collection)/\(path)" }

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: url(path).path) }

  func read(_ path: String) throws -> String { try String(contentsOf: url(path), encoding: .utf8) }

  func write(_ text: String, to path: String, mode: Int = 0o644) throws {
    try create(folder: url(path).deletingLastPathComponent().path(relativeTo: root))
    try Data(text.utf8).write(to: url(path))
    try setMode(mode, of: path)
  }

  func create(folder: String) throws {
    try FileManager.default.createDirectory(
      at: root.appending(path: folder), withIntermediateDirectories: true)
  }

  func remove(_ path: String) throws { try FileManager.default.removeItem(at: url(path)) }

  func setMode(_ mode: Int, of path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url(path).path)
  }

  func mode(of path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: url(path).path)[.posixPermissions] as? Int
  }

  /// What `stat` tells of every file under galaxy/: a file that is written anew has another inode.
  func state() throws -> [String: [Int]] {
    guard exists("galaxy") else { return [:] }
    var state: [String: [Int]] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: url("galaxy").path) {
      var status = stat()
      try #require(stat(url("galaxy/\(path)").path, &status) == 0)
      guard status.st_mode & S_IFMT == S_IFREG else { continue }
      state[path] = [
        Int(status.st_ino), status.st_mtim.tv_sec, status.st_mtim.tv_nsec, Int(status.st_mode),
      ]
    }
    return state
  }
}

extension URL {
  fileprivate func path(relativeTo root: URL) -> String {
    String(path.dropFirst(root.path.count + 1))
  }
}
