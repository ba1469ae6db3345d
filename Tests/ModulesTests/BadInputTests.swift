import Foundation
import JSON
import TestSupport
import Testing

/// Whatever a module is given, it ends soon and with a failure in JSON: what `RunModule` expects of
/// every run, and here the words of it. A run that hangs is ended, and so has no JSON.
@Suite(.blocking) final class BadInputTests {
  private let module = RunModule(name: "kubeconfig")
  private let folder = NSTemporaryDirectory() + "bad-input-" + UUID().uuidString
  private var file: String { folder + "/arguments" }

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func run(_ text: String) throws -> RunModule.Outcome { try run(Data(text.utf8)) }

  private func run(_ data: Data) throws -> RunModule.Outcome {
    try data.write(to: URL(filePath: file))
    return try run([file])
  }

  private func run(
    _ arguments: [String], asUser user: String? = nil, under wrapper: [String] = []
  ) throws -> RunModule.Outcome {
    try module.run(arguments, asUser: user, under: ["timeout", "-s", "KILL", "60"] + wrapper)
  }

  @Test(arguments: [
    ("nonsense", "not JSON: syntax error (line 1, column 8)"),
    ("#!/usr/bin/python\nWANT_JSON = 1\n", "not JSON: syntax error"),
    (#"{"path": "/x", }"#, "not JSON: syntax error"),
    (#"{"path": "/x"} {}"#, "not JSON: more text after the end of the value"),
    (#""path=/x""#, "not a JSON object"), ("null", "not a JSON object"), ("7", "not a JSON object"),
    ("{\"path\": \"/x\0y\"}", "not JSON: syntax error"),
    (#"{"pa\u0000th": "/x"}"#, "not JSON: NUL in the text"),
    (#"{"path": "/x", "mode": 99999999999999999999}"#, "not JSON: number out of range"),
    (#"{"path": "/x", "mode": -1e999}"#, "not JSON: number out of range"),
    (#"{"path": "/x", "mode": NaN}"#, "not JSON: syntax error"),
  ])
  func whatIsNotJSON(text: String, message: String) throws {
    #expect(try run(text).message.hasPrefix("the arguments of the module are \(message)"))
  }

  @Test func whatIsNotUTF8() throws {
    let bytes = Data(#"{"path": ""#.utf8) + [0xC3, 0x28] + Data(#""}"#.utf8)
    #expect(try run(bytes).message.hasPrefix("the arguments of the module are not JSON: not UTF-8"))
    let wide = try #require(#"{"path": "/x"}"#.data(using: .utf16))
    #expect(try run(wide).failed)
  }

  @Test(arguments: [
    (#"{"path": "/x\u0000y", "state": "read"}"#, "the path has a NUL byte"),
    (#"{"path": "", "state": "read"}"#, "the path is empty"),
    (
      #"{"path": "/x", "state": "read\u0000"}"#,
      "value of state must be one of: present, absent, read, info, got: read\0"
    ),
    (
      #"{"path": "/x", "content": "a: \u0000"}"#,
      "content is no kubeconfig that can be used: it is binary, not text; name the kubeconfig itself"
    ),
  ])
  func nulInsideOfValues(text: String, message: String) throws {
    #expect(try run(text).message == message)
  }

  @Test(arguments: [-1, 4096, 9_223_372_036_854_775_807])
  func numbersThatAreNoMode(mode: Int) throws {
    let text = #"{"path": "\#(folder)/config", "content": \#(kubeconfig), "mode": \#(mode)}"#
    #expect(try run(text).message == "Invalid mode supplied, only permission info is allowed")
  }

  /// In each kind of option, as deep as Python's own parser goes, and deeper than the one here.
  @Test func deepNesting() throws {
    for option in ["path", "content", "mode", "state", "no_such_option"] {
      func deep(_ depth: Int) -> String {
        let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        return #"{"\#(option)": \#(nested)}"#
      }
      let outcome = try run(deep(900))
      #expect(outcome.failed && !outcome.message.contains("nested too deeply"))
      #expect(try run(deep(3000)).message.contains("nested too deeply"))
    }
    let literal = String(repeating: "{'a':", count: 100_000)
    #expect(try run(#"{"path": "/x", "content": "\#(literal)"}"#).failed)
  }

  /// Each option with each kind of value, in check mode so that nothing is written.
  @Test func wrongTypesEverywhere() throws {
    let values: [JSONValue] = [
      .null, true, -7, 1e300, "", "\u{FFFD}", [], [.null, [[]]], [:], ["a": ["b": .null]],
    ]
    let options = [
      "path", "dest", "state", "src", "content", "context", "context_name", "cluster_name",
      "user_name", "namespace", "server", "tls_server_name", "certificate_authority",
      "certificate_authority_content", "embed", "token", "merge", "use_context", "expected_server",
      "check_certificates", "minimum_validity", "validity_action", "owner", "group", "mode",
      "directory_owner", "directory_group", "directory_mode", "_ansible_diff", "_ansible_verbosity",
      "_ansible_module_name", "_ansible_ignore_unknown_opts", "_ansible_check_mode", "",
    ]
    for option in options {
      for value in values {
        var asked: JSONObject = [
          "path": .string(folder + "/config"), "state": "read", "_ansible_check_mode": true,
        ]
        asked[option] = value
        let outcome = try run(JSONValue.object(asked).jsonText)
        #expect(outcome.output["msg"] != nil || outcome.changed != nil, "\(option): \(value)")
        #expect(!outcome.message.contains("internal error"), "\(option): \(value)")
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["arguments"])
  }

  /// So many names that a run would take hours whose time grows with their square.
  @Test func manyNames() throws {
    for prefix in ["_ansible_", "no_such_option_"] {
      let members = (0..<50_000).map { #""\#(prefix)\#($0)": 1"# }.joined(separator: ",")
      #expect(try run("{\(members)}").failed)
    }
  }

  @Test func whatIsNoFile() throws {
    let start = "cannot read the arguments of the module: "
    #expect(try run([folder]).message == start + "\(folder) is a directory")
    let fifo = folder + "/fifo"
    #expect(mkfifo(fifo, 0o600) == 0)
    #expect(try run([fifo]).message == start + "\(fifo) is not a regular file")
    #expect(try run(["/dev/zero"]).message == start + "/dev/zero is not a regular file")
    #expect(try run([""]).message == start + "the path is empty")
    #expect(
      try run(#"{"path": "/x", "src": "\#(fifo)"}"#).message == "\(fifo) is not a regular file")
    #expect(try run([file, file]).message.hasPrefix("usage: kubeconfig FILE"))
  }

  @Test func aFileThatCannotBeRead() throws {
    try Data("{}".utf8).write(to: URL(filePath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    #expect(
      try run([file], asUser: "nobody").message
        == "cannot read the arguments of the module: cannot open \(file): Permission denied;"
        + " become a user who may (become: true)")
  }

  @Test func standardInputThatIsClosedEmptyOrEndless() throws {
    let start = "cannot read the arguments of the module: "
    func shell(_ script: String) throws -> String {
      try run(["-"], under: ["sh", "-c", script, "sh"]).message
    }
    #expect(
      try shell(#"exec "$@" <&-"#) == start + "cannot read the arguments: Bad file descriptor")
    #expect(try shell(#"exec "$@" </dev/null"#).contains("not JSON: unexpected end of the text"))
    #expect(
      try shell(#"exec "$@" </dev/zero"#) == start + "the arguments is larger than 16777216 bytes")
    #expect(
      try shell(#"exec "$@" <"$0/..""#.replacingOccurrences(of: "$0", with: folder))
        == start + "cannot read the arguments: Is a directory")
  }

  private var kubeconfig: String { JSONValue.string(RealKubeconfig.first.text).jsonText }
}
