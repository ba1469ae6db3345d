import Foundation
import JSON
import Testing

/// A module where SELinux is on, as far as a libselinux that stands in for the real one says.
@Suite final class SELinuxTests {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "selinux-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let source = folder + "/libselinux.c"
    try Data(Self.library.utf8).write(to: URL(filePath: source))
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments = [
      "cc", "-shared", "-fPIC", "-o", folder + "/libselinux.so.1", source,
    ]
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Stands in for libselinux: each file in a folder `labelled` has one context and each other file
  /// that of the policy; what is set is noted in the file `LOG` names.
  private static let library = """
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    int is_selinux_enabled(void) { return 1; }
    int lgetfilecon_raw(const char *path, char **context) {
      if (!strstr(path, "/labelled/")) return -1;
      *context = strdup("system_u:object_r:special_t:s0:c1,c2");
      return 36;
    }
    int matchpathcon(const char *path, unsigned mode, char **context) {
      *context = strdup("system_u:object_r:usual_t:s0");
      return 0;
    }
    int lsetfilecon(const char *path, const char *context) {
      FILE *log = fopen(getenv("LOG"), "a");
      if (!log) abort();
      fprintf(log, "%s %s\\n", strstr(path, "/.ansible_tmp.config.") ? "new file" : path, context);
      return fclose(log);
    }
    void freecon(char *context) { free(context); }

    """

  private func set(by name: String) throws -> String {
    let log = "\(folder)/log-\(UUID().uuidString)"
    let outcome = try RunModule(name: "kubeconfig")(
      ["path": .string("\(folder)/\(name)"), "content": .string(RealKubeconfig.first.text)],
      environment: ["LD_LIBRARY_PATH=\(folder)", "LOG=\(log)"], in: folder)
    #expect(outcome.changed == true, "\(outcome.message)")
    return try String(contentsOfFile: log, encoding: .utf8)
  }

  @Test func aNewFileHasTheContextOfThePolicyBeforeItHasItsName() throws {
    #expect(try set(by: "config") == "new file system_u:object_r:usual_t:s0\n")
  }

  @Test func aReplacedFileKeepsItsContext() throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/labelled", withIntermediateDirectories: false)
    try Data("old\n".utf8).write(to: URL(filePath: folder + "/labelled/config"))
    #expect(
      try set(by: "labelled/config") == "new file system_u:object_r:special_t:s0:c1,c2\n")
  }
}
