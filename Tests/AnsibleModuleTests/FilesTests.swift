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
    let file = try OpenFile(reading: path)
    #expect(try attributes.difference(from: status, of: file) == nil)
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
    let place = try FilePlace(link)
    let status = try #require(place.existing)
    #expect(throws: ModuleFailure.self) {
      try FileAttributes(mode: .bits(0o666)).apply(
        to: OpenFile(holding: place.name, in: place.folder), status)
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

  private func link(_ name: String, to target: String, owner: uid_t) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/\(name)", withDestinationPath: target)
    #expect(lchown("\(folder)/\(name)", owner, owner) == 0)
  }

  /// Root's links are an administrator's, absolute, relative or to where nothing is yet.
  @Test(arguments: ["%/real", "real", "./x/../real"])
  func aFolderMayBeASymlinkOfRoots(target: String) throws {
    for name in ["real", "x"] { #expect(mkdir("\(folder)/\(name)", 0o755) == 0) }
    try link("link", to: target.replacingOccurrences(of: "%", with: folder), owner: 0)
    try replaceFile(
      "\(folder)/link/file", with: [1], attributes: FileAttributes(), existing: nil)
    _ = try makeDirectory("\(folder)/link/a/b", attributes: FileAttributes())
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/real").count == 2)
    #expect(rmdir("\(folder)/real/a/b") == 0 && rmdir("\(folder)/real/a") == 0)
    try removeFile("\(folder)/link/file")
    #expect(rmdir("\(folder)/real") == 0)
    #expect(try makeDirectory(folder + "/link", attributes: FileAttributes()).count == 1)
    #expect(try FileStatus.of(folder + "/real")?.kind == .directory)
  }

  /// In the last place and in the middle: whoever owns the link would choose the folder.
  @Test(arguments: ["", "/deep/er"])
  func aSymlinkOfSomebodyElseIsNoFolder(below: String) throws {
    let victim = folder + "/victim"
    try FileManager.default.createDirectory(
      atPath: victim + below, withIntermediateDirectories: true)
    try link("link", to: victim, owner: 65534)
    let path = "\(folder)/link\(below)/file"
    func refuses(_ what: () throws -> Void) {
      let failure = #expect(throws: ModuleFailure.self) { try what() }
      #expect(
        failure?.message
          == "\(folder)/link is a symlink of nobody, who decides where it leads: it is"
          + " not followed; name the path that it points to, or give the link to root"
          + " (chown -h root \(folder)/link)")
    }
    refuses { try replaceFile(path, with: [1], attributes: FileAttributes(), existing: nil) }
    refuses { try removeFile(path) }
    refuses { _ = try makeDirectory(path, attributes: FileAttributes()) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: victim + below) == [])
  }

  @Test func symlinksInACircleEnd() throws {
    try link("one", to: "two", owner: 0)
    try link("two", to: folder + "/one", owner: 0)
    for path in [folder + "/one/file", folder + "/one"] {
      let failure = #expect(throws: ModuleFailure.self) { try FilePlace(path, follows: true) }
      #expect(failure?.message.contains("Too many levels of symbolic links") == true)
    }
  }

  /// The owner of a folder swaps it for a symlink after a module has looked: the module goes on in
  /// the folder it has looked at, and what the link points to stays untouched.
  @Test func aFolderThatIsSwappedMeanwhileIsStillTheOneThatWasFound() throws {
    let (home, victim) = (folder + "/home", folder + "/victim")
    for path in [home, victim] { #expect(mkdir(path, 0o755) == 0) }
    _ = try write("secret", to: "victim/config", mode: 0o600)
    _ = try write("old", to: "home/config")
    var place = try FilePlace(home + "/config")
    var missing = try FilePlace(home + "/a/b/config")
    #expect(rename(home, folder + "/moved") == 0)
    try link("home", to: victim, owner: 65534)

    try place.folder.replace(
      "config", with: Array("new".utf8), FileAttributes(mode: .bits(0o666)), place.existing)
    #expect(try text("moved/config") == "new")
    _ = try place.backUp(isCheckMode: false)
    let file = try OpenFile(holding: "config", in: place.folder)
    try FileAttributes(owner: .init(name: "nobody", id: 65534)).apply(to: file, file.status())
    #expect(try FileStatus.of(folder + "/moved/config")?.owner == 65534)
    try place.folder.remove("config")
    #expect(try missing.walk.makeMissing(FileAttributes()).count == 2)
    #expect(try FileStatus.of(folder + "/moved/a/b")?.kind == .directory)
    #expect(try place.walk.makeMissing(FileAttributes()) == [])

    #expect(try FileManager.default.contentsOfDirectory(atPath: victim) == ["config"])
    #expect(try text("victim/config") == "secret")
    let kept = try FileStatus.of(victim + "/config")
    #expect(kept?.mode == 0o600 && kept?.owner == 0)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
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
