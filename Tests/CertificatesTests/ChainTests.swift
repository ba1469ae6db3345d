import Certificates
import Foundation
import Testing

@Suite struct ChainTests {
  /// A root, a CA below it, one below that, and a client of each; beside them a root of the same name
  /// with another key, with and without identifiers of keys, and what must not issue.
  private static let openssl: OpenSSL = {
    let openssl = OpenSSL()
    let plain = "basicConstraints=CA:TRUE"
    func make(
      _ name: String, _ subject: String, _ key: String, by issuer: (String, String)? = nil,
      _ extensions: String, end: String = "20360101000000Z"
    ) {
      openssl.make(
        Wanted(
          name: name, subject: subject, key: key, issuer: issuer.map { ($0.0, $0.1) }, end: end,
          extensions: extensions))
    }
    make("root", "/CN=kubernetes", "rsa-a", Wanted.authority)
    make("other", "/CN=kubernetes", "rsa-b", Wanted.authority)
    make("renewed", "/CN=kubernetes", "rsa-a", Wanted.authority, end: "20460101000000Z")
    make("plain", "/CN=kubernetes", "rsa-a", plain)
    make("plain-other", "/CN=kubernetes", "rsa-b", plain)
    make(
      "middle", "/CN=middle", "p256-a", by: ("root", "rsa-a"),
      Wanted.authority + "\nauthorityKeyIdentifier=keyid")
    make(
      "lower", "/CN=lower", "p384-a", by: ("middle", "p256-a"),
      Wanted.authority + "\nauthorityKeyIdentifier=keyid")
    make(
      "narrow", "/CN=narrow", "p256-b",
      "basicConstraints=critical,CA:TRUE,pathlen:0\nsubjectKeyIdentifier=hash")
    make("below-narrow", "/CN=below", "p256-c", by: ("narrow", "p256-b"), Wanted.authority)
    make(
      "no-ca", "/CN=no-ca", "p256-a", by: ("root", "rsa-a"),
      Wanted.client + "\nsubjectKeyIdentifier=hash")
    make(
      "no-signer", "/CN=no-signer", "p256-a", by: ("root", "rsa-a"),
      "basicConstraints=CA:TRUE\nkeyUsage=digitalSignature\nsubjectKeyIdentifier=hash")
    make("unsaid", "/CN=unsaid", "p256-a", "subjectKeyIdentifier=hash")
    for (name, issuer, key) in [
      ("of-root", "root", "rsa-a"), ("of-middle", "middle", "p256-a"),
      ("of-lower", "lower", "p384-a"), ("of-narrow", "narrow", "p256-b"),
      ("of-below-narrow", "below-narrow", "p256-c"), ("of-no-ca", "no-ca", "p256-a"),
      ("of-no-signer", "no-signer", "p256-a"), ("of-unsaid", "unsaid", "p256-a"),
    ] {
      make(name, "/CN=client", "ed25519-a", by: (issuer, key), Wanted.client)
    }
    make(
      "without-id", "/CN=client", "ed25519-a", by: ("plain", "rsa-a"),
      "basicConstraints=CA:FALSE")
    return openssl
  }()

  private func read(_ names: String) throws -> [Certificate] {
    try names.split(separator: " ").map { try Self.openssl.certificate(String($0)) }
  }

  @Test(arguments: [
    ("of-root", "", "root", "of-root root"),
    ("of-root", "", "other root", "of-root root"),
    ("of-root", "", "renewed", "of-root renewed"),
    ("of-root", "", "plain", "of-root plain"),
    ("of-root", "root", "root", "of-root root"),
    ("of-middle", "middle", "root", "of-middle middle root"),
    ("of-lower", "middle lower", "root", "of-lower lower middle root"),
    ("of-lower", "no-ca root middle lower other", "other root", "of-lower lower middle root"),
    ("of-lower", "lower", "middle", "of-lower lower middle"),
    ("of-narrow", "", "narrow", "of-narrow narrow"),
    ("root", "", "root", "root"),
    ("of-root", "", "of-root", "of-root"),
  ])
  func found(leaf: String, intermediates: String, authorities: String, expected: String) throws {
    for verifies in [false, true] {
      let chain = try read(leaf)[0].chain(
        through: read(intermediates), to: read(authorities), verifyingSignatures: verifies)
      #expect(try chain.map(\.bytes) == read(expected).map(\.bytes))
    }
  }

  /// Those of one name without identifiers are told apart by their signatures only.
  @Test(arguments: [(false, "plain-other"), (true, "plain")])
  func withoutIdentifiers(verifies: Bool, expected: String) throws {
    let chain = try read("without-id")[0].chain(
      to: read("plain-other plain"), verifyingSignatures: verifies)
    #expect(try chain.map(\.bytes) == read("without-id \(expected)").map(\.bytes))
  }

