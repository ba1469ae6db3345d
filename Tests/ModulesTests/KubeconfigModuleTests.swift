import Foundation
import JSON
import TestSupport
import Testing

/// The module `kubeconfig` as a process; as root, since it gives files away.
@Suite(.blocking) final class KubeconfigModuleTests {
  let module = RunModule(name: "kubeconfig")
  let folder: String
  let source: String
  var path: String { folder + "/home/.kube/config" }

  init() throws {
    folder = NSTemporaryDirectory() + "module-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    source = folder + "/admin.conf"
    try Data(RealKubeconfig.first.text.utf8).write(to: URL(filePath: source))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func run(_ arguments: JSONObject, asUser user: String? = nil) throws -> RunModule.Outcome
  {
    var arguments = arguments
    if arguments["path"] == nil && arguments["dest"] == nil { arguments["path"] = .string(path) }
    let outcome = try module(arguments, asUser: user, in: folder)
    if arguments["state"] != "read" {
      #expect(!outcome.text.contains(RealKubeconfig.first.key), "the key is in the output")
    }
    return outcome
  }

  private func attributes(_ path: String) throws -> (mode: Int, owner: String, group: String) {
    let found = try FileManager.default.attributesOfItem(atPath: path)
    return (
      (found[.posixPermissions] as? Int) ?? -1, (found[.ownerAccountName] as? String) ?? "",
      (found[.groupOwnerAccountName] as? String) ?? ""
    )
  }

  private var delivered: String? { try? String(contentsOfFile: path, encoding: .utf8) }

  @Test func theWholeCycle() throws {
    let asked: JSONObject = [
      "src": .string(source), "owner": "nobody", "group": "nogroup", "_ansible_diff": true,
    ]
    var inCheckMode = asked
    inCheckMode["_ansible_check_mode"] = true

    #expect(try run(["state": "absent"]).changed == false)
    #expect(try run(inCheckMode).changed == true)
    #expect(!FileManager.default.fileExists(atPath: folder + "/home"))

    let first = try run(asked)
    #expect(first.changed == true)
    #expect(delivered == RealKubeconfig.first.text)
    #expect(try attributes(path) == (0o600, "nobody", "nogroup"))
    #expect(try attributes(folder + "/home/.kube") == (0o700, "nobody", "nogroup"))
    #expect(try attributes(folder + "/home") == (0o755, "root", "root"))
    #expect(first.output["owner"] == "nobody")
    #expect(first.output["mode"] == "0600")
    #expect(first.output["state"] == "file")
    #expect(first.output["server"] == "https://198.18.236.9:6443")
    #expect(first.output["current_context"] == "kubernetes-admin@kubernetes")
    #expect(first.output["contexts"] == ["kubernetes-admin@kubernetes"])
    #expect(first.output["cluster"] == "kubernetes")
    #expect(first.output["user"] == "kubernetes-admin")

    let inode = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    let again = try run(asked)
    #expect(again.changed == false)
    #expect(again.output["diff"] == nil)
    #expect(
      try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int == inode)
    #expect(try run(inCheckMode).changed == false)

    try Data(RealKubeconfig.second.text.utf8).write(to: URL(filePath: source))
    let foreseen = try run(inCheckMode)
    #expect(foreseen.changed == true)
    #expect(delivered == RealKubeconfig.first.text)
    let updated = try run(asked)
    #expect(updated.changed == true)
    #expect(updated.output["diff"] == foreseen.output["diff"])
    #expect(delivered == RealKubeconfig.second.text)
    #expect(try attributes(path) == (0o600, "nobody", "nogroup"))

    #expect(try run(["state": "absent", "_ansible_check_mode": true]).changed == true)
    #expect(delivered != nil)
    let gone = try run(["state": "absent"])
    #expect(gone.changed == true)
    #expect(gone.output["state"] == "absent")
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/home/.kube") == [])
  }

  @Test func aDifferenceShowsWhatChangesAndNoSecret() throws {
    _ = try run(["src": .string(source)])
    let outcome = try run([
      "content": .string(RealKubeconfig.second.text), "mode": "0640", "_ansible_diff": true,
    ])
    #expect(outcome.changed == true)
    let diffs = try #require(outcome.output["diff"]?.array)
    let (before, after) = (diffs[0]["before"]?.string ?? "", diffs[0]["after"]?.string ?? "")
    #expect(diffs[0]["before_header"] == .string(path))
    #expect(before.contains("server: https://198.18.236.9:6443\n"))
    #expect(after.contains("server: https://198.18.236.10:6443\n"))
    #expect(before.contains("client-key-data: (hidden, old value)\n"))
    #expect(after.contains("client-key-data: (hidden, new value)\n"))
    #expect(!outcome.text.contains(RealKubeconfig.second.key))
    #expect(diffs[1] == ["before": ["mode": "0600"], "after": ["mode": "0640"]])
    #expect(
      outcome.output["invocation"]?["module_args"]?["content"]
        == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER")
  }

