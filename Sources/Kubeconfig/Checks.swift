internal import YAML

/// The address of a cluster, which must be one that keeps credentials secret on the way.
func checkedServer(_ entry: Entry, _ cluster: Node) throws(KubeconfigError) -> String {
  guard let server = cluster["server"]?.text, !server.isEmpty else {
    throw entry.fault("has no server; set it with kubectl config set-cluster")
  }
  let (scheme, host) = splitAddress(server)
  if host.contains(UInt8(ascii: "@")) {
    throw entry.fault("has a user in its server address; put it under users")
  }
  guard scheme == "https" else {
    throw entry.fault("has a server that is not https; set it with kubectl config set-cluster")
  }
  guard let first = host.first, first != UInt8(ascii: ":") else {
    throw entry.fault("has a server that names no host; set it with kubectl config set-cluster")
  }
  try checkPEM(entry, cluster, "certificate-authority-data", holds: "CERTIFICATE")
  return server
}

/// The scheme of an address, and what stands between `//` and the next `/`. Bytes, since the marks
/// are ASCII.
private func splitAddress(_ address: String) -> (scheme: String, host: [UInt8]) {
  let bytes = Array(address.utf8)
  guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
    bytes[colon...].starts(with: "://".utf8)
  else { return ("", bytes) }
  let scheme = bytes[..<colon].map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
  let host = bytes[(colon + 3)...].prefix { !"/?#".utf8.contains($0) }
  return (String(decoding: scheme, as: UTF8.self), Array(host))
}

/// Whether a user has something to log in with.
func checkCredentials(_ entry: Entry, _ user: Node) throws(KubeconfigError) {
  let has = { (key: String) in user[key].map { !$0.isNull && $0.scalar?.text != "" } ?? false }
  let hasCertificate = has("client-certificate") || has("client-certificate-data")
  let hasKey = has("client-key") || has("client-key-data")
  if hasCertificate && !hasKey { throw entry.fault("has a client certificate without its key") }
  if hasKey && !hasCertificate { throw entry.fault("has a client key without its certificate") }
  try checkPEM(entry, user, "client-certificate-data", holds: "CERTIFICATE")
  try checkPEM(entry, user, "client-key-data", holds: "PRIVATE KEY")
  let others = ["token", "tokenFile", "username", "exec", "auth-provider"]
  guard hasCertificate || others.contains(where: has) else {
    throw entry.fault("has no credentials: neither certificate and key nor token, password or exec")
  }
}

/// Looks that an embedded certificate or key is base64 of one, whole.
private func checkPEM(
  _ entry: Entry, _ holder: Node, _ key: String, holds kind: String
) throws(KubeconfigError) {
  guard let text = holder[key]?.text, !text.isEmpty else { return }
  if text == "DATA+OMITTED" || text == "REDACTED" {
    throw entry.fault(
      "has its \(key) left out; take the file itself, or kubectl config view --raw")
  }
  guard let bytes = decodeBase64(text) else {
    throw entry.fault("has a \(key) that is not base64; the file may be cut off")
  }
  guard bytes.isWholePEM(of: kind) else {
    throw entry.fault("has a \(key) that is no whole \(kind) in PEM")
  }
}

extension [UInt8] {
  /// Whether each block that begins also ends, the last with the text, and one is of this kind.
  fileprivate func isWholePEM(of kind: String) -> Bool {
    let begun = occurrences(of: "-----BEGIN ")
    guard let last = last(where: { $0 > 0x20 }), last == UInt8(ascii: "-") else { return false }
    return begun > 0 && begun == occurrences(of: "-----END ")
      && occurrences(of: "\(kind)-----") > 1
  }

  private func occurrences(of text: String) -> Int {
    let pattern = Array(text.utf8)
    var count = 0
    var position = 0
    while position + pattern.count <= self.count {
      if self[position..<(position + pattern.count)].elementsEqual(pattern) { count += 1 }
      position += 1
    }
    return count
  }
}
