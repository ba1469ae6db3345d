internal import ByteText
internal import CPosix

/// What is done at an address.
public enum Method: Sendable {
  case get, head, put, delete, post, patch

  var name: String {
    switch self {
    case .get: "GET"
    case .head: "HEAD"
    case .put: "PUT"
    case .delete: "DELETE"
    case .post: "POST"
    case .patch: "PATCH"
    }
  }

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
  /// Whether libcurl may not repeat it on its own either.
  var isNeverRepeated: Bool
}

/// What came back: an answer, whole or not, or none.
struct HTTPAnswer {
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
  fileprivate mutating func take(header line: String) {
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
    case "content-type": contentType = value
    case "location": location = value
    case "x-openstack-request-id", "openstack-request-id":
      // Shown and logged: what is no name of a request is no use.
      if value.utf8.count < 100 { requestID = value }
    case "x-compute-request-id": if requestID.utf8.isEmpty { requestID = value }
    case "openstack-auth-receipt": receipt = value
    case "x-subject-token": token = value
    case "retry-after": retryAfter = Int(value)
    default: break
    }
  }
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
    var headers: [CChar] = []
    for header in request.headers {
      for byte in header.utf8 { headers.append(CChar(bitPattern: byte)) }
      headers.append(0)
    }
    let body = request.body ?? []
    let result = withUnsafeMutablePointer(to: &answer) { answer in
      body.withUnsafeBufferPointer { bytes in
        perform(request, headers, bytes, answer, &outcome)
      }
    }
    answer.code = result == 0 ? outcome.code : 27  // CURLE_OUT_OF_MEMORY
    answer.status = Int(outcome.status)
    answer.wasSent = outcome.was_sent != 0
    answer.isTooLarge = outcome.is_too_large != 0
    answer.words = withUnsafeBytes(of: &outcome.text) {
      String(decoding: Array($0.prefix { $0 != 0 }), as: UTF8.self)
    }
    return answer
  }

  private func perform(
    _ request: HTTPRequest, _ headers: [CChar], _ body: UnsafeBufferPointer<UInt8>,
    _ answer: UnsafeMutablePointer<HTTPAnswer>, _ outcome: inout cposix_http_outcome
  ) -> Int32 {
    // An empty body has no address, and is not the same as none.
    let start: UnsafeRawPointer? = body.baseAddress.map { UnsafeRawPointer($0) }
    let bodyStart = request.body == nil ? nil : start ?? UnsafeRawPointer(answer)
    return withCString(trust.authorities) { authorities in
      withCString(trust.certificate) { certificate in
        withCString(trust.key) { key in
          request.method.name.withCString { method in
            request.url.withCString { url in
              headers.withUnsafeBufferPointer { headers in
                guard let firstHeader = headers.baseAddress else { return -1 }
                var asked = cposix_http_request(
                  method: method, url: url, headers: firstHeader, headers_size: headers.count,
                  body: bodyStart, body_size: body.count, ca_file: authorities,
                  certificate: certificate, key: key, verifies: trust.verifies ? 1 : 0,
                  is_never_repeated: request.isNeverRepeated ? 1 : 0,
                  connect_milliseconds: Int64(limits.connecting),
                  milliseconds: Int64(limits.answering), limit: limits.bytes,
                  header: { context, line, count in
                    let bytes = UnsafeRawBufferPointer(start: line, count: count)
                    context.assumingMemoryBound(to: HTTPAnswer.self).pointee.take(
                      header: String(decoding: bytes, as: UTF8.self))
                  },
                  body_part: { context, part, count in
                    context.assumingMemoryBound(to: HTTPAnswer.self).pointee.body.append(
                      contentsOf: UnsafeRawBufferPointer(start: part, count: count))
                  })
                return cposix_http(handle, &asked, answer, &outcome)
              }
            }
          }
        }
      }
    }
  }
}

/// The text for C, null for nil.
private func withCString(
  _ text: String?, _ body: (UnsafePointer<CChar>?) -> Int32
) -> Int32 {
  guard let text else { return body(nil) }
  return text.withCString { body($0) }
}
