internal import Glibc
internal import OpenStack
internal import YAML

/// Whatever stands in clouds.yaml, secure.yaml and the variables: reading them again gives the same,
/// and no secret has an influence on what is said.
///
/// NUL separates the three; a variable is a line, `NAME=value`. `SECRET` anywhere stands for a secret
/// of eight letters.
func fuzzCloud(_ bytes: [UInt8]) {
  let parts = texts(of: bytes, 3)
  var isSecret = true
  for text in parts[..<2] where text.holds(placeholder) {
    // Of a text that is no YAML, nothing is said.
    for document in (try? Parser.parse(text)) ?? [] where !holdsSecretsAlone(document) {
      isSecret = false
    }
  }
  if !assignsSecretsAlone(parts[2]) { isSecret = false }
  compare(isSecret) { secret in
    let clouds = write(parts[0].with(secret), "clouds")
    let secure = write(parts[1].with(secret), "secure")
    let variables = lines(parts[2].with(secret)).compactMap { assignment($0) }
    return outcome(
      CloudRequest(),
      [("OS_CLIENT_CONFIG_FILE", clouds), ("OS_CLIENT_SECURE_FILE", secure)]
        + variables.filter { !$0.name.starts(with: "OS_CLIENT_") })
  }
}

/// The same for a file of shell assignments.
func fuzzOpenRC(_ bytes: [UInt8]) {
  compare(assignsSecretsAlone(bytes)) { secret in
    outcome(CloudRequest(openRC: write(bytes.with(secret), "openrc")), [])
  }
}

private let placeholder = Array("SECRET".utf8)
private let folder: String = {
  var template = Array("/dev/shm/mcapi-fuzz-XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else { fatalError("no folder in /dev/shm") }
  atexit {
    for name in ["clouds", "secure", "openrc"] { unlink(folder + "/" + name) }
    rmdir(folder)
  }
  return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}()

private func compare(_ isSecret: Bool, _ read: ([UInt8]) -> String) {
  let first = read(Array("abcdefgh".utf8))
  precondition(read(Array("abcdefgh".utf8)) == first, "what is read again is something else")
  if isSecret {
    precondition(read(Array("hgfedcba".utf8)) == first, "a secret has an influence on what is said")
  }
}

/// What came of it, in words: what a module says and shows.
private func outcome(_ request: CloudRequest, _ variables: [(name: String, value: String)])
  -> String
{
  var surroundings = Surroundings(variables: variables, folder: folder, home: folder)
  surroundings.systemFolder = folder
  do throws(OpenStackError) {
    let cloud = try Cloud(request, in: surroundings)
    let version = cloud.version(of: .containerInfra)
    return "\(cloud.name) \(cloud.region ?? "") \(cloud.files) \(cloud.warnings)"
      + " \(cloud.timeout ?? 0) \(version ?? "")"
  } catch {
    precondition(!error.message.isEmpty && error.kind != .noLibcurl, "refused without a reason")
    return error.message
  }
}

// MARK: Texts

/// So many texts with NUL between them; empty ones where there are fewer.
private func texts(of bytes: [UInt8], _ count: Int) -> [[UInt8]] {
  var texts = bytes.split(separator: 0, maxSplits: count - 1, omittingEmptySubsequences: false)
    .map { Array($0) }
  while texts.count < count { texts.append([]) }
  return texts
}

private func lines(_ text: [UInt8]) -> [[UInt8]] { text.split(separator: 0x0A).map { Array($0) } }

private func assignment(_ line: [UInt8]) -> (name: String, value: String)? {
  guard let place = line.firstIndex(of: UInt8(ascii: "=")) else { return nil }
  return (
    String(decoding: line[..<place], as: UTF8.self),
    String(decoding: line[(place + 1)...], as: UTF8.self)
  )
}

extension [UInt8] {
  fileprivate func holds(_ text: [UInt8]) -> Bool {
    indices.contains { self[$0...].starts(with: text) }
  }

  /// With the secret in place of the placeholder.
  fileprivate func with(_ secret: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    var place = 0
    while place < count {
      let isHere = self[place...].starts(with: placeholder)
      bytes += isHere ? secret : [self[place]]
      place += isHere ? placeholder.count : 1
    }
    return bytes
  }
}

private func write(_ bytes: [UInt8], _ name: String) -> String {
  let path = folder + "/" + name
  guard let file = fopen(path, "w") else { fatalError("cannot write \(path)") }
  fwrite(bytes, 1, bytes.count, file)
  fclose(file)
  return path
}

// MARK: Where the placeholder stands

/// Whether it stands in values that are secret by their names, and nowhere else.
private func holdsSecretsAlone(_ node: Node, below name: String = "") -> Bool {
  if let scalar = node.scalar {
    if isSecret(settingName: name) { return true }
    let text = Array(scalar.text.utf8)
    return !(name == "auth_url" ? withoutUser(text) : text).holds(placeholder)
  }
  for item in node.items ?? [] where !holdsSecretsAlone(item) { return false }
  for entry in node.entries ?? [] {
    let name = entry.key.scalar?.text ?? ""
    if !holdsSecretsAlone(entry.key) || !holdsSecretsAlone(entry.value, below: name) {
      return false
    }
  }
  return true
}

/// An address without user and password.
private func withoutUser(_ address: [UInt8]) -> [UInt8] {
  guard let end = address.lastIndex(of: UInt8(ascii: "@")),
    let start = address.indices.first(where: { address[$0...].starts(with: Array("://".utf8)) })
  else { return address }
  return Array(address[..<start]) + address[max(start, end)...]
}

/// The same for lines of assignments. What is no assignment has no secrets.
private func assignsSecretsAlone(_ text: [UInt8]) -> Bool {
  for line in lines(text) where line.holds(placeholder) {
    guard let (start, _) = assignment(line), !Array(start.utf8).holds(placeholder) else {
      return false
    }
    let name = start.split { $0 == " " || $0 == "\t" || $0 == "\r" }.last ?? ""
    guard name.starts(with: "OS_"), isSecret(settingName: String(name)) else { return false }
  }
  return true
}
