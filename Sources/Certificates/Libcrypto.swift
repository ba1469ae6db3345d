internal import CPosix

/// The one thing that is not read here but computed: by the libcrypto of this host, which is opened
/// when it is first needed. That costs 3 ms and 6 MB, so nothing asks for it without need.
enum Libcrypto {
  /// Whether there is one. Looked for with bytes that it would not take.
  static var isThere: Bool { cposix_verify_certificate([0], 1, [0], 1) != -Int32(CPOSIX_ENOSYS) }

  /// Whether the issuer's key has made the signature of the certificate.
  static func isSigned(
    _ certificate: Certificate, by issuer: Certificate
  ) throws(CertificateError) -> Bool {
    let result = certificate.bytes.withUnsafeBufferPointer { bytes in
      issuer.bytes.withUnsafeBufferPointer { issuer in
        // Neither is empty.
        cposix_verify_certificate(
          bytes.baseAddress!, bytes.count, issuer.baseAddress!, issuer.count)
      }
    }
    return try verdict(result, "has a signature that cannot be verified")
  }

  /// Whether a private key is that of the certificate.
  static func belongs(
    _ key: PrivateKey, to certificate: Certificate
  ) throws(CertificateError) -> Bool {
    let result = key.bytes.withUnsafeBufferPointer { key in
      certificate.bytes.withUnsafeBufferPointer { bytes in
        cposix_key_belongs(key.baseAddress!, key.count, bytes.baseAddress!, bytes.count)
      }
    }
    return try verdict(result, "cannot be compared with the certificate")
  }

  private static func verdict(
    _ result: Int32, _ failure: String
  ) throws(CertificateError) -> Bool {
    switch -Int(result) {
    case 0: return false
    case -1: return true
    case CPOSIX_ENOSYS:
      throw CertificateError(
        failure + ": this host has no libcrypto.so.3, .so.4 or .so.1.1; install OpenSSL's library")
    case CPOSIX_EOPNOTSUPP:
      throw CertificateError(failure + ": this host's libcrypto does not do its algorithm")
    default:
      throw CertificateError(failure + ": this host's libcrypto cannot read it")
    }
  }
}
