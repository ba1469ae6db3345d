import Foundation
import JSON
import TestSupport
import Testing

/// What cannot be used is refused with the file, the entry and the remedy, and the destination stays
/// as it was: content, mode, owner and time of change.
@Suite(.blocking) final class KubeconfigBadInputTests {
  private let module = RunModule(name: "kubeconfig")
  private let folder = NSTemporaryDirectory() + "bad-kubeconfig-" + UUID().uuidString
  private let pki = Certification.shared
  private var path: String { folder + "/home/config" }
  private var source: String { folder + "/source" }

  init() throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/home", withIntermediateDirectories: true)
    try Data("old: content\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes(
      [
        .posixPermissions: 0o604, .ownerAccountName: "nobody", .groupOwnerAccountName: "nogroup",
        .modificationDate: Date(timeIntervalSince1970: 1_000_000_000),
      ], ofItemAtPath: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private struct State: Equatable {
    let tree: FileTree
    let modified: Date?
    let inode: Int?

    init(_ folder: String, _ path: String) throws {
      tree = try FileTree(of: folder)
      let found = try? FileManager.default.attributesOfItem(atPath: path)
      modified = found?[.modificationDate] as? Date
      inode = found?[.systemFileNumber] as? Int
    }
  }

  /// Runs the task in check mode and for real; both must fail with the same words.
  private func refusal(_ arguments: JSONObject) throws -> String {
    var arguments = arguments
    if arguments["path"] == nil { arguments["path"] = .string(path) }
    let before = try State(folder, path)
    var message = ""
    for isCheck in [true, false] {
      arguments["_ansible_check_mode"] = .bool(isCheck)
      let outcome = try module(arguments, in: NSTemporaryDirectory())
      #expect(outcome.failed, "\(outcome.text)")
      #expect(try State(folder, path) == before)
      #expect(isCheck || outcome.message == message, "\(outcome.message)")
      message = outcome.message
      #expect(!message.contains("hunter2"))
      #expect(!message.contains(pki["client.key"].prefix(60)))
    }
    return message
  }

  private func refusal(
    of text: String, _ options: JSONObject = [:]
  ) throws -> String {
    try Data(text.utf8).write(to: URL(filePath: source))
    var arguments = options
    arguments["src"] = .string(source)
    let message = try refusal(arguments)
    let start = "\(source) is no kubeconfig that can be used: "
    #expect(message.hasPrefix(start), "\(message)")
    return String(message.dropFirst(start.count))
  }

  @Test(arguments: [
    (
      "a: [hunter2",
      "it is not YAML: did not find expected ',' or ']', while parsing a flow sequence at line 1, column 4 (line 2, column 1); correct it, or take it anew"
    ),
    ("- 1\n", "it is no mapping, so no kubeconfig; name a file that kubectl config view can read"),
    ("clusters: {a: b}\n", "its clusters are no list; each begins with - name"),
    (
      "kind: Config\n---\nkind: Config\n",
      "it has 2 YAML documents, and kubectl would read the first alone; leave one"
    ),
    (
      "kind: Config\n",
      "it has no current-context; choose one with kubectl config use-context"
    ),
  ])
  func aFileOfAnotherShape(text: String, expected: String) throws {
    #expect(try refusal(of: text) == expected)
  }

  /// What is changed in a good kubeconfig, and what is said of it.
  @Test(arguments: [
    (
      "    cluster: kubernetes\n", "    cluster: gone\n",
      "context \"admin@kubernetes\" names the cluster \"gone\", which is not in its clusters; add it, or choose a context that is complete"
    ),
    (
      "    user: admin-of-kubernetes\n", "    user: gone\n",
      "context \"admin@kubernetes\" names the user \"gone\", which is not in its users; add it, or choose a context that is complete"
    ),
    (
      "    server: https://198.18.236.9:6443\n", "",
      "cluster \"kubernetes\" has no server; correct server, or set it with kubectl config set-cluster"
    ),
    (
      "https://198", "http://198",
      "cluster \"kubernetes\" has a server that is not https; correct server, or set it with kubectl config set-cluster"
    ),
    (
      "client-certificate-data: ", "client-certificate-data: '&' #",
      "user \"admin-of-kubernetes\" has a client-certificate-data that is not base64; it may be cut off: take it anew"
    ),
    (
      "client-certificate-data: ", "client-certificate-data: aHVudGVyMg== #",
      "user \"admin-of-kubernetes\" has a client-certificate-data that has no PEM block CERTIFICATE; take it anew"
    ),
  ])
  func anEntryThatCannotBeUsed(old: String, new: String, expected: String) throws {
    let text = pki.kubeconfig().replacingOccurrences(of: old, with: new)
    #expect(text != pki.kubeconfig())
    #expect(try refusal(of: text) == expected)
  }

  @Test func certificatesAndKeysThatDoNotServe() throws {
    let user = "user \"admin-of-kubernetes\" has a "
    #expect(
      try refusal(of: pki.kubeconfig(certificate: "expired.crt", key: "expired.key"))
        == user + "certificate that has expired, on 2021-01-01T00:00:00Z; renew it, as with kubeadm"
        + " certs renew")
    #expect(
      try refusal(of: pki.kubeconfig(certificate: "future.crt", key: "future.key"))
        == user + "certificate that is not valid before 2090-01-01T00:00:00Z; look at the clock of"
        + " this host")
    let foreign = pki.kubeconfig(certificate: "foreign.crt", key: "foreign.key")
    let remedy =
      " of cluster \"kubernetes\"; take kubeconfig and CA from one cluster, or set"
      + " check_certificates to false where clients have another CA"
    #expect(
      try refusal(of: foreign)
        == user + "certificate that was issued by CN=other, which is none of the authorities"
        + remedy)
    // Names and identifiers agree: the signature alone does not.
    #expect(
      try refusal(of: pki.kubeconfig(certificate: "forged.crt", key: "forged.key"))
        == user + "certificate that was signed by another key than that of CN=kubernetes" + remedy)
    #expect(
      try refusal(of: pki.kubeconfig(key: "expired.key"))
        == user + "client key that is not the one of its certificate; take both from where they"
        + " were made")
    #expect(
      try refusal(of: pki.kubeconfig(key: "encrypted.key"))
        == user + "client-key that is encrypted with a passphrase, which nobody could be asked for;"
        + " decrypt it with openssl pkey; take another one")
    // Who has a CA of its own for clients says so.
    try Data(foreign.utf8).write(to: URL(filePath: source))
    let outcome = try module(
      [
        "path": .string(path), "src": .string(source), "check_certificates": false,
      ], in: NSTemporaryDirectory())
    #expect(outcome.changed == true, "\(outcome.message)")
  }

  @Test func whatEndsTooSoon() throws {
    let text = pki.kubeconfig(certificate: "soon.crt", key: "soon.key")
    let message = try refusal(of: text, ["minimum_validity": "30d"])
    #expect(message.hasPrefix("user \"admin-of-kubernetes\" has a certificate that expires on 2"))
    #expect(message.hasSuffix("Z, sooner than minimum_validity allows; renew it"))
    #expect(
      try refusal(of: pki.kubeconfig(ca: "day.crt"), ["minimum_validity": "172800"])
        .hasPrefix("cluster \"kubernetes\" has a CA that expires on "))
    var asked: JSONObject = [
      "path": .string(path), "src": .string(source), "minimum_validity": "30d",
      "validity_action": "warn",
    ]
    try Data(text.utf8).write(to: URL(filePath: source))
    let warned = try module(asked, in: NSTemporaryDirectory())
    #expect(warned.changed == true)
    #expect(warned.output["warnings"]?.array?.count == 1)
    asked["minimum_validity"] = "9d"
    #expect(try module(asked, in: NSTemporaryDirectory()).output["warnings"] == nil)
    asked["minimum_validity"] = "a while"
    #expect(
      try module(asked, in: NSTemporaryDirectory()).message
        == "minimum_validity is no duration: a while; write it as 30d, 12h, 90m, 600s or in seconds"
    )
  }

  @Test func aTokenThatHasExpired() throws {
    func token(_ expiry: Int) -> String {
      let claims = Data(#"{"exp":\#(expiry),"sub":"hunter2?>"}"#.utf8).base64EncodedString()
      return "e30."
        + claims.replacingOccurrences(of: "=", with: "").replacingOccurrences(of: "+", with: "-")
        .replacingOccurrences(of: "/", with: "_") + ".c2ln"
    }
    let now = Int(Date().timeIntervalSince1970)
    let text = pki.kubeconfig()
    #expect(
      try refusal(of: text, ["token": .string(token(1_600_000_000))])
        == "user \"admin-of-kubernetes\" has a token that has expired, on 2020-09-13T12:26:40Z; take"
        + " a new one")
    #expect(
      try refusal(of: text, ["token": .string(token(now + 600)), "minimum_validity": "1h"])
        .hasPrefix("user \"admin-of-kubernetes\" has a token that expires on "))
  }

  @Test func aServerThatIsNotTheExpectedOne() throws {
    for (expected, fits) in [
      ("198.18.236.9", true), ("198.18.236.9:6443", true), ("https://198.18.236.9:6443/", true),
      ("198.18.236.10", false), ("198.18.236.9:443", false), ("https://198.18.236.9", false),
    ] {
      let message =
        fits
        ? try module(
          [
            "path": .string(path), "content": .string(pki.kubeconfig()),
            "expected_server": .string(expected), "_ansible_check_mode": true,
          ], in: NSTemporaryDirectory()
        ).message : try refusal(of: pki.kubeconfig(), ["expected_server": .string(expected)])
      #expect(
        message
          == (fits
            ? ""
            : "cluster \"kubernetes\" has the server https://198.18.236.9:6443, expected is"
              + " \(expected); correct the expectation, or set the address with server"))
    }
  }

  @Test func filesThatAreTooBig() throws {
    let big = pki.kubeconfig() + String(repeating: "#", count: 1 << 20)
    try Data(big.utf8).write(to: URL(filePath: source))
    #expect(
      try refusal(["src": .string(source)])
        == "\(source) has \(big.utf8.count) bytes, more than the 1048576 it may have")
    #expect(
      try refusal(["content": .string(big)])
        == "content is no kubeconfig that can be used: it has \(big.utf8.count) bytes, and a"
        + " kubeconfig at most 1048576; look whether it is one")
    // What there is to merge into may be somebody's, however big.
    try Data(big.utf8).write(to: URL(filePath: path))
    #expect(
      try refusal(["content": .string(pki.kubeconfig()), "merge": true])
        == "\(path) has more than 1048576 bytes, so no kubeconfig to merge into; remove it, or set"
        + " merge to false")
  }

  @Test func destinationsThatAreNoFiles() throws {
    let content = JSONValue.string(pki.kubeconfig())
    let folder = self.folder + "/home"
    #expect(
      try refusal(["path": .string(folder), "content": content])
        == "\(folder) is a directory; name the file in it")
    let link = folder + "/link"
    for target in ["/nonexistent/config", "/etc/hostname"] {
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
      #expect(
        try refusal(["path": .string(link), "content": content])
          == "\(link) is a symlink; name the file it points to, set follow to true, or remove the"
          + " link")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
      try FileManager.default.removeItem(atPath: link)
    }
  }

  @Test func noPermission() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
    let before = try State(folder, path)
    let outcome = try module(
      ["path": .string(path), "content": .string(pki.kubeconfig())], asUser: "daemon",
      in: NSTemporaryDirectory())
    #expect(outcome.failed)
    #expect(outcome.message.contains("\(folder)/home"))
    #expect(outcome.message.hasSuffix("Permission denied; become a user who may (become: true)"))
    #expect(try State(folder, path) == before)
  }

  /// On a file system of 64 KiB that another file fills.
  @Test func noSpace() throws {
    let disk = folder + "/disk"
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    func shell(_ command: String) throws {
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", command]
      try process.run()
      process.waitUntilExit()
      try #require(process.terminationStatus == 0, "\(command)")
    }
    try shell("mount -t tmpfs -o size=64k none '\(disk)'")
    defer { try? shell("umount '\(disk)'") }
    let target = disk + "/config"
    try Data("old: content\n".utf8).write(to: URL(filePath: target))
    try shell("head -c 100000 /dev/zero >'\(disk)/filler' 2>/dev/null || true")
    let before = try State(disk, target)
    let outcome = try module(
      ["path": .string(target), "content": .string(pki.kubeconfig())], in: NSTemporaryDirectory())
    #expect(outcome.failed)
    #expect(outcome.message.contains(disk))
    #expect(
      outcome.message.hasSuffix("No space left on device; make room on its file system"),
      "\(outcome.message)")
    // The mode is that of the task only once the content is.
    #expect(try State(disk, target) == before)
  }

  @Test func aMergeThatWouldTakeWhatIsNotOurs() throws {
    let theirs = pki.kubeconfig(server: "https://other:6443")
      .replacingOccurrences(of: "admin@kubernetes", with: "theirs")
    try Data(theirs.utf8).write(to: URL(filePath: path))
    #expect(
      try refusal(["content": .string(pki.kubeconfig()), "merge": true])
        == "cannot merge content into \(path): its context \"theirs\" uses another cluster"
        + " \"kubernetes\", which would be replaced; give the one that is merged a name of its own"
        + " with cluster_name")
    try Data("a: b: c".utf8).write(to: URL(filePath: path))
    #expect(
      try refusal(["content": .string(pki.kubeconfig()), "merge": true])
        .hasPrefix("\(path) is no kubeconfig that can be used: it is not YAML: "))
  }

  @Test func sourcesThatAreNotThere() throws {
    #expect(
      try refusal(["src": .string(source)])
        == "cannot open \(source): No such file or directory")
    #expect(
      try refusal(["src": [.string(source), .string(source + "2")]])
        == "src names no file that exists; name a kubeconfig that does")
    #expect(
      try refusal([
        "content": .string(pki.kubeconfig()), "certificate_authority_content": "hunter2",
      ])
        == "certificate_authority_content is no certificate of a CA: it has no PEM block"
        + " CERTIFICATE; take the certificate of the CA, in PEM")
    #expect(
      try refusal(["content": .string(pki.kubeconfig()), "context": "gone"])
        == "content is no kubeconfig that can be used: it has no context \"gone\", only"
        + " admin@kubernetes; add it, or choose a context that is complete")
  }
}
