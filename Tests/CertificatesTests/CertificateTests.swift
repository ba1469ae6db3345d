import Foundation
import Testing

@testable import Certificates

@Suite struct CertificateTests {
  private static func random(_ number: Int, _ generator: inout SeededGenerator) -> Wanted {
    let types = [
      "CN", "O", "OU", "C", "L", "ST", "DC", "UID", "emailAddress", "serialNumber", "SN",
    ]
    let values = [
      "system:masters", "kubernetes-admin", "a, b", "#x", "x#y", " lead", "trail ", "q\"uote",
      "back\\\\slash", "pl\\+us", "<a>;b", "Müller & Söhne", "日本", "tab\tin", "x=y", "slash\\/",
      "é",
      "a@b.example",
    ]
    var subject = ""
    for place in 0..<Int.random(in: 1...5, using: &generator) {
      let type = types.randomElement(using: &generator)!
      // C has two letters, DC and emailAddress are IA5 strings.
      let value =
        switch type {
        case "C": "DE"
        case "DC", "emailAddress", "serialNumber": "example.test"
        default: values.randomElement(using: &generator)!
        }
      subject += place > 0 && Int.random(in: 0..<5, using: &generator) == 0 ? "+" : "/"
      subject += "\(type)=\(value)"
    }
    let starts = [
      "19500101000000Z", "19991231235959Z", "20000229120000Z", "20260101000000Z", "20491231235959Z",
    ]
    let ends = [
      "20260102030405Z", "20491231235959Z", "20500101000000Z", "21000228235959Z", "99991231235958Z",
    ]
    var extensions: [String] = []
    func sometimes(_ lines: String...) {
      if Bool.random(using: &generator) {
        extensions.append(lines.randomElement(using: &generator)!)
      }
    }
    sometimes(
      "basicConstraints=CA:TRUE", "basicConstraints=critical,CA:TRUE,pathlen:3",
      "basicConstraints=CA:FALSE")
    sometimes("keyUsage=keyCertSign,cRLSign", "keyUsage=critical,digitalSignature")
    sometimes("subjectKeyIdentifier=hash", "subjectKeyIdentifier=00:01:02")
    sometimes("subjectAltName=DNS:a.example,IP:192.0.2.1", "extendedKeyUsage=clientAuth")
    if extensions.contains("subjectKeyIdentifier=hash") {
      sometimes("authorityKeyIdentifier=keyid", "authorityKeyIdentifier=keyid,issuer:always")
    }
    return Wanted(
      name: "c\(number)", subject: subject, key: OpenSSL.keyNames.randomElement(using: &generator)!,
      start: starts.randomElement(using: &generator)!, end: ends.randomElement(using: &generator)!,
      extensions: extensions.joined(separator: "\n"))
  }

