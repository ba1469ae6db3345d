import Foundation
import Testing

@testable import AnsibleModule

/// Files as root sees them; `make test` runs as root.
@Suite final class FilesTests {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "files-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func write(_ text: String, to name: String, mode: Int = 0o644) throws -> String {
    let path = "\(folder)/\(name)"
    try Data(text.utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
  }

  @Test func aNewFileHasItsModeAndOwner() throws {
    let path = folder + "/new"
    let attributes = FileAttributes(
      owner: .init(name: "nobody", id: Accounts.userID("nobody")),
      group: .init(name: "nogroup", id: Accounts.groupID("nogroup")),
      mode: try FileMode("0640"))
    try replaceFile(path, with: Array("x".utf8), attributes: attributes, existing: nil)
    let status = try #require(try FileStatus.of(path))
    #expect(status.mode == 0o640)
    #expect(Accounts.userName(status.owner) == "nobody")
    #expect(Accounts.groupName(status.group) == "nogroup")
    #expect(try attributes.difference(from: status, at: path) == nil)
    #expect(try names == ["new"])
  }

  @Test func whatIsNotAskedForStaysAsItWas() throws {
    let path = try write("old", to: "kept", mode: 0o4751)
    let before = try #require(try FileStatus.of(path))
    try replaceFile(path, with: Array("new".utf8), attributes: FileAttributes(), existing: before)
    let after = try #require(try FileStatus.of(path))
    #expect(after.mode == 0o4751)
    #expect(try readFile(path, limit: 10) == Array("new".utf8))
  }

  /// A folder of which something reads every file never has one that is not whole.
  @Test func aFileCanBeWrittenBesideItsFolder() throws {
    let inner = folder + "/conf.d"
    try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: false)
    _ = try write("part", to: ".ansible_tmp.target.abandoned")
    _ = try write("part", to: "conf.d/.ansible_tmp.target.other")
    try replaceFile(
      inner + "/target", with: Array("x".utf8), attributes: FileAttributes(), existing: nil,
      stage: folder)
    #expect(try readFile(inner + "/target", limit: 10) == Array("x".utf8))
    #expect(try names == ["conf.d"])
    #expect(
      try namesInDirectory(inner).sorted() == [".ansible_tmp.target.other", "target"],
      "only its stage was touched beside it")
    #expect(throws: ModuleFailure.self) { try namesInDirectory(folder + "/nowhere") }
  }

  @Test func whatAKilledRunLeftIsRemovedAndWhatALiveOneHoldsIsNot() throws {
    let path = try write("old", to: "target")
    _ = try write("part", to: ".ansible_tmp.target.abandoned")
    let live = try OpenFile(reading: try write("part", to: ".ansible_tmp.target.live"))
    #expect(flock(live.descriptor, LOCK_EX | LOCK_NB) == 0)
    _ = try write("part", to: ".ansible_tmp.other.abandoned")
    try replaceFile(
      path, with: [], attributes: FileAttributes(), existing: try FileStatus.of(path))
    #expect(
      try names == [".ansible_tmp.other.abandoned", ".ansible_tmp.target.live", "target"])
  }

  @Test func aRefusedReplacementLeavesNothing() throws {
    let path = folder + "/folder"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    let failure = #expect(throws: ModuleFailure.self) {
      try replaceFile(path, with: [1], attributes: FileAttributes(), existing: nil)
    }
    #expect(failure?.message == "cannot replace \(path): Is a directory")
    #expect(try names == ["folder"])
  }

  @Test func readingNamesThePathAndTheReason() throws {
    func message(_ path: String) -> String? {
      #expect(throws: ModuleFailure.self) { try readFile(path, limit: 3) }?.message
    }
    #expect(message(folder) == "\(folder) is a directory")
    #expect(message("/nosuch/file") == "cannot open /nosuch/file: No such file or directory")
    #expect(message("/dev/null") == "/dev/null is not a regular file")
    #expect(message("") == "the path is empty")
    #expect(message("a\0b") == "the path has a NUL byte")
    let big = try write("1234", to: "big")
    #expect(message(big) == "\(big) has 4 bytes, more than the 3 it may have")
    let pipe = folder + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(message(pipe) == "\(pipe) is not a regular file")
  }

  @Test func aSymlinkIsNotFollowedByAChangeOfMode() throws {
    let target = try write("x", to: "target", mode: 0o600)
    let link = folder + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    let status = try #require(try FileStatus.of(target))
    #expect(throws: ModuleFailure.self) {
      try FileAttributes(mode: .bits(0o666)).apply(to: link, status)
    }
    #expect(try FileStatus.of(target)?.mode == 0o600)
  }

  @Test func missingFoldersAreMadeAndOnlyTheLastGetsTheAttributes() throws {
    let path = folder + "/a/b/c"
    let nobody = try #require(Accounts.userID("nobody"))
    let made = try makeDirectory(
      path,
      attributes: FileAttributes(owner: .init(name: "nobody", id: nobody), mode: .bits(0o700)))
    #expect(made == ["a", "a/b", "a/b/c"].map { "\(folder)/\($0)" })
    #expect(try FileStatus.of(folder + "/a")?.mode == 0o755)
    #expect(try FileStatus.of(folder + "/a/b")?.owner == 0)
    let last = try FileStatus.of(path)
    #expect(last?.mode == 0o700)
    #expect(last?.owner == nobody)
    #expect(try makeDirectory(path, attributes: FileAttributes(mode: .bits(0o777))) == [])
    #expect(try FileStatus.of(path)?.mode == 0o700)
    #expect(throws: ModuleFailure.self) {
      try makeDirectory(try write("", to: "file") + "/below", attributes: FileAttributes())
    }
  }

  @Test(arguments: [
    ("/a/b", "/a", "b"), ("/a", "/", "a"), ("a", ".", "a"), ("/a//b//", "/a", "b"), ("//", "/", ""),
    ("a/b", "a", "b"),
  ])
  func pathsAreSplit(path: String, folder: String, name: String) {
    let split = splitPath(path)
    #expect(split.folder == folder)
    #expect(split.name == name)
  }
}
