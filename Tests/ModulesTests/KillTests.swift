import Foundation
import JSON
import TestSupport
import Testing

/// A module killed before each of its system calls in turn, by strace: what it leaves is what was
/// there before or what it was asked for, never something that others may see too much of, and the
/// next run ends as if there had been no kill.
@Suite(.serialized, .blocking) final class KillTests {
  private let module = RunModule(name: "kubeconfig")
  private let folder = NSTemporaryDirectory() + "kill-" + UUID().uuidString
  private var target: String { folder + "/target" }
  private var arguments: String { folder + "/arguments" }

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  @Test func aFileIsReplaced() throws {
    try killEverywhere(path: "config") {
      try Data(RealKubeconfig.second.text.utf8).write(to: URL(filePath: "\(target)/config"))
      try FileManager.default.setAttributes(
        [
          .posixPermissions: 0o604, .ownerAccountName: "nobody", .groupOwnerAccountName: "nogroup",
        ], ofItemAtPath: "\(target)/config")
    }
  }

  @Test func aFileAndItsFoldersAreMade() throws {
    try killEverywhere(path: "home/.kube/config") {}
  }

  /// - Parameter prepare: makes what is there before the run, in the empty folder `target`.
  private func killEverywhere(path: String, prepare: () throws -> Void) throws {
    let asked: JSONValue = [
      "path": .string("\(target)/\(path)"), "content": .string(RealKubeconfig.first.text),
      "owner": "daemon", "group": "daemon", "mode": "0640",
    ]
    try Data(asked.jsonBytes).write(to: URL(filePath: arguments))
    func startOver() throws -> FileTree {
      try? FileManager.default.removeItem(atPath: target)
      try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
      try prepare()
      return try FileTree(of: target)
    }

    let run = KilledRun(module: module, arguments: arguments, folder: folder)
    let before = try startOver()
    let calls = try run.systemCalls()
    let after = try FileTree(of: target)
    #expect(after.entries[path]?.content == Data(RealKubeconfig.first.text.utf8))
    #expect(after.temporary == [])
    var left = (old: 0, new: 0, temporary: 0)

    for call in calls {
      _ = try startOver()
      #expect(try run.kill(before: call), "not killed before \(call)")
      let tree = try FileTree(of: target)
      for (name, entry) in tree.entries {
        if tree.temporary.contains(name) {
          #expect(
            entry.isPrivate || after.entries.values.contains(where: entry.hasAttributes(of:)),
            "\(name) is too open after a kill before \(call)")
        } else {
          #expect(
            entry == before.entries[name] || entry == after.entries[name],
            "\(name) is neither old nor new after a kill before \(call)")
        }
      }
      #expect(before.entries.keys.allSatisfy { tree.entries[$0] != nil }, "lost before \(call)")
      if tree.entries[path] == before.entries[path] { left.old += 1 } else { left.new += 1 }
      if !tree.temporary.isEmpty { left.temporary += 1 }

      _ = try module.run([arguments])
      #expect(try FileTree(of: target) == after, "the run after a kill before \(call)")
    }
    print(
      "\(path): killed before \(calls.count) system calls: \(left.old) times the old state was left,"
        + " \(left.new) times the new, \(left.temporary) times with something temporary")
    #expect(left.old > 0 && left.new > 0 && left.temporary > 0)
  }
}
