import Certificates
import Foundation
import Testing

@Suite struct PrivateKeyTests {
  /// Each key in each form that openssl writes, against a certificate of each key.
  @Test func eachFormAndCertificate() throws {
    let openssl = OpenSSL()
    let keys = OpenSSL.keys.folder
    var certificates: [(key: String, certificate: Certificate)] = []
    for name in OpenSSL.keyNames {
      openssl.make(Wanted(name: name, subject: "/CN=c", key: name))
      certificates.append((name, try openssl.certificate(name)))
    }
    var compared = 0
    for name in OpenSSL.keyNames {
      for form in forms(name) {
        openssl.shell("openssl \(form.replacing("KEY", with: "\(keys)/\(name)")) -out key")
        let key = try PrivateKey(inPEM: openssl.contents("key"))
        for (other, certificate) in certificates {
          #expect(try key.matches(certificate) == (name == other), "\(name) \(form) \(other)")
          compared += 1
        }
      }
    }
    #expect(compared == 10 * (3 * 2 + 5 * 7 + 2))
  }

  private func forms(_ name: String) -> [String] {
    if name.hasPrefix("rsa") { return ["pkey -in KEY", "rsa -in KEY -traditional"] }
    if name.hasPrefix("ed") { return ["pkey -in KEY"] }
    return [
      "pkey -in KEY", "ec -in KEY", "ec -in KEY -no_public", "ec -in KEY -conv_form compressed",
      "ec -in KEY -conv_form hybrid", "ec -in KEY -param_enc explicit",
      "pkcs8 -topk8 -nocrypt -in KEY",
    ]
  }

  @Test func behindTheParametersOfItsCurve() throws {
    let openssl = OpenSSL()
    openssl.shell("openssl ecparam -name prime256v1 -genkey -out key; grep -c PARAMETERS key")
    openssl.shell(
      """
      openssl req -x509 -new -key key -subj /CN=c -out c -config /dev/null
      cat c key > both
      """)
    let key = try PrivateKey(inPEM: openssl.contents("both"))
    #expect(try key.matches(openssl.certificate("c")))
  }

  /// A curve and a point of one certificate with the curve of another key: no match, and no crash.
  @Test func curvesDiffer() throws {
    let openssl = OpenSSL()
    openssl.shell("openssl ecparam -name secp256k1 -genkey -noout -out key")
    openssl.make(Wanted(name: "c", subject: "/CN=c", key: "p256-a"))
    let key = try PrivateKey(inPEM: openssl.contents("key"))
    #expect(try !key.matches(openssl.certificate("c")))
  }

  @Test(arguments: [
    "openssl pkcs8 -topk8 -in KEY -passout pass:x -out key",
    "openssl rsa -in KEY -traditional -aes128 -passout pass:x -out key",
  ])
  func encrypted(command: String) throws {
    let openssl = OpenSSL()
    openssl.shell(command.replacing("KEY", with: "\(OpenSSL.keys.folder)/rsa-a"))
    let error = #expect(throws: CertificateError.self) {
      try PrivateKey(inPEM: openssl.contents("key"))
    }
    #expect(
      error?.message
        == "is encrypted with a passphrase, which nobody could be asked for; decrypt it with"
        + " openssl pkey")
  }

  @Test func noKey() throws {
    let openssl = OpenSSL()
    openssl.make(Wanted(name: "c", subject: "/CN=c", key: "rsa-a"))
    let error = #expect(throws: CertificateError.self) {
      try PrivateKey(inPEM: openssl.contents("c"))
    }
    #expect(error?.message == "has no PEM block PRIVATE KEY")
    openssl.shell("sed 's/CERTIFICATE/PRIVATE KEY/' c > renamed")
    #expect(throws: CertificateError.self) { try PrivateKey(inPEM: openssl.contents("renamed")) }
    openssl.shell("openssl pkey -in \(OpenSSL.keys.folder)/rsa-a -pubout -out public")
    let publicError = #expect(throws: CertificateError.self) {
      try PrivateKey(inPEM: openssl.contents("public"))
    }
    #expect(publicError?.message == "has no PEM block PRIVATE KEY")
  }
}
