import Foundation

/// An HAProxy that ends TLS before the lab's Keystone and Magnum, as deployments have it, with
/// certificates of a private CA: good ones and others. Ends with the value.
public final class TLSFront: Sendable {
  /// Where the certificates lie: `ca.pem`, `other.pem` of a CA that has signed nothing, and
  /// `client.crt` with its key.
  public let folder: String
  private let haproxy: Companion
  private let ports: [String: Int]

  /// Keystone under names that tell its certificate, Magnum under two, and Keystone without TLS.
  private static let frontends = [
    "good", "elsewhere", "expired", "early", "asking", "plain", "magnum", "magnum-expired",
  ]

  public init(_ lab: OpenStackLab) throws {
    folder = NSTemporaryDirectory() + "tls-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = try Program(["/bin/sh", "-euc", Self.certificates], in: URL(filePath: folder)).succeed()
    let first = try LoopbackPorts.free(Self.frontends.count)
    let ports = Dictionary(
      uniqueKeysWithValues: Self.frontends.enumerated().map { ($1, first + $0) })
    self.ports = ports
    func bind(_ name: String, _ words: String) -> String {
      "  bind 127.0.0.1:\(ports[name] ?? 0) \(words)\n"
    }
    let configuration = """
      defaults
        mode http
        timeout connect 5s
        timeout client 60s
        timeout server 60s
      backend keystone
        server keystone 127.0.0.1:\(lab.port)
      backend magnum
        server magnum 127.0.0.1:\(lab.port + 1)
      frontend keystone
        default_backend keystone
      \(["good", "elsewhere", "expired", "early"].map { bind($0, "ssl crt \($0).pem") }.joined())\
      \(bind("asking", "ssl crt good.pem ca-file ca.pem verify required"))\
      \(bind("plain", ""))\
      frontend magnum
        default_backend magnum
      \(bind("magnum", "ssl crt good.pem"))\
      \(bind("magnum-expired", "ssl crt expired.pem"))
      """
    try Data(configuration.utf8).write(to: URL(filePath: folder + "/haproxy.cfg"))
    haproxy = try Companion(
      ["/usr/sbin/haproxy", "-db", "-C", folder, "-f", folder + "/haproxy.cfg"])
    _ = try Program([
      "curl", "--silent", "--output", "/dev/null", "--noproxy", "*", "--retry", "30",
      "--retry-connrefused", "--retry-delay", "1", address("plain") + "/v3",
    ]).succeed()
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// `https://127.0.0.1:PORT` of a frontend.
  public func address(_ name: String) -> String {
    "\(name == "plain" ? "http" : "https")://127.0.0.1:\(port(name))"
  }

  public func port(_ name: String) -> Int { ports[name] ?? 0 }

  private static let certificates = """
    exec 2>/dev/null
    key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out $1.key; }
    for ca in ca other; do
      key $ca
      openssl req -x509 -new -key $ca.key -out $ca.pem -subj /CN=$ca -days 30
    done
    ask() { # NAME SAN
      key $1
      printf 'subjectAltName=%s\\n' $2 >$1.ext
      openssl req -new -key $1.key -out $1.csr -subj /CN=$1
    }
    make() { # NAME SAN DAYS
      ask $1 $2
      openssl x509 -req -in $1.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days $3 \\
        -extfile $1.ext -out $1.crt
      cat $1.crt $1.key >$1.pem
    }
    make good IP:127.0.0.1 30
    make elsewhere DNS:elsewhere.example 30
    make expired IP:127.0.0.1 -1
    make client DNS:client.example 30
    # Only this command takes the day on which a certificate begins.
    ask early IP:127.0.0.1
    : >index.txt
    echo 01 >serial
    printf '[ca]\\ndefault_ca=own\\n[own]\\ndatabase=index.txt\\nserial=serial\\n' >ca.cnf
    printf 'new_certs_dir=.\\ndefault_md=sha256\\npolicy=any\\n[any]\\ncommonName=supplied\\n' >>ca.cnf
    openssl ca -batch -notext -config ca.cnf -cert ca.pem -keyfile ca.key \\
      -startdate 20990101000000Z -enddate 20990201000000Z -extfile early.ext -in early.csr \\
      -out early.crt
    cat early.crt early.key >early.pem
    """
}
