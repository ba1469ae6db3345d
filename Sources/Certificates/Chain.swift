internal import ByteText

extension Certificate {
  /// Certificates that a chain has at most, this one and the authority's included.
  public static let longestChain = 8

  /// The way from this certificate to one of the authorities, both included: each was issued by the
  /// next, by names and the identifiers of keys, and each but the first may issue. One that is itself
  /// among the authorities is a chain of its own.
  ///
  /// Whether each is valid today is for the caller to look at; so are name constraints, and what the
  /// key may be used for. Signatures are verified if asked for, by libcrypto; where several
  /// authorities have one name, the one whose key has signed is then found.
  ///
  /// Throws why there is no such way, and what is missing when a signature cannot be verified.
  public func chain(
    through intermediates: [Certificate] = [], to authorities: [Certificate],
    verifyingSignatures: Bool = false
  ) throws(CertificateError) -> [Certificate] {
    var search = Search(
      intermediates: intermediates, authorities: authorities, verifies: verifyingSignatures,
      path: [self])
    if authorities.contains(where: { $0.bytes == bytes }) { return [self] }
    if try search.extend() { return search.path }
    throw CertificateError(search.refusal)
  }

  /// Whether this host has the library by which signatures are verified.
  public static var canVerifySignatures: Bool { Libcrypto.isThere }

  /// Looks that the issuer's key has made the signature of this certificate.
  ///
  /// Throws when it has not, and what is missing when that cannot be found out.
  public func verifySignature(by issuer: Certificate) throws(CertificateError) {
    if try !Libcrypto.isSigned(self, by: issuer) {
      throw CertificateError("was signed by another key than that of \(issuer.subject.text)")
    }
  }
}

/// Goes from a certificate to its issuer and on, and back where that leads nowhere.
private struct Search {
  let intermediates: [Certificate]
  let authorities: [Certificate]
  let verifies: Bool
  /// The way so far.
  var path: [Certificate]
  /// Why there is no way: of all that went wrong what was nearest to going well.
  var refusal = ""
  private var nearness = -1
  /// Certificates that were looked at closely. There is a limit, for a bundle can be made in which
  /// the ways are without number.
  private var looks = 0

  init(
    intermediates: [Certificate], authorities: [Certificate], verifies: Bool, path: [Certificate]
  ) {
    self.intermediates = intermediates
    self.authorities = authorities
    self.verifies = verifies
    self.path = path
  }

  /// Goes on from the last certificate of the path; whether an authority was reached.
  mutating func extend() throws(CertificateError) -> Bool {
    let last = path[path.count - 1]
    refuse(0, "was issued by \(last.issuer.text), which is none of the authorities")
    for authority in authorities where try accepts(authority, as: last) {
      path.append(authority)
      return true
    }
    for candidate in intermediates {
      if path.contains(where: { $0.bytes == candidate.bytes }) { continue }
      if try !accepts(candidate, as: last) { continue }
      // One place is left for the authority.
      if path.count + 2 > Certificate.longestChain {
        refuse(5, "is in a chain of more than \(Certificate.longestChain) certificates")
        return false
      }
      path.append(candidate)
      if try extend() { return true }
      path.removeLast()
    }
    return false
  }

  /// Whether a certificate is that of the issuer of the last one of the path.
  private mutating func accepts(
    _ issuer: Certificate, as last: Certificate
  ) throws(CertificateError) -> Bool {
    if issuer.subject != last.issuer { return false }
    looks += 1
    if looks > 100 {
      throw CertificateError("has too many certificates of the same names to find its chain")
    }
    let name = issuer.subject.text
    if !issuer.hasIdentifiedKey(of: last) {
      refuse(1, "was issued by another \(name): the identifiers of the keys differ")
      return false
    }
    if !issuer.mayIssue {
      refuse(2, "was issued by \(name), whose certificate is not that of a CA")
      return false
    }
    let between = path.dropFirst().count { !$0.isSelfIssued }
    if let limit = issuer.pathLength, between > limit {
      refuse(3, "was issued by \(name), which allows no chain of this length")
      return false
    }
    if verifies, try !Libcrypto.isSigned(last, by: issuer) {
      refuse(4, "was signed by another key than that of \(name)")
      return false
    }
    return true
  }

  private mutating func refuse(_ nearness: Int, _ words: String) {
    // The same failure farther along the way is nearer.
    let nearness = path.count * 10 + nearness
    if nearness <= self.nearness { return }
    self.nearness = nearness
    refusal =
      path.count == 1 ? words : "leads to \(path[path.count - 1].subject.text), which \(words)"
  }
}
