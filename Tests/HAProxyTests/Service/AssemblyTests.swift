import Foundation
import HAProxy
import Testing

@Suite struct AssemblyTests {
  private static func assembly(_ fragments: [(String, String)]) -> Assembly {
    Assembly(fragments.map { (name: $0.0, bytes: Array($0.1.utf8)) })
  }

  @Test func everyLineKnowsItsFragment() {
    let assembly = Self.assembly([
      ("b", "3\n4"), ("a", "1\n2\n"), (".hidden", ""), ("c", "\n"), ("d", "7\n"), ("B", "0\n"),
    ])
    #expect(String(decoding: assembly.bytes, as: UTF8.self) == "\n0\n1\n2\n3\n4\n\n7\n")
    let origins = (1...8).map { line in
      assembly.origin(ofLine: line).map { "\($0.name):\($0.line)" } ?? "-"
    }
    #expect(origins == [".hidden:1", "B:1", "a:1", "a:2", "b:1", "b:2", "c:1", "d:1"])
    #expect(assembly.origin(ofLine: 0) == nil)
  }

  @Test func messagesNameTheFragment() {
    let assembly = Self.assembly([("00-haproxy", "global\n"), ("web", "# x\nbakend y\n")])
    #expect(
      assembly.located(
        "parsing [/dev/stdin:3] : unknown; [/dev/stdin:1]; /dev/stdin", file: "/dev/stdin",
        folder: "/etc/haproxy/conf.d")
        == "parsing [/etc/haproxy/conf.d/web:2] : unknown; [/etc/haproxy/conf.d/00-haproxy:1];"
        + " /dev/stdin")
  }

  /// ansible.builtin.assemble itself, over names and contents of every awkward kind.
  @Test func itIsWhatAnsibleAssembles() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appending(path: "conf.d")
    try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      at: source.appending(path: "folder"), withIntermediateDirectories: false)
    let fragments = [
      ("00-haproxy", "global\n"), ("a", "no newline"), ("A", ""), (".hidden", "h\n"), ("é", "\n\n"),
      ("b", "x"), ("_", "last"), ("10", "ten\r\n"), ("9", "nine"),
    ]
    for (name, text) in fragments {
      try Data(text.utf8).write(to: source.appending(path: name))
    }
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    let ansible = root.appending(path: ".tools/ansible-2.19/bin/ansible").standardized.path
    try #require(
      FileManager.default.isExecutableFile(atPath: ansible),
      "\(ansible) is missing: `make test` makes it")
    let process = Process()
    process.executableURL = URL(filePath: ansible)
    process.arguments = [
      "localhost", "-i", "localhost,", "-c", "local", "-e",
      "ansible_python_interpreter=/usr/bin/python3",
      "-m", "ansible.builtin.assemble", "-a", "src=\(source.path) dest=\(folder.path)/out",
    ]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let expected = try Data(contentsOf: folder.appending(path: "out"))
    #expect(Self.assembly(fragments.reversed()).bytes == Array(expected))
  }
}
