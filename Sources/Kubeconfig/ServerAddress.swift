internal import ByteText
internal import CPosix

/// The parts of a server's address. Letters are small, since case does not count.
struct ServerAddress {
  /// Empty where the address has none.
  let scheme: String
  /// Without the brackets of an IPv6 address.
  let host: String
  /// Digits; empty where the address names none.
  let port: String
  /// Whether a user stands before the host.
  let hasUser: Bool

  /// Takes a URL, `host:port`, or a host, which may be an IPv6 address.
  init(_ text: String) {
    // Bytes, since the marks are ASCII.
    var bytes = text.bytes.lowercasedASCII[...]
    let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
    if bytes[colon...].begins(with: "://") {
      scheme = String(bytes: bytes[..<colon])
      bytes = bytes[(colon + 3)...]
    } else {
      scheme = ""
    }
    bytes = bytes.prefix { !$0.isOne(of: "/?#") }
    hasUser = bytes.contains(UInt8(ascii: "@"))
    var end = bytes.endIndex
    if bytes.first == UInt8(ascii: "[") {
      bytes = bytes.dropFirst()
      end = bytes.firstIndex(of: UInt8(ascii: "]")) ?? bytes.endIndex
    } else if let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      colon == bytes.lastIndex(of: UInt8(ascii: ":"))
    {
      end = colon
    }
    host = String(bytes: bytes[..<end])
    port = String(bytes: bytes[end...].drop { $0.isOne(of: "]:") })
  }
}

extension Kubeconfig {
  /// Looks that the address of the cluster is the one that is expected, as far as the expectation
  /// goes: a host, `host:port` or a URL.
  public func checkServer(is expected: String) throws(KubeconfigError) {
    let found = ServerAddress(server)
    let wanted = ServerAddress(expected)
    let hasPort = !wanted.port.isEmpty || !wanted.scheme.isEmpty
    if found.hasHost(of: wanted), wanted.scheme.isEmpty || found.scheme == wanted.scheme,
      !hasPort || found.effectivePort == wanted.effectivePort
    {
      return
    }
    throw KubeconfigError(
      "cluster \"\(names.cluster)\" has the server \(server), expected is \(expected); correct the"
        + " expectation, or set the address with server")
  }
}

extension ServerAddress {
  /// Whether both name one host; an IPv6 address can be written in several ways.
  fileprivate func hasHost(of other: ServerAddress) -> Bool {
    host == other.host
      || !host.bytes.contains(0) && !other.host.bytes.contains(0)
        && cposix_same_address(host, other.host) != 0
  }

  fileprivate var effectivePort: String { port.isEmpty ? "443" : port }
}
