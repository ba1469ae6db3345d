import Foundation
import JSON
import TestSupport
import Testing

/// The module `kubeconfig` where a file has more clusters than the one that is delivered.
@Suite(.blocking) final class KubeconfigMergeTests {
  private let module = RunModule(name: "kubeconfig")
  private let folder = NSTemporaryDirectory() + "merge-" + UUID().uuidString
  private let pki = Certification.shared
  private var path: String { folder + "/config" }

  /// Somebody's file, with all that is not ours.
  private var theirs: String {
    """
    # a comment
    apiVersion: v1
    kind: Config
    preferences: {colors: true}
    x-unknown: {a: [1e3, y]}
    clusters:
    - name: theirs
      cluster: {server: "https://theirs:6443", x-unknown: 1, extensions: [{name: e, extension: {b: 2}}]}
    contexts:
    - name: theirs
      context: {cluster: theirs, user: plugin}
    - name: their-other
      context: {cluster: theirs, user: oidc, namespace: space}
    current-context: theirs
    users:
    - name: plugin
      user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin, args: null, env: null, interactiveMode: Never}}
    - name: oidc
      user: {auth-provider: {name: oidc, config: {id-token: abc}}}

    """
  }

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func run(_ arguments: JSONObject) throws -> RunModule.Outcome {
    var arguments = arguments
    if arguments["path"] == nil { arguments["path"] = .string(path) }
    let outcome = try module(arguments, in: NSTemporaryDirectory())
    if arguments["state"] != "read" {
      for name in ["client.key", "client.crt", "ca.crt"] {
        #expect(!outcome.text.contains(pki[name]), "\(name) is in the output")
      }
    }
    return outcome
  }

