import Foundation
import Testing

@testable import Certificates

/// Each in a process of its own, because libcrypto is opened once.
@Suite struct LibcryptoTests {
  private static func pair() throws -> (OpenSSL, Certificate, Certificate) {
    let openssl = OpenSSL()
    openssl.make(
      Wanted(name: "ca", subject: "/CN=ca", key: "p256-a", extensions: Wanted.authority))
    openssl.make(
      Wanted(
        name: "c", subject: "/CN=c", key: "ed25519-a", issuer: ("ca", "p256-a"),
        extensions: Wanted.client))
    return (openssl, try openssl.certificate("ca"), try openssl.certificate("c"))
  }

  @Test func aBrokenConfigurationIsNotRead() async {
    await #expect(processExitsWith: .success) {
      let (openssl, ca, certificate) = try Self.pair()
      openssl.write("openssl_conf = nowhere\n[ broken", to: "openssl.cnf")
      setenv("OPENSSL_CONF", openssl.folder + "/openssl.cnf", 1)
      try certificate.verifySignature(by: ca)
    }
  }

  @Test func withoutLibcrypto() async {
    await #expect(processExitsWith: .success) {
      let (_, ca, certificate) = try Self.pair()
      let key = try PrivateKey(
        inPEM: OpenSSL.keys.contents("ed25519-a"))
      // What can be read is read without it.
      _ = try certificate.chain(to: [ca])
      OpenSSL.removeAll()
      // No file can be opened any more, and so no library.
      var limit = rlimit(rlim_cur: 0, rlim_max: 0)
      try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
      let missing =
        ": this host has no libcrypto.so.3, .so.4 or .so.1.1; install OpenSSL's library"
      for (words, body) in [
        (
          "has a signature that cannot be verified",
          { () throws(CertificateError) in try certificate.verifySignature(by: ca) }
        ),
        (
          "cannot be compared with the certificate",
          { () throws(CertificateError) in _ = try key.matches(certificate) }
        ),
      ] {
        do throws(CertificateError) {
          try body()
          exit(3)
        } catch {
          if error.message != words + missing { exit(4) }
        }
      }
    }
  }

  @Test func whatItCannotRead() throws {
    let (_, _, certificate) = try Self.pair()
    // An Ed25519 key of one byte: DER, but no key.
    let key = try PrivateKey(
      der: [0x30, 0x10, 2, 1, 0, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, 4, 4, 4, 2, 1, 2])
    let error = #expect(throws: CertificateError.self) { try key.matches(certificate) }
    #expect(
      error?.message
        == "cannot be compared with the certificate: this host's libcrypto cannot read it")
  }
}