  @Test func aReplacedFileIsKeptWhereThatIsAsked() throws {
    _ = try run(["src": .string(source)])
    let asked: JSONObject = [
      "content": .string(RealKubeconfig.second.text), "backup": true, "attributes": "+d",
    ]
    let outcome = try run(asked)
    let backup = try #require(outcome.output["backup_file"]?.string)
    #expect(try String(contentsOfFile: backup, encoding: .utf8) == RealKubeconfig.first.text)
    #expect(try attributes(backup).mode == 0o600)
    #expect(delivered == RealKubeconfig.second.text)
    let again = try run(asked)
    #expect(again.changed == false)
    #expect(again.output["backup_file"] == nil)
  }

  @Test func whatIsThereAndNoKubeconfigIsReplacedAndNotShown() throws {
    let target = folder + "/config"
    try Data("hunter2\n".utf8).write(to: URL(filePath: target))
    let outcome = try run([
      "dest": .string(target), "src": .string(source), "_ansible_diff": true,
    ])
    #expect(outcome.changed == true)
    #expect(!outcome.text.contains("hunter2"))
    #expect(
      outcome.output["diff"]?.array?.first?["before"] == "(no kubeconfig, 8 bytes)\n")
  }

  @Test func attributesAloneAreMended() throws {
    _ = try run(["src": .string(source)])
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let outcome = try run(["src": .string(source), "group": "nogroup", "_ansible_diff": true])
    #expect(outcome.changed == true)
    #expect(try attributes(path) == (0o600, "root", "nogroup"))
    #expect(outcome.output["diff"]?["before"]?["mode"] == "0644")
    #expect(try run(["src": .string(source), "group": "nogroup"]).changed == false)
  }

  @Test func anExistingFolderKeepsItsOwnerUnlessAskedOtherwise() throws {
    let parent = folder + "/home/.kube"
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: parent)
    _ = try run(["src": .string(source), "owner": "nobody"])
    #expect(try attributes(parent) == (0o755, "root", "root"))
    let asked: JSONObject = [
      "src": .string(source), "owner": "nobody", "directory_owner": "nobody",
      "directory_group": "nogroup", "directory_mode": "u=rwx,go=",
    ]
    #expect(try run(asked).changed == true)
    #expect(try attributes(parent) == (0o700, "nobody", "nogroup"))
    #expect(try run(asked).changed == false)
  }

  @Test func aFolderThatIsASymlinkIsNotGivenAway() throws {
    let real = folder + "/real"
    let link = folder + "/link"
    try FileManager.default.createDirectory(atPath: real, withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: real)
    let through: JSONObject = ["path": .string(link + "/config"), "src": .string(source)]
    #expect(try run(through).changed == true)
    var giving = through
    giving["directory_owner"] = "nobody"
    #expect(try run(giving).message.hasPrefix("\(link) is a symlink, whose owner"))
    #expect(try attributes(real).owner == "root")
  }

  @Test func readingReturnsTheContentAndChangesNothing() throws {
    let outcome = try run(["path": .string(source), "state": "read"])
    #expect(outcome.changed == false)
    #expect(outcome.output["content"] == .string(RealKubeconfig.first.text))
    #expect(outcome.output["server"] == "https://198.18.236.9:6443")
    let missing = try run(["state": "read"])
    #expect(missing.failed)
    #expect(missing.message == "cannot open \(path): No such file or directory")
  }

  @Test(arguments: [
    ("empty", "", "it is empty"),
    ("HTML", "<html><body>502 Bad Gateway</body></html>\n", "it is an HTML or XML page"),
    ("truncated YAML", "clusters:\n- cluster: {server: \"https://", "it is not YAML: "),
    ("binary", "\u{7f}ELF\u{2}\u{1}\0\0", "it is binary"),
    ("another shape", "- 1\n- 2\n", "it is no mapping"),
    ("no current context", "apiVersion: v1\nkind: Config\n", "it has no current-context"),
    ("several documents", "kind: Config\n---\nkind: Config\n", "it has 2 YAML documents"),
  ])
  func aBadSourceLeavesTheOldFileUntouched(kind: String, text: String, reason: String) throws {
    _ = try run(["src": .string(source), "owner": "nobody"])
    let bad = folder + "/bad"
    try Data(text.utf8).write(to: URL(filePath: bad))
    for check in [false, true] {
      let outcome = try run([
        "src": .string(bad), "owner": "root", "mode": "0644", "_ansible_check_mode": .bool(check),
      ])
      #expect(outcome.failed)
      #expect(
        outcome.message.hasPrefix("\(bad) is no kubeconfig that can be used: \(reason)"),
        "\(outcome.message)")
    }
    #expect(delivered == RealKubeconfig.first.text)
    #expect(try attributes(path) == (0o600, "nobody", "root"))
  }

  @Test func aMissingUserIsNamed() throws {
    let text = RealKubeconfig.first.text.replacingOccurrences(
      of: "- name: kubernetes-admin\n", with: "- name: somebody\n")
    let outcome = try run(["content": .string(text)])
    #expect(
      outcome.message == "content is no kubeconfig that can be used: context"
        + " \"kubernetes-admin@kubernetes\" names the user \"kubernetes-admin\", which is not in"
        + " its users; add it, or choose a context that is complete")
    #expect(!FileManager.default.fileExists(atPath: folder + "/home"))
  }

  @Test func fiftyMegabytesAreNotRead() throws {
    let big = folder + "/big"
    #expect(FileManager.default.createFile(atPath: big, contents: nil))
    try FileHandle(forWritingTo: URL(filePath: big)).truncate(atOffset: 50 << 20)
    let outcome = try run(["src": .string(big)])
    #expect(
      outcome.message == "\(big) has 52428800 bytes, more than the 1048576 it may have")
  }

  @Test func whatCannotBeReplacedIsNamed() throws {
    let link = folder + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: source)
    let refused = try run(["path": .string(link), "src": .string(source)])
    #expect(
      refused.message
        == "\(link) is a symlink; name the file it points to, set follow to true, or remove the link"
    )
    let folderAsPath = try run(["path": .string(folder), "src": .string(source)])
    #expect(folderAsPath.message == "\(folder) is a directory; name the file in it")
    let below = try run(["path": .string(source + "/config"), "src": .string(source)])
    #expect(below.failed)
    #expect(below.message.contains("Not a directory"))
    #expect(try run(["path": .string(folder), "state": "absent"]).failed)
    #expect(try run(["path": .string(link), "state": "absent"]).changed == true)
    #expect(try String(contentsOfFile: source, encoding: .utf8) == RealKubeconfig.first.text)
  }

  @Test func aSymlinkIsFollowedWhereThatIsAsked() throws {
    let real = folder + "/real"
    let link = folder + "/link"
    try Data("old\n".utf8).write(to: URL(filePath: real))
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real")
    let asked: JSONObject = [
      "path": .string(link), "src": .string(source), "follow": true, "backup": true,
    ]
    var inCheckMode = asked
    inCheckMode["_ansible_check_mode"] = true
    #expect(try run(inCheckMode).changed == true)
    #expect(try String(contentsOfFile: real, encoding: .utf8) == "old\n")
    let first = try run(asked)
    #expect(first.output["path"] == .string(real))
    #expect(first.output["backup_file"]?.string?.hasPrefix(real + ".") == true)
    #expect(try String(contentsOfFile: real, encoding: .utf8) == RealKubeconfig.first.text)
    #expect(try run(asked).changed == false)

    // Attributes alone, of the file too.
    var attributesAlone = asked
    attributesAlone["mode"] = "0640"
    #expect(try run(attributesAlone).changed == true)
    #expect(try attributes(real).mode == 0o640)
    attributesAlone["follow"] = false
    #expect(try run(attributesAlone).message.contains("set follow to true"))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real")

    // As ansible.builtin.copy: what points to nothing is no destination, and is itself replaced.
    try FileManager.default.removeItem(atPath: real)
    #expect(try run(inCheckMode).changed == true)
    #expect(try run(asked).output["path"] == .string(link))
    #expect(try String(contentsOfFile: link, encoding: .utf8) == RealKubeconfig.first.text)
    #expect(!FileManager.default.fileExists(atPath: real))
  }

  /// A service user has put a symlink where the folder or the file should be.
  @Test func aSymlinkOfSomebodyElseIsRefused() throws {
    let victim = folder + "/victim"
    try FileManager.default.createDirectory(atPath: victim, withIntermediateDirectories: false)
    try Data("secret\n".utf8).write(to: URL(filePath: victim + "/config"))
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/home", withDestinationPath: victim)
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/config", withDestinationPath: victim + "/config")
    for name in ["home", "config"] { #expect(lchown("\(folder)/\(name)", 65534, 65534) == 0) }
    for (path, link) in [
      ("home/config", "home"), ("home/.kube/config", "home"), ("config", "config"),
    ] {
      for check in [false, true] {
        let outcome = try run([
          "path": .string("\(folder)/\(path)"), "src": .string(source), "follow": true,
          "owner": "nobody", "mode": "0666", "_ansible_check_mode": .bool(check),
        ])
        #expect(outcome.message.hasPrefix("\(folder)/\(link) is a symlink of nobody, who"))
      }
    }
    #expect(
      try run(["path": .string(folder + "/home/config"), "state": "absent"]).message
        .contains("chown -h root \(folder)/home"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: victim) == ["config"])
    #expect(try String(contentsOfFile: victim + "/config", encoding: .utf8) == "secret\n")
    #expect(try attributes(victim + "/config").owner == "root")
  }

  @Test func accountsThatDoNotExist() throws {
    let owner = try run(["src": .string(source), "owner": "nosuchuser"])
    #expect(owner.message == "chown failed: failed to look up user nosuchuser")
    let group = try run(["src": .string(source), "group": "nosuchgroup"])
    #expect(group.message == "chgrp failed: failed to look up group nosuchgroup")
    #expect(delivered == nil)
    // An earlier task of the play may be the one that makes them.
    let check = try run([
      "src": .string(source), "owner": "nosuchuser", "_ansible_check_mode": true,
    ])
    #expect(check.changed == true)
    #expect(check.output["warnings"] == ["chown failed: failed to look up user nosuchuser"])
  }

  @Test func withoutPermission() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: source)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
    let unreadable = try run(["src": .string(source)], asUser: "nobody")
    #expect(
      unreadable.message
        == "cannot open \(source): Permission denied; become a user who may (become: true)")
    let unwritable = try run(
      ["content": .string(RealKubeconfig.first.text)], asUser: "nobody")
    #expect(
      unwritable.message == "cannot create the directory \(folder)/home: Permission denied;"
        + " become a user who may (become: true)")
  }

  @Test func parametersAreValidatedAsAnsibleDoes() throws {
    let both = try run(["src": "/a", "content": "b"])
    #expect(both.message == "parameters are mutually exclusive: src|content")
    #expect(
      try run([:]).message
        == "state is present but any of the following are missing: src, content")
    #expect(
      try run(["state": "there"]).message
        == "value of state must be one of: present, absent, read, info, got: there")
    #expect(
      try run(["src": .string(source), "mode": "rw"]).message
        == "mode must be in octal or symbolic form")
  }

  @Test func argumentsThatCannotBeRead() throws {
    #expect(try module.run([]).message.hasPrefix("usage: kubeconfig FILE"))
    #expect(
      try module.run(["/nosuch"]).message
        == "cannot read the arguments of the module: cannot open /nosuch: No such file or directory"
    )
    let file = folder + "/arguments"
    for (text, message) in [
      ("", "not JSON: unexpected end"), ("{\"path\"", "not JSON: unexpected end"),
      ("[]", "not a JSON object"), (String(repeating: "[", count: 50_000), "nested too deeply"),
    ] {
      try Data(text.utf8).write(to: URL(filePath: file))
      #expect(try module.run([file]).message.contains(message))
    }
    try FileHandle(forWritingTo: URL(filePath: file)).truncate(atOffset: 100 << 20)
    #expect(
      try module.run([file]).message
        == "cannot read the arguments of the module: \(file) has 104857600 bytes, more than the 16777216 it may have"
    )
  }

  @Test func argumentsFromStandardInput() throws {
    let arguments: JSONValue = ["path": .string(source), "state": "read"]
    let outcome = try module.run(["-"], input: Data(arguments.jsonBytes))
    #expect(outcome.output["server"] == "https://198.18.236.9:6443")
  }

  /// Half a surrogate pair stands for a byte of a name that is not UTF-8.
  @Test func theOutputIsUTF8WhateverCameIn() throws {
    let file = folder + "/arguments"
    try Data(#"{"path": "/tmp/\udc80", "state": "read"}"#.utf8).write(to: URL(filePath: file))
    #expect(
      try module.run([file]).message == "cannot open /tmp/\u{FFFD}: No such file or directory")
  }
}
