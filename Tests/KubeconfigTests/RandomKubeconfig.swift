import Foundation

/// Kubeconfigs that kubectl reads, in all the ways in which YAML can be written; the same for the
/// same seed.
struct RandomKubeconfig {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// The text of a file.
  ///
  /// - Parameters:
  ///   - server: what the host of each server begins with.
  ///   - files: names of files below the kubeconfig's folder that it may refer to.
  mutating func text(server: String = "host", files: [String] = []) -> String {
    let clusters = names()
    let users = names()
    let contexts = names()
    if chance(8) { return json(clusters, users, contexts, server) }
    var sections = ["apiVersion: v1\n", "kind: Config\n"]
    if chance(2) {
      sections.append("current-context: \(scalar(chance(4) ? "" : pick(contexts)))\n")
    }
    if chance(3) { sections.append("preferences: {colors: true, \(extensions)}\n") }
    if chance(3) { sections.append("\(extensions)\n") }
    if chance(3) { sections.append("x-unknown: \(value)\n") }
    sections.append(list("clusters", clusters) { $0.cluster($1, server, files) })
    sections.append(list("users", users) { random, _ in random.user(files) })
    sections.append(
      list("contexts", contexts) { random, _ in
        var fields = [
          "cluster: \(random.scalar(random.pick(clusters)))",
          "user: \(random.scalar(random.pick(users)))",
        ]
        if random.chance(3) { fields.append("namespace: magnum-system") }
        if random.chance(4) { fields.append(random.extensions) }
        return ("context", fields)
      })
    // Anchors must stand before their aliases.
    return "x-base: &base {tls-server-name: base.example, disable-compression: true}\n"
      + shuffled(sections).joined()
  }

