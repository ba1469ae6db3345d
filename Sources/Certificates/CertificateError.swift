/// Why bytes are no certificate or key, or why two of them do not belong together.
public struct CertificateError: Error, Sendable, Equatable {
  /// The end of a sentence that begins with the name of what was looked at, as in "is no X.509
  /// certificate: at byte 4 its DER ends too early". Never holds a part of a key.
  public let message: String

  init(_ message: String) { self.message = message }
}
