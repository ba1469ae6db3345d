import Foundation
import Testing

/// A CA and what it has issued, made by openssl once per run of the tests: what is right, and each
/// thing that can be wrong with a certificate.
struct Certification {
  /// Base64 of PEM, as kubeconfigs have it, by the name of the file.
  private let files: [String: String]

  static let shared = Certification()

  subscript(name: String) -> String { files[name] ?? "" }

  /// The PEM itself.
  func pem(_ name: String) -> String {
    String(decoding: Data(base64Encoded: self[name]) ?? Data(), as: UTF8.self)
  }

  /// A kubeconfig with one context.
  func kubeconfig(
    ca: String = "ca.crt", certificate: String = "client.crt", key: String = "client.key",
    server: String = "https://198.18.236.9:6443", name: String = "kubernetes"
  ) -> String {
    """
    apiVersion: v1
    kind: Config
    clusters:
    - name: \(name)
      cluster:
        certificate-authority-data: \(self[ca])
        server: \(server)
    contexts:
    - name: admin@\(name)
      context:
        cluster: \(name)
        user: admin-of-\(name)
    current-context: admin@\(name)
    users:
    - name: admin-of-\(name)
      user:
        client-certificate-data: \(self[certificate])
        client-key-data: \(self[key])

    """
  }

  private init() {
    let folder = NSTemporaryDirectory() + "certification-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-ec", script, "sh", folder]
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    var files: [String: String] = [:]
    do {
      try process.run()
      process.waitUntilExit()
      if process.terminationStatus != 0 { Issue.record("openssl made no certificates") }
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
        files[name] = try Data(contentsOf: URL(filePath: "\(folder)/\(name)")).base64EncodedString()
      }
    } catch {
      Issue.record("openssl made no certificates: \(error)")
    }
    self.files = files
  }
}

/// `openssl ca` sets dates to the second, which `openssl x509` of Debian 12 does not.
private let script = #"""
  mkdir "$1" && cd "$1"
  key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key"; }
  authority() { # NAME SUBJECT
    key "$1"
    openssl req -x509 -new -key "$1.key" -days 3650 -subj "$2" -out "$1.crt"
  }
  authority ca /CN=kubernetes
  authority other /CN=other
  # The same name and, by a copied identifier of its key, the same looks: only the signature tells.
  key impostor
  openssl req -x509 -new -key impostor.key -days 3650 -subj /CN=kubernetes -out impostor.crt \
    -addext "subjectKeyIdentifier=$(openssl x509 -in ca.crt -noout -ext subjectKeyIdentifier |
      tail -n 1 | tr -d ' ')"
  cat >ca.conf <<END
  [ca]
  default_ca = here
  [here]
  database = index
  new_certs_dir = .
  serial = serial
  default_md = sha256
  policy = any
  x509_extensions = client
  unique_subject = no
  [any]
  commonName = supplied
  organizationName = optional
  [client]
  authorityKeyIdentifier = keyid
  extendedKeyUsage = clientAuth
  END
  : >index
  echo 01 >serial
  issue() { # NAME START END [CA]
    [ -e "$1.key" ] || key "$1"
    openssl req -new -key "$1.key" -subj /O=system:masters/CN=kubernetes-admin -out "$1.csr"
    openssl ca -batch -config ca.conf -cert "${4:-ca}.crt" -keyfile "${4:-ca}.key" -notext \
      -startdate "$2" -enddate "$3" -in "$1.csr" -out "$1.crt"
  }
  issue client 20200101000000Z 20991231000000Z
  issue expired 20200101000000Z 20210101000000Z
  issue future 20900101000000Z 20991231000000Z
  issue foreign 20200101000000Z 20991231000000Z other
  issue forged 20200101000000Z 20991231000000Z impostor
  issue soon "$(date -u -d '-1 day' +%Y%m%d%H%M%SZ)" "$(date -u -d '+10 days' +%Y%m%d%H%M%SZ)"
  openssl pkcs8 -topk8 -in client.key -passout pass:hunter2 -out encrypted.key
  openssl req -x509 -new -key ca.key -days 1 -subj /CN=kubernetes -out day.crt
  """#
