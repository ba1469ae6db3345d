internal import ByteText
internal import JSON

/// What a server says of an error in its body, in the forms that OpenStack's services have for it, on
/// one line, without secrets and not endless; empty where it says nothing readable.
@inline(never)
func serverWords(_ body: JSONValue?, _ redaction: Redaction) -> String {
  guard let body else { return "" }
  var words = ""
  if let errors = body["errors"]?.array {
    // Magnum
    var details: [String] = []
    for error in errors {
      if let detail = error["detail"]?.string ?? error["title"]?.string { details.append(detail) }
    }
    words = details.joined(separator: "; ")
  } else if let text = body["message"]?.string ?? body["faultstring"]?.string
    ?? body["error"]?.string
  {
    words = text
  } else {
    // Keystone: error; Nova, Neutron: a name of the fault.
    for (_, value) in body.object ?? JSONObject() {
      if let text = value["message"]?.string {
        words = text
        break
      }
    }
  }
  var bytes: [UInt8] = []
  // Before it is cut: what is left of a secret would not be found.
  for byte in redaction.cleaned(words.trimmed).bytes {
    if bytes.count >= 600 {
      bytes += " …".bytes
      break
    }
    bytes.append(byte < 0x20 || byte == 0x7F ? 0x20 : byte)
  }
  return String(bytes: bytes)
}

/// The failure behind an answer that is whole and no success.
@inline(never)
func serverFailure(
  _ answer: HTTPAnswer, _ body: JSONValue?, of what: String, _ redaction: Redaction
) -> OpenStackError {
  let kind: OpenStackError.Kind
  var hint = ""
  switch answer.status {
  case 300..<400:
    kind = .redirected
    hint = "correct the address in the catalog or auth_url"
    if !answer.location.isEmpty {
      hint = "it sends to \(Address(answer.location).shown); " + hint
    }
  case 401: kind = .rejectedCredentials
  case 403:
    kind = .forbidden
    hint = "the roles of this user do not allow it"
  case 404: kind = .notFound
  case 409: kind = .conflict
  case 429: kind = .tooManyRequests
  case 400..<500: kind = .refused
  default:
    kind = .unavailable
    hint = "look at the service's log, and at its load balancer"
  }
  let words = serverWords(body, redaction)
  var message = "\(what) answered \(answer.status)"
  if !words.isEmpty {
    message += ": " + words
  } else if body == nil && !answer.body.isEmpty {
    message += " with \(answer.contentType.isEmpty ? "a body" : answer.contentType)"
    message += " that is not JSON"
  }
  if !hint.isEmpty { message += "; " + hint }
  if !answer.requestID.isEmpty { message += " (\(answer.requestID))" }
  return OpenStackError(kind, message, status: answer.status, requestID: answer.requestID)
}
