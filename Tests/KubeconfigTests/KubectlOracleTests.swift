import Foundation
import JSON
import Kubeconfig
import TestSupport
import Testing

/// What is written means to kubectl what was read, and what is merged, chosen or embedded is what
/// kubectl makes of the same files. The files are made up, from fixed seeds: 312 cases in all.
@Suite(.serialized, .blocking) final class KubectlOracleTests {
  private let folder = NSTemporaryDirectory() + "oracle-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/pki", withIntermediateDirectories: true)
    for name in ["a.pem", "b.pem"] {
      try Data("-- \(name) --\n".utf8).write(to: URL(filePath: "\(folder)/pki/\(name)"))
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func write(_ text: String, _ name: String) throws -> String {
    let path = "\(folder)/\(name)"
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  private func parse(_ text: String, mayBeEmpty: Bool = false) throws -> KubeconfigFile {
    try KubeconfigFile(parsing: Array(text.utf8), mayBeEmpty: mayBeEmpty)
  }

  /// Compares answers in pairs: what is expected, and what there is.
  private func compare(_ calls: [Kubectl.Call], _ cases: [String]) throws {
    let answers = try Kubectl.run(calls)
    try #require(answers.count == cases.count * 2)
    for (number, text) in cases.enumerated() {
      let (expected, found) = (answers[number * 2], answers[number * 2 + 1])
      #expect(expected.isSuccess, "\(expected.error)\n\(text)")
      #expect(found.isSuccess, "\(found.error)\n\(text)")
      #expect(expected.json["kind"] == "Config", "\(text)")
      let difference = difference(expected.json, found.json)
      #expect(difference == nil, "\(text)")
    }
  }

  /// The first place where two values differ, and both; nil where they are the same.
  private func difference(_ left: JSONValue, _ right: JSONValue, at path: String = "") -> String? {
    if left == right { return nil }
    if let first = left.object, let second = right.object, first.count == second.count {
      for (key, value) in first {
        if let found = difference(value, second[key] ?? .null, at: "\(path)/\(key)") {
          return found
        }
      }
    }
    if let first = left.array, let second = right.array, first.count == second.count {
      for (place, value) in first.enumerated() {
        if let found = difference(value, second[place], at: "\(path)/\(place)") { return found }
      }
    }
    return "\(path): \(left.jsonText), not \(right.jsonText)"
  }

  @Test func whatIsWrittenMeansWhatWasRead() throws {
    var calls: [Kubectl.Call] = []
    var cases: [String] = []
    for seed in 1...60 {
      var random = RandomKubeconfig(seed: UInt64(seed))
      let text = random.text(files: ["pki/a.pem", "./pki/../pki/b.pem", "/etc/none.pem"])
      let written = try parse(text).text
      calls.append(.init(files: [try write(text, "\(seed).in")]))
      calls.append(.init(files: [try write(written, "\(seed).out")]))
      cases.append(text + "\n--- written:\n" + written)
      // Once written, it stays as it is.
      #expect(try parse(written).text == written)
    }
    try compare(calls, cases)
  }

  @Test func severalFilesAreOneAsInKUBECONFIG() throws {
    var calls: [Kubectl.Call] = []
    var cases: [String] = []
    for seed in 1...60 {
      var random = RandomKubeconfig(seed: UInt64(seed + 1000))
      var texts = (0..<(2 + random.next(2))).map { _ in random.text() }
      if seed % 3 == 0 {
        texts.insert(
          random.pick(["", "\n", "# nothing\n", "---\n", "null\n"]),
          at: random.next(texts.count + 1))
      }
      let merged = KubeconfigFile.merged(try texts.map { try parse($0, mayBeEmpty: true) })
      let paths = try texts.enumerated().map { try write($1, "\(seed)-\($0).in") }
      calls.append(.init(files: paths))
      calls.append(.init(files: [try write(merged.text, "\(seed).out")]))
      cases.append(texts.joined(separator: "\n--- and\n") + "\n--- merged:\n" + merged.text)
    }
    try compare(calls, cases)
  }

  /// `KUBECONFIG=ours:theirs kubectl config view --flatten`, where nothing of theirs is in the way.
  @Test func whatIsMergedIntoAFileComesFirst() throws {
    var calls: [Kubectl.Call] = []
    var cases: [String] = []
    var clashes = 0
    for seed in 1...120 {
      var random = RandomKubeconfig(seed: UInt64(seed + 2000))
      let files = ["pki/a.pem", "pki/b.pem"]
      let (ours, theirs) = (random.text(files: files), random.text(files: files))
      do {
        let again = try parse(theirs).merging(parse(ours), usesContext: true)
        #expect(try parse(again.text).merging(parse(ours), usesContext: true).isUnchanged)
      } catch let error as KubeconfigError {
        #expect(error.message.contains("which would be replaced; give the one that is merged"))
        clashes += 1
        continue
      }
      let view = ["view", "--raw", "--flatten", "-o", "json"]
      // What preferences and extensions both files have is not ours to change.
      let oursAlone = ours.replacingOccurrences(of: "preferences:", with: "x-preferences:")
        .replacingOccurrences(of: "\nextensions:", with: "\nx-extensions:")
      calls.append(
        .init(
          files: [try write(oursAlone, "\(seed)-ours.in"), try write(theirs, "\(seed)-theirs.in")],
          arguments: view))
      var without = try parse(oursAlone)
      without.resolvePaths(from: folder)
      let merged = try parse(theirs).merging(without, usesContext: true)
      calls.append(.init(files: [try write(merged.text, "\(seed).out")], arguments: view))
      cases.append("\(ours)\n--- into\n\(theirs)\n--- merged:\n\(merged.text)")
    }
    #expect(clashes == 48 && cases.count == 72, "\(clashes) clashes, \(cases.count) merges")
    try compare(calls, cases)
  }

  @Test func aContextChosenIsMinified() throws {
    var calls: [Kubectl.Call] = []
    var cases: [String] = []
    for seed in 1...60 {
      var random = RandomKubeconfig(seed: UInt64(seed + 3000))
      let text = random.text()
      var file = try parse(text)
      let context = random.pick(file.names(.context))
      file.keepOnly(try ContextNames(file, context: context))
      calls.append(
        .init(
          files: [try write(text, "\(seed).in")],
          arguments: ["view", "--raw", "--minify", "--context", context, "-o", "json"]))
      calls.append(.init(files: [try write(file.text, "\(seed).out")]))
      cases.append("\(context) of\n\(text)\n--- chosen:\n\(file.text)")
    }
    try compare(calls, cases)
  }

  @Test func filesAreEmbeddedAsByFlatten() throws {
    var calls: [Kubectl.Call] = []
    var cases: [String] = []
    for seed in 1...60 {
      var random = RandomKubeconfig(seed: UInt64(seed + 4000))
      let text = random.text(files: ["pki/a.pem", "./pki/../pki/b.pem", "\(folder)/pki/a.pem"])
      var file = try parse(text)
      file.resolvePaths(from: folder)
      try file.embedFiles { try Array(Data(contentsOf: URL(filePath: $0))) }
      calls.append(
        .init(
          files: [try write(text, "\(seed).in")],
          arguments: ["view", "--raw", "--flatten", "-o", "json"]))
      // Elsewhere, where no relative path would hold.
      try FileManager.default.createDirectory(
        atPath: folder + "/else", withIntermediateDirectories: true)
      calls.append(.init(files: [try write(file.text, "else/\(seed).out")]))
      cases.append("\(text)\n--- embedded:\n\(file.text)")
    }
    try compare(calls, cases)
  }

  /// What kubectl refuses is refused here too, or mended with a warning.
  @Test func whatKubectlRefusesIsNotTaken() throws {
    let places = [
      "server: https://c:6443", "token: t", "cluster: c", "user: u", "name: x",
      "current-context: x",
      "clusters:", "contexts:", "users:", "kind: Config", "apiVersion: v1", "tls-server-name: s",
      "cluster: {", "namespace: d",
    ]
    let values = [
      "1", "1.5", "true", "[a]", "{a: b}", "null", "2001-01-01", "'1'", "y", "1e3", "0o7",
    ]
    let good = """
      apiVersion: v1
      kind: Config
      clusters: [{name: c, cluster: {server: https://c:6443, tls-server-name: s}}]
      contexts: [{name: x, context: {cluster: c, user: u, namespace: d}}]
      current-context: x
      users: [{name: u, user: {token: t}}]

      """
    var texts = [good, "{", "a: *b", "- a", "a: b: c"]
    for place in places {
      let key = place.prefix { $0 != ":" }
      for value in values {
        let changed =
          place.hasSuffix(":") || place.hasSuffix("{")
          ? good.split(separator: "\n").map {
            $0.hasPrefix(place) ? "\(key): \(value)" : String($0)
          }.joined(separator: "\n") : good.replacingOccurrences(of: place, with: "\(key): \(value)")
        texts.append(changed)
      }
    }
    texts.append(good + good.split(separator: "\n").filter { $0.hasPrefix("users") }.joined())
    texts.append(good.replacingOccurrences(of: "[{name: u", with: "[{name: u, user: {}}, {name: u"))
    let answers = try Kubectl.run(
      try texts.enumerated().map { .init(files: [try write($1, "\($0).in")]) })
    var refusals = 0
    for (text, answer) in zip(texts, answers) where !answer.isSuccess {
      refusals += 1
      guard let file = try? parse(text) else { continue }
      #expect(file.warnings.count == 1, "\(answer.error)\(text)")
    }
    #expect(texts.count == 161 && refusals > 40 && answers[0].isSuccess)
  }
}