  private var written: String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }

  /// What kubectl reads.
  private func view(_ files: [String], _ arguments: [String] = []) throws -> JSONValue {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      [
        "KUBECONFIG=" + files.joined(separator: ":"), "kubectl", "config", "view", "--raw", "-o",
        "json",
      ]
      + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONValue(parsing: Array(data))
  }

  @Test func theWholeCycle() throws {
    let source = folder + "/admin.conf"
    try Data(pki.kubeconfig().utf8).write(to: URL(filePath: source))
    var asked: JSONObject = [
      "src": .string(source), "merge": true, "context_name": "ours", "cluster_name": "our-cluster",
      "user_name": "our-user", "namespace": "magnum-system", "server": "https://vip.example:6443",
      "expected_server": "vip.example", "_ansible_diff": true,
    ]
    var inCheckMode = asked
    inCheckMode["_ansible_check_mode"] = true

    // Absent: there is nothing to merge into, and nothing to remove.
    #expect(try run(["state": "absent", "context": "ours"]).changed == false)
    #expect(try run(inCheckMode).changed == true)
    #expect(written == "")
    #expect(try run(asked).changed == true)
    #expect(try run(asked).changed == false)
    let alone = try view([path])
    #expect(alone["contexts"]?.array?.count == 1)
    #expect(alone["clusters"]?.array?.first?["name"] == "our-cluster")
    #expect(alone["clusters"]?.array?.first?["cluster"]?["server"] == "https://vip.example:6443")
    #expect(alone["contexts"]?.array?.first?["context"]?["namespace"] == "magnum-system")

    // Present, in somebody's file.
    try Data(theirs.utf8).write(to: URL(filePath: path))
    let before = try view([path])
    let foreseen = try run(inCheckMode)
    #expect(foreseen.changed == true && written == theirs)
    let first = try run(asked)
    #expect(first.changed == true)
    #expect(first.output["diff"] == foreseen.output["diff"])
    let after =
      first.output["diff"]?.array?.first?["after"]?.string ?? first.output["diff"]?["after"]?.string
    #expect(after?.contains("server: https://vip.example:6443\n") == true)
    #expect(after?.contains("client-key-data: (hidden, new value)\n") == true)
    #expect(after?.contains("id-token: (hidden)\n") == true)
    #expect(first.output["contexts"] == ["theirs", "their-other", "ours"])
    #expect(first.output["current_context"] == "ours")
    #expect(
      first.output["servers"] == [
        "theirs": "https://theirs:6443", "our-cluster": "https://vip.example:6443",
      ])
    #expect(first.output["client_certificate_subject"] == "O=system:masters,CN=kubernetes-admin")
    #expect(first.output["client_certificate_expires"] == "2099-12-31T00:00:00Z")
    #expect(written.contains("x-unknown:\n  a:\n    - 1e3\n    - y\n"))
    #expect(written.contains("      x-unknown: 1\n"))
    let alonePath = folder + "/alone"
    _ = try run(asked.merging(["path": .string(alonePath)]))
    #expect(try view([path]) == view([alonePath, writing(theirs)], ["--flatten"]))

    // A second time: not a byte.
    let inode = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    let again = try run(asked)
    #expect(again.changed == false && again.output["diff"] == nil)
    #expect(
      try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int == inode)

    // Update.
    asked["server"] = "https://vip.example:8443"
    let updated = try run(asked)
    #expect(updated.changed == true)
    #expect(updated.output["server"] == "https://vip.example:8443")
    #expect(try run(asked).changed == false)

    // Delete: in check mode, for real, a second time.
    let gone: JSONObject = ["state": "absent", "context": "ours"]
    #expect(try run(gone.merging(["_ansible_check_mode": true])).changed == true)
    #expect(written.contains("our-user"))
    let removed = try run(gone)
    #expect(removed.changed == true)
    #expect(removed.output["warnings"]?.array?.count == 1)
    #expect(try run(gone).changed == false)
    #expect(!written.contains("our-user") && !written.contains("our-cluster"))
    let left = try view([path])
    for list in ["clusters", "users", "contexts", "preferences"] {
      #expect(left[list] == before[list], "\(list)")
    }
  }

  private func writing(_ text: String) throws -> String {
    let path = folder + "/" + UUID().uuidString
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  @Test func theCurrentContextStaysWhereThatIsAsked() throws {
    try Data(theirs.utf8).write(to: URL(filePath: path))
    let asked: JSONObject = [
      "content": .string(pki.kubeconfig()), "merge": true, "use_context": false,
    ]
    let outcome = try run(asked)
    #expect(outcome.output["current_context"] == "theirs")
    #expect(outcome.output["cluster"] == "kubernetes")
    #expect(try run(asked).changed == false)
  }

  /// A name that would be written in quotes when set anew.
  @Test func whatIsThereAlreadyIsNotWrittenAnew() throws {
    let text = pki.kubeconfig().replacingOccurrences(
      of: "admin@kubernetes", with: "admin@kub?rnetes")
    let asked: JSONObject = ["content": .string(text), "merge": true]
    #expect(try run(asked).changed == true)
    #expect(written == text)
    #expect(try run(asked).changed == false)
    #expect(try run(asked.merging(["context": "admin@kub?rnetes"])).changed == false)
  }

  /// A user or cluster that another context uses stays.
  @Test func whatIsUsedIsNotRemoved() throws {
    try Data(theirs.utf8).write(to: URL(filePath: path))
    let outcome = try run(["state": "absent", "context": "their-other", "_ansible_diff": true])
    #expect(outcome.changed == true && outcome.output["warnings"] == nil)
    let left = try view([path])
    #expect(left["clusters"]?.array?.count == 1)
    #expect(left["users"]?.array?.first?["name"] == "plugin")
    #expect(
      outcome.output["diff"]?.array?.first?["before"] != nil
        || outcome.output["diff"]?["before"] != nil)
  }

  @Test func relativePathsHoldAtTheDestination() throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/from/pki", withIntermediateDirectories: true)
    for name in ["ca.crt", "client.crt", "client.key"] {
      try Data(pki.pem(name).utf8).write(to: URL(filePath: "\(folder)/from/pki/\(name)"))
    }
    let text = """
      apiVersion: v1
      kind: Config
      clusters: [{name: c, cluster: {server: "https://c:6443", certificate-authority: pki/ca.crt}}]
      contexts: [{name: x, context: {cluster: c, user: u}}]
      current-context: x
      users: [{name: u, user: {client-certificate: ./pki/client.crt, client-key: pki/../pki/client.key}}]

      """
    let source = folder + "/from/config"
    try Data(text.utf8).write(to: URL(filePath: source))
    #expect(try run(["src": .string(source)]).output["client_certificate_subject"] != nil)
    #expect(try view([path], ["--flatten"]) == view([source], ["--flatten"]))
    #expect(written.contains("client-key: \(folder)/from/pki/client.key\n"))
    #expect(try run(["src": .string(source)]).changed == false)

    // Beside the source nothing needs to change, and not a byte does.
    let beside = folder + "/from/copy"
    _ = try run(["path": .string(beside), "src": .string(source)])
    #expect(try String(contentsOfFile: beside, encoding: .utf8) == text)

    let embedded = folder + "/embedded"
    _ = try run(["path": .string(embedded), "src": .string(source), "embed": true])
    #expect(try view([embedded]) == view([source], ["--flatten"]))

    try FileManager.default.removeItem(atPath: folder + "/from/pki/client.key")
    #expect(
      try run(["src": .string(source)]).message
        == "\(source) refers to a file that cannot be used: cannot open \(folder)/from/pki/client.key:"
        + " No such file or directory; put it there, use embed where it is, or set"
        + " check_certificates to false")
  }

  @Test func severalSourcesAreOne() throws {
    let first = try writing(pki.kubeconfig(name: "first"))
    let second = try writing(pki.kubeconfig(name: "second"))
    let outcome = try run([
      "src": [.string(first), .string(folder + "/none"), .string(second), .string(first)]
    ])
    #expect(outcome.output["contexts"] == ["admin@first", "admin@second"])
    #expect(outcome.output["current_context"] == "admin@first")
    #expect(
      outcome.output["warnings"] == [
        .string("\(folder)/none does not exist and is left out of src")
      ])
    #expect(try view([path]) == view([first, second]))
  }

  /// As `touch` leaves it; what `KUBECONFIG` may list, one alone is no source.
  @Test func anEmptySourceAmongOthersCountsForNothing() throws {
    let empty = try writing("")
    let full = try writing(pki.kubeconfig())
    for list in [[empty, full], [full, empty]] {
      let outcome = try run(["src": .array(list.map { .string($0) })])
      #expect(!outcome.failed && outcome.output["warnings"] == nil, "\(outcome.message)")
      #expect(try view([path]) == view(list))
    }
    #expect(
      try run(["src": .string(empty)]).message
        == "\(empty) is no kubeconfig that can be used: it is empty; look at what should have written"
        + " it")
    #expect(
      try run(["src": [.string(empty), .string(writing("# nothing\n"))]]).message
        .hasSuffix("it has no current-context; choose one with kubectl config use-context"))
  }

  @Test func aTokensFileTellsWhenItEnds() throws {
    func write(_ expiry: String) throws {
      let claims = Data("{\"exp\":\(expiry)}".utf8).base64EncodedString()
      let text = "e30.\(claims.replacingOccurrences(of: "=", with: "")).c2ln\n"
      try Data(text.utf8).write(to: URL(filePath: folder + "/token"))
    }
    let text = """
      clusters: [{name: c, cluster: {server: "https://c:6443"}}]
      contexts: [{name: x, context: {cluster: c, user: u}}]
      current-context: x
      users: [{name: u, user: {tokenFile: token}}]

      """
    // It may come later.
    #expect(try run(["content": .string(text)]).changed == true)
    try write("4000000000.25")
    let outcome = try run(["state": "info"])
    #expect(outcome.output["token_expires"] == "2096-10-02T07:06:40Z")
    #expect(outcome.output["usable"] == true)
    try write("1600000000.5")
    #expect(
      try run(["state": "info"]).output["problem"]
        == .string(
          "\(path) is no kubeconfig that can be used: user \"u\" has a token that has expired, on"
            + " 2020-09-13T12:26:40Z; take a new one"))
  }

  @Test func aTokenAndAnotherAuthority() throws {
    let outcome = try run([
      "content": .string(pki.kubeconfig()), "token": "hunter2",
      "certificate_authority_content": .string(pki.pem("other.crt")),
      "tls_server_name": "kubernetes", "_ansible_diff": true,
    ])
    #expect(outcome.changed == true, "\(outcome.message)")
    #expect(!outcome.text.contains("hunter2"))
    let found = try view([path])
    #expect(found["users"]?.array?.first?["user"] == ["token": "hunter2"])
    #expect(
      found["clusters"]?.array?.first?["cluster"] == [
        "server": "https://198.18.236.9:6443", "tls-server-name": "kubernetes",
        "certificate-authority-data": .string(pki["other.crt"]),
      ])
    let ca = try writing(pki.pem("other.crt"))
    #expect(
      try run([
        "content": .string(pki.kubeconfig()), "token": "hunter2",
        "certificate_authority": .string(ca),
        "tls_server_name": "kubernetes",
      ]).changed == false)
  }

  @Test func infoNeverFailsForWhatIsThere() throws {
    func info(_ arguments: JSONObject = [:]) throws -> JSONValue {
      let outcome = try run(arguments.merging(["state": "info"]))
      #expect(!outcome.failed && outcome.changed == false, "\(outcome.message)")
      #expect(outcome.output["usable"]?.bool == (outcome.output["problem"] == ""))
      #expect(outcome.output["content"] == nil)
      return outcome.output
    }
    let absent = try info()
    #expect(absent["state"] == "absent")
    #expect(absent["problem"] == .string("\(path) does not exist"))

    try Data("a: b: c".utf8).write(to: URL(filePath: path))
    #expect(try info()["state"] == "file")
    try Data(pki.kubeconfig(certificate: "forged.crt", key: "forged.key").utf8)
      .write(to: URL(filePath: path))
    let forged = try info()
    #expect(forged["usable"] == false)
    #expect(forged["problem"]?.string?.contains("signed by another key") == true)
    #expect(forged["server"] == "https://198.18.236.9:6443")
    #expect(forged["client_certificate_subject"] == "O=system:masters,CN=kubernetes-admin")

    try Data(pki.kubeconfig().utf8).write(to: URL(filePath: path))
    #expect(try info()["usable"] == true)
    #expect(try info(["minimum_validity": "30000d"])["usable"] == false)
    let elsewhere = try info(["expected_server": "elsewhere"])
    #expect(elsewhere["usable"] == false)
    #expect(elsewhere["client_certificate_seconds_left"]?.int != nil)
    // A fault of the task is none of the file.
    let typo = try run(["state": "info", "minimum_validity": "a while"])
    #expect(typo.failed && typo.message.hasPrefix("minimum_validity is no duration: a while;"))
    #expect(try info(["path": .string(folder)])["state"] == "directory")
  }

  /// Names and keys are compared all the same.
  @Test func aHostWithoutLibcryptoIsWarnedOf() throws {
    func run(_ text: String) throws -> RunModule.Outcome {
      let arguments: JSONValue = ["path": .string(path), "content": .string(text)]
      let file = folder + "/arguments"
      try Data(arguments.jsonBytes).write(to: URL(filePath: file))
      let hide =
        #"for f in /usr/lib/*/libcrypto.so.*; do mount --bind /dev/null "$f"; done; exec "$@""#
      return try module.run([file], under: ["unshare", "-m", "sh", "-ec", hide, "sh"])
    }
    let forged = try run(pki.kubeconfig(certificate: "forged.crt", key: "forged.key"))
    #expect(forged.changed == true, "\(forged.message)")
    #expect(
      forged.output["warnings"] == [
        "content: signatures of certificates are not verified, for this host has no libcrypto; install OpenSSL's library"
      ])
    #expect(try run(pki.kubeconfig(certificate: "foreign.crt", key: "foreign.key")).failed)
  }

  @Test func namesThatStandTwice() throws {
    let text = pki.kubeconfig().replacingOccurrences(
      of: "contexts:\n",
      with: "- {name: kubernetes, cluster: {server: 'https://last:6443'}}\ncontexts:\n")
    let outcome = try run(["content": .string(text)])
    #expect(outcome.output["server"] == "https://last:6443")
    #expect(
      outcome.output["warnings"] == [
        "content: it has more than one cluster \"kubernetes\"; the last counts, and kubectl refuses the file as it is"
      ])
    #expect(try view([path])["clusters"]?.array?.count == 1)
  }
}
