import Foundation
import Testing

@testable import AnsibleModule

/// The options that modules share for files: backup, chattr's attributes, unsafe writes, follow.
@Suite final class FileOptionsTests {
  let folder: String
  var path: String { folder + "/file" }

  init() throws {
    folder = NSTemporaryDirectory() + "options-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("old".utf8).write(to: URL(filePath: path))
    _ = chmod(path, 0o640)
  }

  deinit {
    _ = try? Command(["chattr", "-R", "-i", folder]).run()
    try? FileManager.default.removeItem(atPath: folder)
  }

  private func write(_ text: String, _ options: JSONObject = [:]) -> JSONObject {
    let spec = ModuleSpec(
      "example", supportsCheckMode: true,
      arguments: ArgumentSpec(
        [Option("path", .path, required: true), Option("backup", .bool, default: false)]
          + ArgumentSpec.fileOptions))
    var arguments = options
    arguments["path"] = .string(path)
    return Module.execute(spec, arguments: JSONValue.object(arguments).jsonBytes) {
      invocation throws(ModuleFailure) in
      let path = try invocation.parameters.string("path")
      let file = try ManagedFile(path, &invocation)
      let same = try file.contents(limit: 100) == Array(text.utf8)
      return try file.write(same ? nil : Array(text.utf8), diff: nil, invocation)
    }
  }

  private func apply(_ options: JSONObject) -> JSONObject {
    var arguments = options
    arguments["_ansible_diff"] = true
    return Module.execute(
      FileOptionsOracleTests.spec, arguments: JSONValue.object(arguments).jsonBytes
    ) { invocation throws(ModuleFailure) in
      try invocation.applyFileOptions(to: try invocation.parameters.string("path"))
    }
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func aBackupHasTheOldContentAndMode() throws {
    let foreseen = write("new", ["backup": true, "_ansible_check_mode": true])
    #expect(foreseen["backup_file"]?.string?.hasSuffix("~") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    let output = write("new", ["backup": true])
    let backup = try #require(output["backup_file"]?.string)
    #expect(backup.hasPrefix("\(path).\(getpid()).20"))
    #expect(try text(backup) == "old")
    #expect(try FileStatus.of(backup)?.mode == 0o640)
    #expect(try text(path) == "new")
    #expect(write("new", ["backup": true])["backup_file"] == nil)
  }

  @Test func attributesAreThoseOfChattr() throws {
    let file: JSONObject = ["path": .string(path)]
    func with(_ attributes: String) -> JSONObject {
      var arguments = file
      arguments["attributes"] = .string(attributes)
      return apply(arguments)
    }
    let shown = try Command(["lsattr", "-d", path]).run().text.prefix { $0 != " " }
    let before = String(shown.filter { $0 != "-" })
    let first = with("+d")
    #expect(first["changed"] == true, "\(first)")
    #expect(
      first["diff"] == [
        "before": ["attributes": .string(before)], "after": ["attributes": "+d"],
      ])
    #expect(try Command(["lsattr", "-d", path]).run().text.prefix { $0 != " " }.contains("d"))
    #expect(with("+d")["changed"] == false)
    #expect(with("d")["changed"] == false)
    #expect(with("-d")["changed"] == true)
    #expect(with("-d")["changed"] == false)
    #expect(with("+q")["msg"] == "attributes has the letter +q, which chattr does not have")
    #expect(with("")["changed"] == false)
  }

  @Test func anImmutableFileIsNamedWithWhatToDo() throws {
    #expect(write("new", ["attributes": "+i"])["changed"] == true)
    let refused = write("newer")
    #expect(
      refused["msg"]
        == .string(
          "cannot replace \(path): Operation not permitted; it may be immutable (see lsattr), or"
            + " this needs root (become: true)"))
    let unsafe = write("newer", ["unsafe_writes": true])
    #expect(unsafe["failed"] == true)
    #expect(try text(path) == "new")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
  }

  @Test func anUnsafeWriteIsForAFileThatCannotBeReplaced() throws {
    #expect(try Command(["mount", "--bind", path, path]).run().code == 0)
    defer { _ = try? Command(["umount", path]).run() }
    let refused = write("new")
    #expect(refused["msg"] == .string("cannot replace \(path): Device or resource busy"))
    #expect(try text(path) == "old")
    #expect(write("new", ["unsafe_writes": true, "mode": "0600"])["changed"] == true)
    #expect(try text(path) == "new")
    #expect(try FileStatus.of(path)?.mode == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
  }

  @Test func aReadOnlyFileSystemIsNamed() throws {
    let mount = folder + "/mount"
    _ = mkdir(mount, 0o755)
    #expect(try Command(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", mount]).run().code == 0)
    defer { _ = try? Command(["umount", mount]).run() }
    let failure = #expect(throws: ModuleFailure.self) {
      try replaceFile(mount + "/x", with: [], attributes: FileAttributes(), existing: nil)
    }
    #expect(failure?.message.contains("Read-only file system; choose a path on a file") == true)
  }

  @Test func aSymlinkIsFollowedWhereThatIsAsked() throws {
    let link = folder + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    let output = apply(["path": .string(link), "mode": "0600", "follow": true])
    #expect(output["changed"] == true, "\(output)")
    #expect(output["path"] == .string(path))
    #expect(try FileStatus.of(path)?.mode == 0o600)
    let refused = apply(["path": .string(link), "mode": "0644"])
    #expect(
      refused["msg"]
        == .string(
          "\(link) is a symlink, which has no mode and attributes; follow: true changes those of the"
            + " file it points to"))
    // It has an owner.
    #expect(apply(["path": .string(link), "owner": "nobody"])["changed"] == true)
    #expect(try FileStatus.of(path)?.owner == 0)
    #expect(try FileStatus.of(link)?.owner == 65534)
  }

  @Test func withoutSELinuxItsOptionsHaveNoEffect() {
    #expect(!SecurityContext.isOn)
    let output = apply(["path": .string(path), "setype": "etc_t", "selevel": "s0"])
    #expect(output["changed"] == false)
    #expect(output["diff"] == nil)
  }

  @Test func partsOfAContextAreReplaced() {
    let context = SecurityContext(parts: [nil, nil, "etc_t", nil])
    #expect(
      context.context(changing: "system_u:object_r:tmp_t:s0:c1,c2", usual: [])
        == "system_u:object_r:etc_t:s0:c1,c2")
    #expect(SecurityContext.split("a:b:c") == ["a", "b", "c"])
  }
}
