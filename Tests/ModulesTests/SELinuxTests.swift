import Foundation
import JSON
import TestSupport
import Testing

/// A module where SELinux is on, as far as a libselinux that stands in for the real one says.
@Suite(.blocking) final class SELinuxTests {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "selinux-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let source = folder + "/libselinux.c"
    try Data(Self.library.utf8).write(to: URL(filePath: source))
    _ = try run(["cc", "-shared", "-fPIC", "-o", folder + "/libselinux.so.1", source])
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Stands in for libselinux: contexts are extended attributes that a user may set, so that each
  /// goes with its file through renames, as real ones do. The policy gives folders another one than
  /// files. What gets a context, under which name, is noted in the file `LOG` names.
  private static let library = """
    #include <errno.h>
    #include <limits.h>
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    #include <sys/stat.h>
    #include <sys/xattr.h>
    #define NAME "user.selinux"
    int is_selinux_enabled(void) { return 1; }
    int getfilecon_raw(const char *path, char **context) {
      *context = calloc(1, 256);
      return getxattr(path, NAME, *context, 255);
    }
    int matchpathcon(const char *path, unsigned mode, char **context) {
      if (strstr(path, "/none/")) return errno = ENOENT, -1;
      *context = strdup(S_ISDIR(mode) ? "system_u:object_r:home_t:s0" : "system_u:object_r:usual_t:s0");
      return 0;
    }
    int setfilecon(const char *path, const char *context) {
      char *name = realpath(path, NULL);
      FILE *log = fopen(getenv("LOG"), "a");
      if (!log || !name) abort();
      fprintf(log, "%s %s\\n", strrchr(name, '/') + 1, context);
      fclose(log);
      return setxattr(path, NAME, context, strlen(context), 0);
    }
    void freecon(char *context) { free(context); }

    """

  /// - Returns: the names under which something got a context, and the contexts, in order.
  private func set(
    by name: String, _ options: JSONObject = [:]
  ) throws -> (log: [String], output: JSONValue) {
    let log = "\(folder)/log-\(UUID().uuidString)"
    try Data().write(to: URL(filePath: log))
    var arguments = options
    arguments["path"] = .string("\(folder)/\(name)")
    arguments["content"] = .string(RealKubeconfig.first.text)
    let outcome = try RunModule(name: "kubeconfig")(
      arguments, environment: ["LD_LIBRARY_PATH=\(folder)", "LOG=\(log)"], in: folder)
    #expect(!outcome.failed, "\(outcome.message)")
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    return (lines.map(String.init), outcome.output)
  }

  /// Nil where the file has none.
  private func context(of name: String) throws -> String? {
    let text = try python(
      """
      try:
          print(os.getxattr(sys.argv[1], "user.selinux").decode())
      except OSError:
          pass
      """, "\(folder)/\(name)")
    return text.isEmpty ? nil : text
  }

  private func label(_ name: String, _ context: String) throws {
    _ = try python(
      "os.setxattr(sys.argv[1], 'user.selinux', sys.argv[2].encode())", "\(folder)/\(name)", context
    )
  }

  /// Swift's view of the C library has no extended attributes.
  private func python(_ script: String, _ arguments: String...) throws -> String {
    try run(["/usr/bin/python3", "-c", "import os, sys\n" + script] + arguments)
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
  }

  private static let special = "system_u:object_r:special_t:s0:c1,c2"

  @Test func aNewFileHasTheContextOfThePolicyBeforeItHasItsName() throws {
    let log = try set(by: "config").log
    #expect(log.count == 1 && log.first?.hasPrefix(".ansible_tmp.config.") == true, "\(log)")
    #expect(try context(of: "config") == "system_u:object_r:usual_t:s0")
  }

  @Test func aReplacedFileAndItsBackupKeepItsContext() throws {
    try write("old\n", to: "config")
    try label("config", Self.special)
    let (log, output) = try set(by: "config", ["backup": true])
    #expect(log.count == 2 && log.allSatisfy { $0.hasPrefix(".ansible_tmp.config.") }, "\(log)")
    #expect(try context(of: "config") == Self.special)
    let backup = try #require(output["backup_file"]?.string)
    #expect(try context(of: URL(filePath: backup).lastPathComponent) == Self.special)
  }

  @Test func foldersThatAreMadeHaveTheContextOfThePolicyBeforeTheyHaveTheirNames() throws {
    let log = try set(by: "home/.kube/config").log
    #expect(log.count == 3 && log.allSatisfy { $0.hasPrefix(".ansible_tmp.") }, "\(log)")
    for name in ["home", "home/.kube"] {
      #expect(try context(of: name) == "system_u:object_r:home_t:s0")
    }
  }

  @Test func wherePolicyIsSilentNothingIsSet() throws {
    #expect(try set(by: "none/config").log.count == 1)
    #expect(try context(of: "none") == "system_u:object_r:home_t:s0")
    #expect(try context(of: "none/config") == nil)
  }

  @Test func partsThatAreAskedForAreSetOnce() throws {
    _ = try set(by: "config")
    try label("config", Self.special)
    let asked: JSONObject = ["setype": "etc_t", "selevel": "_default", "_ansible_diff": true]
    let (log, output) = try set(by: "config", asked)
    #expect(log == ["config system_u:object_r:etc_t:s0"])
    #expect(output["diff"]?["after"]?["secontext"] == ["system_u", "object_r", "etc_t", "s0"])
    #expect(try set(by: "config", asked).output["changed"] == false)
  }

  /// A mount of its own with a type that Ansible is told to be special: NFS, in real life.
  @Test func onASpecialFileSystemTheContextIsTheMounts() throws {
    let point = folder + "/a mount"
    for path in [folder + "/exported", point] { #expect(mkdir(path, 0o755) == 0) }
    _ = try run(["mount", "--bind", folder + "/exported", point])
    defer { _ = try? run(["umount", point]) }
    try label("a mount", "system_u:object_r:nfs_t:s0")
    let type = try run(["findmnt", "-n", "-o", "FSTYPE", "--mountpoint", point])
    let asked: JSONObject = [
      "_ansible_selinux_special_fs": ["nfs", .string(type)], "setype": "etc_t",
    ]
    _ = try set(by: "a mount/config", asked)
    #expect(try context(of: "a mount/config") == "system_u:object_r:nfs_t:s0")
    try label("a mount/config", Self.special)
    #expect(try set(by: "a mount/config", asked).output["changed"] == true)
    #expect(try context(of: "a mount/config") == "system_u:object_r:nfs_t:s0")
    #expect(try set(by: "a mount/config", asked).output["changed"] == false)
    #expect(try set(by: "a mount/config", ["setype": "etc_t"]).output["changed"] == true)
    #expect(try context(of: "a mount/config") == "system_u:object_r:etc_t:s0")
  }

  /// What a program prints, without the end of the line.
  private func run(_ command: [String]) throws -> String {
    try Program(command).succeed().output.trimmingCharacters(in: .newlines)
  }
}
