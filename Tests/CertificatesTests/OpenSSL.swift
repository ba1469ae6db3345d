import Certificates
import Foundation
import Testing

/// The `openssl` command, and a folder of its own with what it has made.
struct OpenSSL {
  let folder = root + "/" + UUID().uuidString

  /// Around all these folders, and removed with them when the tests are over.
  private static let root: String = {
    atexit { OpenSSL.removeAll() }
    return NSTemporaryDirectory() + "openssl-" + UUID().uuidString
  }()

  /// Keys by the names of their files, made once per run of the tests.
  static let keys: OpenSSL = {
    let keys = OpenSSL()
    keys.shell(
      """
      for name in rsa-a rsa-b; do openssl genrsa -out $name 2048; done
      for name in p256-a p256-b p256-c; do openssl genpkey -algorithm EC -pkeyopt \
        ec_paramgen_curve:P-256 -out $name; done
      openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out p384-a
      openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out p384-b
      for name in ed25519-a ed25519-b; do openssl genpkey -algorithm ED25519 -out $name; done
      for name in *-*; do openssl req -new -key $name -subj /CN=x -out $name.csr; done
      """)
    return keys
  }()

  /// Seconds of work, so that it is made only where it is used.
  private static let bigKey: Void = {
    keys.shell(
      """
      openssl genrsa -out rsa-big 4096
      openssl req -new -key rsa-big -subj /CN=x -out rsa-big.csr
      """)
  }()

  static let keyNames = [
    "rsa-a", "rsa-b", "rsa-big", "p256-a", "p256-b", "p256-c", "p384-a", "p384-b", "ed25519-a",
    "ed25519-b",
  ]

  static func removeAll() { try? FileManager.default.removeItem(atPath: root) }

  init() {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      Issue.record("no temporary folder: \(error)")
    }
  }

  /// Runs a script in the folder and returns what it prints.
  @discardableResult
  func shell(_ script: String) -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.currentDirectoryURL = URL(filePath: folder)
    process.arguments = ["-euc", script]
    process.environment = ["PATH": "/usr/bin:/bin", "OPENSSL_CONF": "/dev/null", "HOME": folder]
    let (output, errors) = (Pipe(), folder + "/stderr")
    _ = FileManager.default.createFile(atPath: errors, contents: nil)
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: errors)
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch { Issue.record("\(error)") }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    if process.terminationStatus != 0 {
      Issue.record("\(script)\n\(String(decoding: contents("stderr"), as: UTF8.self))")
    }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  func contents(_ name: String) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
      Issue.record("openssl has not made \(name)")
      return []
    }
    return Array(data)
  }

  func write(_ text: String, to name: String) {
    _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: Data(text.utf8))
  }

  func certificate(_ name: String) throws -> Certificate {
    try #require(Certificate.all(inPEM: contents(name)).first)
  }
}

/// A certificate to be made by `openssl ca`, which is what can set both dates in Debian 12.
struct Wanted {
  var name: String
  /// As `openssl req -subj` takes it.
  var subject: String
  var key: String
  /// The name of the certificate and the key of who signs; nil for itself.
  var issuer: (name: String, key: String)?
  var start = "20260101000000Z"
  var end = "20360101000000Z"
  var extensions = ""

  /// The usual ones of a CA.
  static let authority = """
    basicConstraints=critical,CA:TRUE
    keyUsage=critical,digitalSignature,keyEncipherment,keyCertSign
    subjectKeyIdentifier=hash
    """
  /// Those of a client, as kubeadm has them.
  static let client = """
    basicConstraints=critical,CA:FALSE
    keyUsage=critical,digitalSignature,keyEncipherment
    extendedKeyUsage=clientAuth
    authorityKeyIdentifier=keyid
    """
}

extension OpenSSL {
  func make(_ wanted: Wanted) {
    if wanted.key == "rsa-big" { Self.bigKey }
    let keys = Self.keys.folder
    let signing =
      wanted.issuer.map { "-cert \($0.name) -keyfile \(keys)/\($0.key)" }
      ?? "-selfsign -keyfile \(keys)/\(wanted.key)"
    let digest = (wanted.issuer?.key ?? wanted.key).hasPrefix("ed") ? "null" : "sha256"
    // Identifiers that are not wanted are added else.
    let absent = ["subjectKeyIdentifier", "authorityKeyIdentifier"]
      .filter { !wanted.extensions.contains($0) }.map { "\($0)=none\n" }.joined()
    write(
      """
      [ca]
      database=index
      new_certs_dir=.
      policy=none
      rand_serial=yes
      unique_subject=no
      email_in_dn=yes
      default_md=\(digest)
      x509_extensions=extensions
      [none]
      [extensions]
      \(absent)\(wanted.extensions)
      """, to: "cnf")
    write("", to: "index")
    write(wanted.subject, to: "subject")
    shell(
      """
      openssl ca -batch -notext -preserveDN -config cnf -name ca \(signing) -utf8 \
        -multivalue-rdn -subj "$(cat subject)" -startdate \(wanted.start) \
        -enddate \(wanted.end) -in \(keys)/\(wanted.key).csr -out \(wanted.name)
      """)
  }
}
