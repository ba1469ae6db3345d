import Foundation

/// Files below a folder.
enum FileTree {
  /// Folders that tools leave behind.
  private static let caches = ["/.ruff_cache/", "/__pycache__/"]

  /// Paths relative to the folder, sorted; none when there is no such folder.
  static func files(below folder: URL) throws -> [String] {
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { path in
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(
        atPath: folder.appending(path: path).path, isDirectory: &isFolder)
      return exists && !isFolder.boolValue && !caches.contains { "/\(path)".contains($0) }
    }.sorted()
  }

  static func isExecutable(_ file: URL) -> Bool {
    let mode =
      (try? FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]) as? Int
    return (mode ?? 0) & 0o100 != 0
  }

  /// Writes a file whole or not at all, with the folders it needs.
  static func write(_ bytes: [UInt8], to file: URL, executable: Bool) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file, options: .atomic)
    try FileManager.default.setAttributes(
      [.posixPermissions: executable ? 0o755 : 0o644], ofItemAtPath: file.path)
  }

  /// Removes a file, and the folders that become empty, up to `top`.
  static func remove(_ file: URL, upTo top: URL) throws {
    try FileManager.default.removeItem(at: file)
    var folder = file.deletingLastPathComponent()
    while folder.path != top.path,
      try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty
    {
      try FileManager.default.removeItem(at: folder)
      folder.deleteLastPathComponent()
    }
  }
}
