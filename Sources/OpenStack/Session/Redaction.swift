internal import ByteText
internal import JSON

/// What must not be shown: taken out of every text of others.
struct Redaction {
  private var secrets: [String] = []

  /// Short texts would tear words apart, and no good secret is one. It is looked for as it is, and as
  /// it stands in JSON.
  @inline(never)
  mutating func add(_ secret: String) {
    if secret.utf8.count < 4 { return }
    let inJSON = JSONValue.string(secret).jsonText
    secrets.append(inJSON.part(from: 1, to: inJSON.utf8.count - 1))
    secrets.append(secret)
  }

  /// The text without secrets.
  @inline(never)
  func cleaned(_ text: String) -> String {
    var text = text
    for secret in secrets { text = text.replacing(secret, with: "********") }
    return text
  }

  @inline(never)
  func cleaned(_ error: OpenStackError) -> OpenStackError {
    OpenStackError(
      error.kind, cleaned(error.message), status: error.status, requestID: error.requestID)
  }
}
