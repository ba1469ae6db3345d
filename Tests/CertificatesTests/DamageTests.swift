import Certificates
import Foundation
import Testing

/// Bytes that are lost or wrong: an error or another certificate, never a crash.
@Suite struct DamageTests {
  private static let openssl: OpenSSL = {
    let openssl = OpenSSL()
    openssl.make(
      Wanted(
        name: "c", subject: "/O=system:masters/CN=kubernetes-admin", key: "p256-a",
        extensions: Wanted.authority + "\nauthorityKeyIdentifier=keyid,issuer:always"))
    openssl.shell(
      """
      openssl ec -in \(OpenSSL.keys.folder)/p256-a -out sec1
      openssl rsa -in \(OpenSSL.keys.folder)/rsa-a -traditional -out pkcs1
      """)
    return openssl
  }()

  @Test func ofACertificate() throws {
    let bytes = try Self.openssl.certificate("c").bytes
    for length in 0..<bytes.count {
      #expect(throws: CertificateError.self) { try Certificate(der: Array(bytes[..<length])) }
    }
    var refused = 0
    for (place, change) in changes(of: bytes) {
      var damaged = bytes
      damaged[place] ^= change
      do throws(CertificateError) {
        let certificate = try Certificate(der: damaged)
        #expect(certificate.subject.text.utf8.allSatisfy { 0x20..<0x7F ~= $0 })
        _ = try certificate.chain(to: [try Certificate(der: bytes)])
      } catch {
        refused += 1
        #expect(!error.message.isEmpty)
      }
    }
    #expect(refused > bytes.count)
  }

  @Test(arguments: ["sec1", "pkcs1", "key"]) func ofAKey(name: String) throws {
    let certificate = try Self.openssl.certificate("c")
    Self.openssl.shell("cp \(OpenSSL.keys.folder)/p256-a key")
    let bytes = try #require(PEMBlock.all(in: Self.openssl.contents(name)).last).bytes
    for length in 0..<bytes.count {
      #expect(throws: CertificateError.self) { try PrivateKey(der: Array(bytes[..<length])) }
    }
    for (place, change) in changes(of: bytes) {
      var damaged = bytes
      damaged[place] ^= change
      guard let key = try? PrivateKey(der: damaged) else { continue }
      _ = try? key.matches(certificate)
    }
  }

  @Test func ofAText() throws {
    let text = Self.openssl.contents("c")
    for length in 0..<(text.count - 1) {
      let cut = Array(text[..<length])
      if length < 27 {
        // Not one whole line.
        _ = try? PEMBlock.all(in: cut)
      } else {
        #expect(throws: CertificateError.self) { try PEMBlock.all(in: cut) }
      }
      var damaged = text
      damaged[length] = 0xFF
      _ = try? PEMBlock.all(in: damaged)
    }
  }

  /// At each place a bit that counts little, one that counts much, and all of them.
  private func changes(of bytes: [UInt8]) -> [(Int, UInt8)] {
    bytes.indices.flatMap { place in [1, 0x20, 0x80, 0xFF].map { (place, $0) } }
  }
}