  private mutating func cluster(
    _ name: String, _ server: String, _ files: [String]
  ) -> (String, [String]) {
    var fields = ["server: \(scalar("https://\(server)-\(next(100)):6443"))"]
    if chance(4) { fields.append("<<: *base") }
    if chance(3) { fields.append("tls-server-name: \(scalar(pick(texts)))") }
    if chance(5) { fields.append("insecure-skip-tls-verify: \(pick(["true", "yes", "On"]))") }
    if !files.isEmpty && chance(2) {
      fields.append("certificate-authority: \(scalar(pick(files)))")
    } else if chance(2) {
      fields.append("certificate-authority-data: \(data)")
    }
    if chance(5) { fields.append("proxy-url: http://proxy:3128") }
    if chance(3) { fields.append(extensions) }
    if chance(3) { fields.append("unknown: \(value)") }
    return ("cluster", fields)
  }

  private mutating func user(_ files: [String]) -> (String, [String]) {
    var fields: [String] = []
    switch next(5) {
    case 0: fields.append("token: \(scalar(pick(texts)))")
    case 1:
      fields += ["username: \(scalar(pick(texts)))", "password: \(scalar(pick(texts)))"]
    case 2:
      fields.append(
        "exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin,"
          + " args: [\(scalar(pick(texts))), -v], env: [{name: A, value: \(scalar(pick(texts)))}], installHint: \"a\\nb\","
          + " interactiveMode: Never}")
    case 3:
      fields.append("auth-provider: {name: oidc, config: {id-token: \(scalar(pick(texts)))}}")
    case _ where files.isEmpty:
      fields += ["client-certificate-data: \(data)", "client-key-data: \(data)"]
    default:
      fields += [
        "client-certificate: \(scalar(pick(files)))", "client-key: \(scalar(pick(files)))",
      ]
    }
    if chance(4) { fields += ["as: \(scalar(pick(texts)))", "as-groups: [a, \(scalar("b"))]"] }
    if chance(4) { fields.append(extensions) }
    if chance(4) { fields.append("unknown: \(value)") }
    return ("user", fields)
  }

  private mutating func list(
    _ key: String, _ names: [String],
    _ content: (inout RandomKubeconfig, String) -> (String, [String])
  ) -> String {
    if names.isEmpty { return "\(key): \(pick(["[]", "null", "~", ""]))\n" }
    var text = "\(key):\n"
    for name in names {
      let (kind, fields) = content(&self, name)
      let mapping = shuffled(fields)
      if chance(2), !mapping.contains(where: { $0.hasPrefix("<<") }) {
        text += "- {name: \(scalar(name)), \(kind): {\(mapping.joined(separator: ", "))}}\n"
      } else {
        text += "- name: \(scalar(name)) # a comment\n  \(kind):\n"
        for field in mapping { text += "    \(field)\n" }
      }
    }
    return text
  }

  /// The same shape as JSON.
  private mutating func json(
    _ clusters: [String], _ users: [String], _ contexts: [String], _ server: String
  ) -> String {
    func item(_ name: String, _ kind: String, _ fields: String) -> String {
      "{\"name\": \(quoted(name)), \"\(kind)\": {\(fields)}}"
    }
    let clusterItems = clusters.map {
      item($0, "cluster", "\"server\": \"https://\(server)-\(next(100)):6443\", \"unknown\": 1.50")
    }
    let userItems = users.map { item($0, "user", "\"token\": \(quoted(pick(texts)))") }
    let contextItems = contexts.map {
      item(
        $0, "context", "\"cluster\": \(quoted(pick(clusters))), \"user\": \(quoted(pick(users)))")
    }
    return """
      {"kind": "Config", "apiVersion": "v1", "current-context": \(quoted(pick(contexts))),
       "clusters": [\(clusterItems.joined(separator: ","))],
       "users": [\(userItems.joined(separator: ","))],
       "contexts": [\(contextItems.joined(separator: ",\n"))]}
      """
  }

  // MARK: Parts

  private var extensions: String {
    mutating get {
      "extensions: [{name: \(scalar(pick(nameTexts))), extension: \(value)}, {name: last, extension: 1}]"
    }
  }

  private var data: String {
    mutating get { Data((0..<(1 + next(40))).map { _ in UInt8(next(256)) }).base64EncodedString() }
  }

  /// Values as YAML, of every type, in flow style.
  private var value: String {
    mutating get {
      switch next(6) {
      case 0: "[\(value), \(value)]"
      case 1: "{a: \(value), \(scalar(pick(nameTexts))): \(value)}"
      default: pick(values)
      }
    }
  }

  /// A text in one of the ways in which YAML writes it.
  private mutating func scalar(_ text: String) -> String {
    let isPlain =
      text.range(
        of: #"^[A-Za-z][A-Za-z0-9._@/-]*(:[A-Za-z0-9._@/-]+)*$"#, options: .regularExpression)
      != nil && !["yes", "null", "y", "true"].contains(text)
    switch next(3) {
    case 0 where isPlain: return text
    case 1 where text.unicodeScalars.allSatisfy({ (0x20..<0x7F).contains($0.value) || $0 == "ü" }):
      return "'" + text.replacingOccurrences(of: "'", with: "''") + "'"
    default: return quoted(text)
    }
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || scalar.value == 0x2028 {
          result += String(format: "\\u%04x", scalar.value)
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  /// One to four different names, the same ones in many files.
  private mutating func names() -> [String] {
    Array(shuffled(nameTexts).prefix(1 + next(4)))
  }

  // MARK: Chance

  mutating func next(_ count: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % count
  }

  private mutating func chance(_ count: Int) -> Bool { next(count) == 0 }

  mutating func pick(_ texts: [String]) -> String { texts[next(texts.count)] }

  private mutating func shuffled(_ texts: [String]) -> [String] {
    var texts = texts
    for place in texts.indices.dropFirst() { texts.swapAt(place, next(place + 1)) }
    return texts
  }
}

private let nameTexts = [
  "kubernetes", "kubernetes-admin@kubernetes", "a", "b", "yes", "1e3", "null", "with space", "ünï",
  "10", "a: b", "#x",
]

private let texts = [
  "plain", "12345", "1e3", "yes", "null", "y", "0o17", "", " leading", "trailing ", "a: b", "- x",
  "a #b", "two\nlines\n", "tab\there", "it's", "\"q\"", "back\\slash", "ünïcödé \u{1F600}",
  "\u{2028}",
  "\u{7f}\u{85}", "2001-01-01", "=", "<<", "*a", "&a", "!t", "%", "@", "`", "{}", "[]", "~", ".5",
  "https://x/?a=b&c", "eyJh.bGci.x_-", "true", "\u{FEFF}bom",
]

private let values = [
  "1e3", "y", "0o17", "2001-01-01", "0x1F", "1_000", "~", "on", "1:30", ".5", "+1", "-0", "=",
  "!!str 5", "010", "1.0", "6.", "text", "two words", "a:b", "'single'", "\"d\\u00e9\\t\"", "null",
  "[]", "{}", "-.5", "0b11", "12e03", "1.5e+3", "TRUE", "No", "x#y", "-x",
]