  /// All that is read, against what openssl prints.
  @Test func asOpenSSLReadsThem() throws {
    let openssl = OpenSSL()
    var generator = SeededGenerator(seed: 2)
    for number in 0..<100 {
      let wanted = Self.random(number, &generator)
      openssl.make(wanted)
      let certificate = try openssl.certificate(wanted.name)
      let printed = openssl.shell(
        """
        openssl x509 -in \(wanted.name) -noout -subject -issuer -nameopt RFC2253 -dates \
          -dateopt iso_8601 -pubkey -ext \
          basicConstraints,keyUsage,subjectKeyIdentifier,authorityKeyIdentifier 2>&1
        """)
      let lines = printed.split(separator: "\n").map {
        String($0.drop { $0 == " " })
      }
      let end = try #require(certificate.notAfter)
      #expect(line("subject=", lines) == certificate.subject.text, "\(wanted)")
      #expect(line("issuer=", lines) == certificate.issuer.text, "\(wanted)")
      #expect(line("notBefore=", lines) == iso(certificate.notBefore), "\(wanted)")
      #expect(line("notAfter=", lines) == iso(end), "\(wanted)")
      #expect(certificate.isCA == truth(printed), "\(wanted)")
      #expect(certificate.pathLength == (printed.contains("pathlen:3") ? 3 : nil), "\(wanted)")
      #expect(
        certificate.extensions.signsCertificates
          == next("X509v3 Key Usage:", lines)?.contains("Certificate Sign"), "\(wanted)")
      #expect(
        hexadecimal(certificate.subjectKeyIdentifier)
          == next("X509v3 Subject Key Identifier:", lines), "\(wanted)")
      #expect(
        hexadecimal(certificate.authorityKeyIdentifier)
          == next("X509v3 Authority Key Identifier:", lines)
          .flatMap { $0.hasPrefix("DirName:") ? nil : $0.replacing("keyid:", with: "") },
        "\(wanted)")
      let start = try #require(lines.firstIndex(of: "-----BEGIN PUBLIC KEY-----"))
      let key = lines[(start + 1)...].prefix { !$0.hasPrefix("-") }.joined()
      #expect(Data(certificate.publicKeyInfo).base64EncodedString() == key, "\(wanted)")
    }
  }

  private func iso(_ instant: Instant) -> String {
    instant.text.replacing("T", with: " ")
  }

  private func truth(_ extensions: String) -> Bool? {
    extensions.contains("CA:TRUE") ? true : extensions.contains("CA:FALSE") ? false : nil
  }

  private func hexadecimal(_ bytes: [UInt8]?) -> String? {
    bytes?.map { String(format: "%02X", $0) }.joined(separator: ":")
  }

  /// What stands behind the first of these beginnings of a line.
  private func line(_ start: String, _ lines: [String]) -> String? {
    lines.first { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
  }

  /// The line behind a title.
  private func next(_ title: String, _ lines: [String]) -> String? {
    lines.firstIndex { $0.hasPrefix(title) }.map { lines[$0 + 1] }
  }

  @Test func kubeadms() throws {
    let openssl = OpenSSL()
    openssl.make(
      Wanted(
        name: "ca", subject: "/CN=kubernetes", key: "rsa-a", extensions: Wanted.authority))
    openssl.make(
      Wanted(
        name: "admin", subject: "/O=system:masters/CN=kubernetes-admin", key: "rsa-b",
        issuer: ("ca", "rsa-a"), extensions: Wanted.client))
    let (ca, admin) = (try openssl.certificate("ca"), try openssl.certificate("admin"))
    #expect(admin.subject.text == "CN=kubernetes-admin,O=system:masters")
    #expect(admin.issuer == ca.subject)
    #expect(ca.isCA == true && ca.mayIssue && ca.isSelfIssued)
    #expect(admin.isCA == false && !admin.mayIssue && !admin.isSelfIssued)
    #expect(ca.isNamedIssuer(of: admin) && !admin.isNamedIssuer(of: ca))
    #expect(admin.notAfter?.text == "2036-01-01T00:00:00Z")
  }

  @Test func withoutExpiry() throws {
    let openssl = OpenSSL()
    openssl.make(Wanted(name: "c", subject: "/CN=c", key: "p256-a", end: "99991231235959Z"))
    #expect(try openssl.certificate("c").notAfter == nil)
  }

  @Test func unknownKindsInNames() throws {
    let openssl = OpenSSL()
    openssl.write(
      """
      [req]
      prompt=no
      distinguished_name=name
      [name]
      x.1.3.6.1.4.1.99999.300=thing
      x.2.999.7=other
      CN=c
      """, to: "cnf")
    openssl.shell(
      "openssl req -new -x509 -key \(OpenSSL.keys.folder)/p256-a -out c -config cnf")
    let theirs = openssl.shell("openssl x509 -in c -noout -subject -nameopt RFC2253")
    #expect(try "subject=" + openssl.certificate("c").subject.text == theirs)
  }

  @Test func ofVersionOne() throws {
    let openssl = OpenSSL()
    openssl.shell(
      """
      openssl req -new -key \(OpenSSL.keys.folder)/p256-a -subj /CN=old -out csr -config /dev/null
      openssl x509 -req -in csr -signkey \(OpenSSL.keys.folder)/p256-a -out c
      openssl x509 -in c -noout -text | grep 'Version: 1'
      """)
    let certificate = try openssl.certificate("c")
    #expect(certificate.isCA == nil && certificate.mayIssue)
  }

  /// A certificate with one text of its DER in place of another of the same length.
  private func error(_ old: String, _ new: String) throws -> String? {
    let openssl = OpenSSL()
    openssl.make(
      Wanted(
        name: "c", subject: "/CN=c", key: "p256-a", end: "20600101000000Z",
        extensions: "basicConstraints=CA:TRUE\nkeyUsage=keyCertSign"))
    var bytes = try openssl.certificate("c").bytes
    let (old, new) = (Array(old.utf8), Array(new.utf8))
    let place = try #require(
      bytes.indices.first { bytes[$0...].starts(with: old) }, "\(old) is not in the certificate")
    bytes.replaceSubrange(place..<(place + old.count), with: new)
    return #expect(throws: CertificateError.self) { try Certificate(der: bytes) }?.message
      .replacing(/at byte [0-9]+/, with: "at byte N")
  }

  @Test(arguments: [
    ("260101000000Z", "260101000000+", "a date that is not to the second and in UTC"),
    ("260101000000Z", "26010100000 Z", "a date that is not to the second and in UTC"),
    ("260101000000Z", "260230000000Z", "a date that is not in the calendar"),
    ("260101000000Z", "260101000060Z", "a date that is not in the calendar"),
    ("20600101000000Z", "206001010000.0Z", "a date that is not to the second and in UTC"),
    ("\u{17}\u{0D}", "\u{16}\u{0D}", "no date where one belongs"),
    // keyUsage becomes a second basicConstraints.
    ("\u{55}\u{1D}\u{0F}", "\u{55}\u{1D}\u{13}", "an extension twice"),
  ])
  func damaged(old: String, new: String, expected: String) throws {
    #expect(
      try error(old, new) == "is no X.509 certificate: at byte N its DER has \(expected)")
  }

  @Test func nothingElseIsOne() throws {
    let openssl = OpenSSL()
    func message(_ name: String) -> String? {
      #expect(throws: CertificateError.self) {
        try Certificate.all(inPEM: openssl.contents(name))
      }?.message
    }
    openssl.shell("cp \(OpenSSL.keys.folder)/p256-a key")
    #expect(message("key") == "has no PEM block CERTIFICATE")
    openssl.shell("sed 's/PRIVATE KEY/CERTIFICATE/' key > renamed")
    #expect(
      message("renamed")
        == "has a certificate 1 that is no X.509 certificate: at byte 3 its DER is not of the type"
        + " that belongs there")
    openssl.make(Wanted(name: "c", subject: "/CN=c", key: "p256-a"))
    openssl.shell("cat c renamed > both")
    #expect(message("both")?.hasPrefix("has a certificate 2 that is no X.509") == true)
    let whole = try openssl.certificate("c").bytes
    let error = #expect(throws: CertificateError.self) { try Certificate(der: whole + [0]) }
    #expect(
      error?.message
        == "is no X.509 certificate: at byte \(whole.count) its DER goes on behind its end")
  }
}
