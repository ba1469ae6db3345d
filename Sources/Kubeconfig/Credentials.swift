internal import ByteText
public import Certificates

/// The certificates, the key and the token of a context, read; and what is to be said of them.
public final class Credentials {
  private let names: ContextNames
  private var authorities: [Certificate] = []
  /// The user's, and those between it and the CA.
  private var certificates: [Certificate] = []
  private var key: PrivateKey?
  /// Until when the user's token is valid, if it says so.
  public let tokenExpiry: Instant?
  /// What could not be read of them, and is therefore left out.
  private var fault: KubeconfigError?

  /// Reads what a context has.
  ///
  /// - Parameters:
  ///   - authority: PEM; nil for none.
  ///   - certificate: PEM; nil for none.
  ///   - key: PEM; nil for none.
  ///   - token: what the token's file holds; nil where there is no such file.
  public init(
    _ kubeconfig: Kubeconfig, authority: [UInt8]?, certificate: [UInt8]?, key: [UInt8]?,
    token: [UInt8]?
  ) {
    names = kubeconfig.names
    tokenExpiry = (token ?? kubeconfig.token.map { $0.bytes })
      .flatMap(Kubeconfig.tokenExpiry)
    do throws(CertificateError) {
      if let authority { authorities = try Certificate.all(inPEM: authority) }
    } catch {
      note(cluster, "certificate-authority", error)
    }
    do throws(CertificateError) {
      if let certificate { certificates = try Certificate.all(inPEM: certificate) }
    } catch {
      note(user, "client-certificate", error)
    }
    do throws(CertificateError) {
      if let key { self.key = try PrivateKey(inPEM: key) }
    } catch {
      note(user, "client-key", error)
    }
  }

  /// Who the user is, by the certificate: `CN=kubernetes-admin,O=system:masters`.
  public var subject: String? { certificates.first?.subject.text }
  /// Until when the user's certificate is valid.
  public var certificateExpiry: Instant? { certificates.first?.notAfter }
  /// Until when the CA is valid: of several the one that lasts longest.
  public var authorityExpiry: Instant? {
    var latest: Instant?
    for authority in authorities {
      guard let end = authority.notAfter else { return nil }
      if latest.map({ $0 < end }) ?? true { latest = end }
    }
    return latest
  }

  /// Looks that all could be read, is valid now, and belongs together: the key to the certificate and
  /// the certificate to the CA.
  ///
  /// - Parameter verifyingSignatures: whether to compute that the CA has signed, by the host's
  ///   libcrypto, and not only to compare names and the identifiers of keys.
  ///
  /// Throws what is wrong, in which entry and what to do.
  public func check(at now: Instant, verifyingSignatures: Bool) throws(KubeconfigError) {
    if let fault { throw fault }
    if let certificate = certificates.first {
      try checkDates(user, "certificate", certificate, now)
      try checkKey(certificate)
      for issuer in try issuers(of: certificate, verifyingSignatures) {
        try checkDates(cluster, "CA", issuer, now)
      }
    } else if !authorities.contains(where: { isValid($0, now) }), let first = authorities.first {
      try checkDates(cluster, "CA", first, now)
    }
    if let tokenExpiry, tokenExpiry < now {
      throw user.fault("has a token that has expired, on \(tokenExpiry.text); take a new one")
    }
  }

  /// What ends sooner than `seconds` from now, each with its entry, date and remedy.
  public func endingWithin(_ seconds: Int, of now: Instant) -> [KubeconfigError] {
    let limit = Instant(seconds: now.seconds + Int64(seconds))
    var found: [KubeconfigError] = []
    let ends = [
      (user, "certificate", certificateExpiry), (cluster, "CA", authorityExpiry),
      (user, "token", tokenExpiry),
    ]
    for (entry, what, end) in ends {
      guard let end, end < limit else { continue }
      found.append(
        entry.fault(
          "has a \(what) that expires on \(end.text), sooner than minimum_validity allows; renew it"
        ))
    }
    return found
  }

  private var cluster: Entry { Entry(.cluster, names.cluster) }
  private var user: Entry { Entry(.user, names.user) }

  private func note(_ entry: Entry, _ field: String, _ error: CertificateError) {
    if fault == nil {
      fault = entry.fault("has a \(field) that \(error.message); take another one")
    }
  }

  private func checkKey(_ certificate: Certificate) throws(KubeconfigError) {
    guard let key else { return }
    do throws(CertificateError) {
      if try key.matches(certificate) { return }
    } catch {
      throw user.fault("has a client key that \(error.message)")
    }
    throw user.fault(
      "has a client key that is not the one of its certificate; take both from where they were made"
    )
  }

  /// The certificates from that which has issued this one to the CA's; none where the cluster names no
  /// CA.
  private func issuers(
    of certificate: Certificate, _ verifyingSignatures: Bool
  ) throws(KubeconfigError) -> [Certificate] {
    if authorities.isEmpty { return [] }
    do throws(CertificateError) {
      let chain = try certificate.chain(
        through: Array(certificates.dropFirst()), to: authorities,
        verifyingSignatures: verifyingSignatures)
      return Array(chain.dropFirst())
    } catch {
      throw user.fault(
        "has a certificate that \(error.message) of cluster \"\(names.cluster)\"; take kubeconfig and"
          + " CA from one cluster, or set check_certificates to false where clients have another CA"
      )
    }
  }

  private func isValid(_ certificate: Certificate, _ now: Instant) -> Bool {
    certificate.notBefore <= now && (certificate.notAfter.map { now <= $0 } ?? true)
  }

  private func checkDates(
    _ entry: Entry, _ what: String, _ certificate: Certificate, _ now: Instant
  ) throws(KubeconfigError) {
    if isValid(certificate, now) { return }
    if now < certificate.notBefore {
      throw entry.fault(
        "has a \(what) that is not valid before \(certificate.notBefore.text); look at the clock of"
          + " this host")
    }
    throw entry.fault(
      "has a \(what) that has expired, on \(certificate.notAfter?.text ?? ""); renew it, as with"
        + " kubeadm certs renew")
  }
}
