internal import ByteText
internal import CPosix

/// What is done at an address.
public enum Method: Sendable {
  case get, put, delete, post, patch

  var name: String {
    switch self {
    case .get: "GET"
    case .put: "PUT"
    case .delete: "DELETE"
    case .post: "POST"
    case .patch: "PATCH"
    }
  }

  /// Whether nothing is changed.
  var isReading: Bool { self == .get }

  /// Whether a second time changes nothing that the first has not.
  var mayBeRepeated: Bool {
    switch self {
    case .post, .patch: false
    default: true
    }
  }
}

/// How the server's certificate is looked at, and which one is shown to it. Paths of PEM files.
struct Trust: Sendable {
  /// nil: what libcurl trusts on this host.
  var authorities: String?
  var verifies = true
  var certificate: String?
  var key: String?
}

/// One request.
struct HTTPRequest {
  var method: Method
  var url: String
  /// `Name: value`.
  var headers: [String]
  var body: [UInt8]?
  /// Whether libcurl may not repeat it on its own, where a connection that it uses again is dead: it
  /// would tell nobody.
  var isNeverRepeated: Bool
}

/// What came back: an answer, whole or not, or none.
final class HTTPAnswer {
  var code: Int32 = 0
  /// 0 where no answer came.
  var status = 0
  var words = ""
  var wasSent = false
  var isTooLarge = false
  var body: [UInt8] = []
  var contentType = ""
  var location = ""
  var requestID = ""
  var receipt = ""
  var token = ""
  /// Seconds; nil where the server does not say, or says a date.
  var retryAfter: Int?

  /// Whether there is a whole answer.
  var isWhole: Bool { code == 0 }

  /// Notes the headers that are of use. A new head begins anew: an answer `100 Continue` has one too.
  @inline(never)
  fileprivate func take(header line: String) {
    if line.begins(with: "HTTP/") {
      contentType = ""
      location = ""
      requestID = ""
      receipt = ""
      token = ""
      retryAfter = nil
      return
    }
    guard let colon = line.place(of: ":") else { return }
    let value = line.part(from: colon + 1).trimmed
    switch line.part(from: 0, to: colon).lowercasedASCII {
    case "content-type": contentType = mediaType(value)
    case "location": location = value
    case "x-openstack-request-id", "openstack-request-id", "x-compute-request-id":
      // Shown and logged, so it must be one, and nothing that a server echoes.
      if value.begins(with: "req-") && value.utf8.count <= 64 { requestID = value }
    case "openstack-auth-receipt": receipt = value
    case "x-subject-token": token = value
    case "retry-after": retryAfter = parseInteger(value.bytes[...], radix: 10)
    default: break
    }
  }
}

/// What a Content-Type says, without its parameters; empty where it is no type, which is not shown.
private func mediaType(_ value: String) -> String {
  let type = value.parts(at: UInt8(ascii: ";"))[0].trimmed
  for byte in type.bytes where byte <= 0x20 || byte >= 0x7F { return "" }
  return type.utf8.count <= 80 ? type : ""
}

/// HTTP through libcurl, one request at a time.
final class HTTPClient {
  /// libcurl's handle.
  private let handle: UnsafeMutableRawPointer
  private let trust: Trust
  private let limits: Limits

  /// Throws where the host has no libcurl.
  init(_ trust: Trust, _ limits: Limits) throws(OpenStackError) {
    guard let handle = cposix_http_open() else {
      throw OpenStackError(
        .noLibcurl,
        "this host has no libcurl.so.4, which asks the API; install libcurl4 (Debian, Ubuntu) or"
          + " libcurl (Red Hat)")
    }
    self.handle = handle
    self.trust = trust
    self.limits = limits
  }

  deinit { cposix_http_close(handle) }

  /// Sends a request and waits for what comes.
  @inline(never)
  func send(_ request: HTTPRequest) -> HTTPAnswer {
    var answer = HTTPAnswer()
    var outcome = cposix_http_outcome()
    var texts: [UInt8] = []
    for text in [
      request.method.name, request.url, trust.authorities ?? "", trust.certificate ?? "",
      trust.key ?? "",
    ] + request.headers {
      // A NUL would end it early.
      for byte in text.bytes where byte != 0 { texts.append(byte) }
      texts.append(0)
    }
    let result = perform(request, texts, request.body ?? [], &answer, &outcome)
    answer.code = result == 0 ? outcome.code : Int32(CPOSIX_HTTP_MEMORY)
    answer.status = Int(outcome.status)
    answer.wasSent = outcome.was_sent != 0
    answer.isTooLarge = outcome.is_too_large != 0
    withUnsafeBytes(of: &outcome.text) { text in
      var words: [UInt8] = []
      for byte in text {
        if byte == 0 { break }
        words.append(byte)
      }
      // Those about a proxy may have its address.
      answer.words = String(bytes: words).withoutPassword
    }
    return answer
  }

  private func perform(
    _ request: HTTPRequest, _ texts: [UInt8], _ body: [UInt8], _ answer: inout HTTPAnswer,
    _ outcome: inout cposix_http_outcome
  ) -> Int32 {
    texts.withUnsafeBytes { texts in
      body.withUnsafeBytes { body in
        guard let first = texts.baseAddress else { return -1 }
        // An empty body has no address, and is not the same as none.
        var asked = cposix_http_request(
          texts: first.assumingMemoryBound(to: CChar.self), texts_size: texts.count,
          body: request.body == nil ? nil : body.baseAddress ?? first, body_size: body.count,
          verifies: trust.verifies ? 1 : 0,
          is_never_repeated: request.isNeverRepeated ? 1 : 0,
          connect_milliseconds: Int64(limits.connecting),
          milliseconds: Int64(limits.answering), limit: limits.bytes,
          header: { context, line, count in
            let bytes = UnsafeRawBufferPointer(start: line, count: count)
            context.assumingMemoryBound(to: HTTPAnswer.self).pointee.take(
              header: String(bytes: Array(bytes)))
          },
          body_part: { context, part, count in
            context.assumingMemoryBound(to: HTTPAnswer.self).pointee.body.append(
              contentsOf: UnsafeRawBufferPointer(start: part, count: count))
          })
        return withUnsafeMutablePointer(to: &answer) { cposix_http(handle, &asked, $0, &outcome) }
      }
    }
  }
}