  @Test(arguments: [
    ("of-root", "", "", "was issued by CN=kubernetes, which is none of the authorities"),
    (
      "of-root", "", "other",
      "was issued by another CN=kubernetes: the identifiers of the keys differ"
    ),
    ("of-root", "", "middle", "was issued by CN=kubernetes, which is none of the authorities"),
    ("of-root", "", "plain-other", "was signed by another key than that of CN=kubernetes"),
    ("without-id", "", "other", "was signed by another key than that of CN=kubernetes"),
    ("of-middle", "", "root", "was issued by CN=middle, which is none of the authorities"),
    (
      "of-middle", "middle", "other",
      "leads to CN=middle, which was issued by another CN=kubernetes: the identifiers of the keys differ"
    ),
    (
      "of-lower", "lower", "root",
      "leads to CN=lower, which was issued by CN=middle, which is none of the authorities"
    ),
    (
      "of-no-ca", "no-ca", "root", "was issued by CN=no-ca, whose certificate is not that of a CA"
    ),
    (
      "of-no-signer", "no-signer", "root",
      "was issued by CN=no-signer, whose certificate is not that of a CA"
    ),
    ("of-unsaid", "", "unsaid", "was issued by CN=unsaid, whose certificate is not that of a CA"),
    (
      "of-below-narrow", "below-narrow", "narrow",
      "leads to CN=below, which was issued by CN=narrow, which allows no chain of this length"
    ),
  ])
  func refused(leaf: String, intermediates: String, authorities: String, expected: String) throws {
    let error = #expect(throws: CertificateError.self) {
      try read(leaf)[0].chain(
        through: read(intermediates), to: read(authorities), verifyingSignatures: true)
    }
    #expect(error?.message == expected)
    if !authorities.isEmpty {
      #expect(!verified(leaf, intermediates, authorities), "openssl says otherwise")
    }
  }

  private func verified(
    _ leaf: String, _ intermediates: String, _ authorities: String
  ) -> Bool {
    verdict(leaf, intermediates, authorities, in: Self.openssl) == "\(leaf): OK"
  }

  /// What `openssl verify` says.
  private func verdict(
    _ leaf: String, _ intermediates: String, _ authorities: String, in openssl: OpenSSL
  ) -> String {
    // Files of this call alone: others run at the same time.
    let bundle = UUID().uuidString
    // An empty file is none to openssl.
    let untrusted = intermediates.isEmpty ? "" : "-untrusted \(bundle).u"
    return openssl.shell(
      """
      cat \(authorities) > \(bundle).a; cat \(intermediates) </dev/null > \(bundle).u
      openssl verify -partial_chain -no_check_time -no-CApath -no-CAstore -CAfile \(bundle).a \
        \(untrusted) \(leaf) 2>&1 || true
      """)
  }

  @Test(arguments: [("of-root", "root"), ("middle", "root"), ("of-lower", "lower")])
  func oneSignature(certificate: String, issuer: String) throws {
    let pair = try read("\(certificate) \(issuer)")
    try pair[0].verifySignature(by: pair[1])
    // The last byte is the signature's.
    var bytes = pair[0].bytes
    bytes[bytes.count - 1] ^= 1
    let damaged = try Certificate(der: bytes)
    #expect(throws: CertificateError.self) { try damaged.verifySignature(by: pair[1]) }
    #expect(throws: CertificateError.self) { try pair[0].verifySignature(by: pair[0]) }
  }

  @Test func tooLong() throws {
    let openssl = OpenSSL()
    for number in 0..<9 {
      openssl.make(
        Wanted(
          name: "c\(number)", subject: "/CN=c\(number)", key: "p256-a",
          issuer: number == 0 ? nil : ("c\(number - 1)", "p256-a"), extensions: Wanted.authority))
    }
    let all = try (0..<9).map { try openssl.certificate("c\($0)") }
    let eight = try all[7].chain(
      through: Array(all[1..<7]), to: [all[0]], verifyingSignatures: true)
    #expect(eight.count == 8)
    let error = #expect(throws: CertificateError.self) {
      try all[8].chain(through: Array(all[1..<8]), to: [all[0]])
    }
    #expect(
      error?.message == "leads to CN=c2, which is in a chain of more than 8 certificates")
  }

  /// Twelve CAs of one name, each of which could have issued each other.
  @Test func waysWithoutNumber() throws {
    let openssl = OpenSSL()
    for number in 0..<12 {
      openssl.make(
        Wanted(
          name: "c\(number)", subject: "/CN=same", key: "p256-a",
          extensions: "basicConstraints=CA:TRUE"))
    }
    openssl.make(Wanted(name: "root", subject: "/CN=root", key: "p256-b"))
    let all = try (0..<12).map { try openssl.certificate("c\($0)") }
    let error = #expect(throws: CertificateError.self) {
      try all[0].chain(through: all, to: [openssl.certificate("root")])
    }
    #expect(error?.message == "has too many certificates of the same names to find its chain")
  }

  /// Small worlds of CAs, in which names and keys are few, so that some are the same by chance. What
  /// openssl accepts is accepted; a chain that is found is one that openssl accepts.
  @Test func asOpenSSLVerifies() throws {
    var generator = SeededGenerator(seed: 3)
    var accepted = 0
    var compared = 0
    for _ in 0..<12 {
      let openssl = OpenSSL()
      var authorities: [Wanted] = []
      for number in 0..<6 {
        let issuer =
          Bool.random(using: &generator) ? authorities.randomElement(using: &generator) : nil
        authorities.append(world("c\(number)", of: issuer, isAuthority: true, &generator))
        openssl.make(authorities[number])
      }
      for number in 0..<3 {
        let issuer = authorities.randomElement(using: &generator)
        openssl.make(world("l\(number)", of: issuer, isAuthority: false, &generator))
        for _ in 0..<4 {
          let names = (0..<6).map { "c\($0)" }.shuffled(using: &generator)
          let trusted = Array(names[..<Int.random(in: 1...2, using: &generator)])
          let others = Array(names[trusted.count...Int.random(in: 3...5, using: &generator)])
          let leaf = "l\(number)"
          let theirs = verdict(
            leaf, others.joined(separator: " "), trusted.joined(separator: " "), in: openssl)
          let chain = try? openssl.certificate(leaf).chain(
            through: others.map { try openssl.certificate($0) },
            to: trusted.map { try openssl.certificate($0) }, verifyingSignatures: true)
          compared += 1
          if theirs == "\(leaf): OK" { #expect(chain != nil, "\(leaf) by \(others) to \(trusted)") }
          guard let chain else { continue }
          accepted += 1
          let way = try chain.map { certificate in
            try names.first { try openssl.certificate($0).bytes == certificate.bytes } ?? leaf
          }
          let word = verdict(
            leaf, way.dropFirst().dropLast().joined(separator: " "), way[way.count - 1],
            in: openssl)
          if word == "\(leaf): OK" { continue }
          // Of two with one name openssl takes the first, and looks no farther when that one has not
          // signed: here it is asked for each step alone.
          #expect(Set(chain.map(\.subject.text)).count < chain.count, "\(way): \(word)")
          for place in way.indices.dropLast() {
            // What is signed by itself counts as signed by an older certificate of its key too.
            let isOwn = chain[place].publicKeyInfo == chain[place + 1].publicKeyInfo
            let issuer = isOwn && chain[place].isSelfIssued ? way[place] : way[place + 1]
            #expect(verdict(way[place], "", issuer, in: openssl) == "\(way[place]): OK")
          }
        }
      }
    }
    #expect(compared == 144 && accepted > 30 && accepted < 120, "\(accepted) of \(compared)")
  }

  private func world(
    _ name: String, of issuer: Wanted?, isAuthority: Bool, _ generator: inout SeededGenerator
  ) -> Wanted {
    func one(_ texts: String...) -> String { texts.randomElement(using: &generator)! }
    var extensions =
      isAuthority
      ? [
        one(
          "basicConstraints=CA:TRUE", "basicConstraints=CA:TRUE", "basicConstraints=CA:TRUE",
          "basicConstraints=CA:TRUE,pathlen:0", "basicConstraints=CA:FALSE"),
        one("", "", "keyUsage=keyCertSign", "keyUsage=keyCertSign", "keyUsage=digitalSignature"),
        one("", "subjectKeyIdentifier=hash"),
      ] : []
    // Only what the issuer has can be named.
    if (issuer?.extensions ?? extensions.joined()).contains("subjectKeyIdentifier") {
      extensions.append(one("", "authorityKeyIdentifier=keyid"))
    }
    // One with the name of its issuer openssl takes for self-signed without a look at the signature.
    var subject = one("/CN=a", "/CN=b", "/CN=c")
    while subject == issuer?.subject { subject = one("/CN=a", "/CN=b", "/CN=c") }
    return Wanted(
      name: name, subject: isAuthority ? subject : "/CN=leaf",
      key: one("p256-a", "p256-b", "p256-c"), issuer: issuer.map { ($0.name, $0.key) },
      extensions: extensions.filter { !$0.isEmpty }.joined(separator: "\n"))
  }
}
