internal import ByteText
internal import CPosix
public import JSON

/// A conversation with one cloud: logs in when it must, once, finds the services in the catalog, and
/// sends again what may be sent again.
///
/// ```swift
/// let session = try Session(try Cloud(CloudRequest(cloud: "default")))
/// let path = "/clustertemplates/" + percentEncoded(id)
/// let answer = try session.request(.get, .containerInfra, path, allowed: [404])
/// if answer.status == 404 {
///   do throws(OpenStackError) {
///     _ = try session.request(.post, .containerInfra, "/clustertemplates", body: template)
///   } catch where error.kind == .mayHaveSucceeded {
///     // Look for it before it is sent again.
///   }
/// }
/// ```
public final class Session {
  /// The cloud that it enters.
  public let cloud: Cloud
  /// How long it waits, and how often it asks.
  public let limits: Limits
  /// How many requests were sent, those to Keystone and repeated ones included.
  public private(set) var requestCount = 0
  /// How many of them were repeated, for whatever reason.
  public private(set) var repeatCount = 0
  /// How often Keystone gave a token.
  public private(set) var loginCount = 0

  private let client: HTTPClient
  private let agent: String
  private(set) var token: Token?
  private var redaction = Redaction()
  /// Addresses that were looked up, by the name of the service.
  private var addresses: [(name: String, address: String)] = []

  /// - Parameter agent: what the servers' logs call this client.
  ///
  /// Throws where the host has no libcurl. Sends nothing.
  public init(
    _ cloud: Cloud, limits: Limits = Limits(), agent: String = "mcapi"
  ) throws(OpenStackError) {
    var limits = limits
    if let timeout = cloud.timeout { limits.answering = timeout }
    self.cloud = cloud
    self.limits = limits
    self.agent = agent
    client = try HTTPClient(cloud.trust, limits)
    for secret in cloud.credentials.secrets { redaction.add(secret) }
  }

  /// The project that the token is for; nil where it is for none. Logs in if need be.
  public func projectID() throws(OpenStackError) -> String? { try login().projectID }

  /// The project that the token is for. Logs in if need be. Throws where it is for none.
  @inline(never)
  public func requiredProjectID() throws(OpenStackError) -> String {
    if let id = try login().projectID { return id }
    throw OpenStackError(
      .configuration,
      "the token of \(cloud.name.isEmpty ? "the cloud" : "cloud \"\(cloud.name)\"") is for no"
        + " project; set project_name and project_domain_name, in place of another scope"
        + " (system_scope, domain_id, domain_name) if one is set")
  }

  /// The user whose token it is. Logs in if need be.
  public func userID() throws(OpenStackError) -> String? { try login().userID }

  /// The names of the roles that the token carries. Logs in if need be.
  public func roles() throws(OpenStackError) -> [String] { try login().roles }

  /// Where a service has its API, without a slash at the end: from the settings, or the catalog's
  /// entry for interface and region. The version of the API is added where it is left out.
  ///
  /// Throws with what the catalog has, where it has not this.
  public func address(of service: Service) throws(OpenStackError) -> String {
    for known in addresses where known.name == service.name { return known.address }
    var address: String
    if let setting = cloud.address(of: service) {
      address = setting.text
      if address.place(of: "%(") != nil {
        let project = try requiredProjectID()
        address = address.replacing("%(project_id)s", with: project)
        address = address.replacing("%(tenant_id)s", with: project)
      }
      address = try checkedAddress(setting, address)
    } else {
      address = try login().catalog.address(
        of: service, cloud.interfaces(for: service), cloud.region(for: service), cloud: cloud.name)
    }
    address = service.versioned(address)
    addresses.append((service.name, address))
    return address
  }

  /// Sends a request to a service and gives its answer.
  ///
  /// A request that may be repeated is, with growing pauses, after failures of the connection and
  /// answers 429 and 5xx; any request is after 429, and where it has certainly not left. A token that
  /// is refused is replaced once.
  /// - Parameters:
  ///   - path: below the address of the API, with its slash: `/clusters?limit=10`.
  ///   - body: sent as JSON.
  ///   - type: the type of the body.
  ///   - microversion: as in `1.10`; nil: the one that the cloud's settings name, or none.
  ///   - allowed: statuses from 400 on that are an answer and no error.
  ///
  /// Throws any other outcome: `mayHaveSucceeded` where a POST or PATCH may have been carried out.
  public func request(
    _ method: Method, _ service: Service, _ path: String, body: JSONValue? = nil,
    type: String = "application/json", microversion: String? = nil, allowed: [Int] = []
  ) throws(OpenStackError) -> Response {
    var request = HTTPRequest(
      method: method, url: try address(of: service) + path, headers: [], body: body?.jsonBytes,
      isNeverRepeated: !method.isReading)
    var headers = ["Accept: application/json"]
    if body != nil { headers.append("Content-Type: " + type) }
    if let version = microversion ?? cloud.version(of: service) {
      headers.append("OpenStack-API-Version: \(service.name) \(version)")
    }
    var isSecondToken = false
    while true {
      request.headers = headers + ["X-Auth-Token: " + (try login().value)]
      let (answer, attempts) = try exchange(request)
      if answer.status == 401 && !isSecondToken && !allowed.contains(401) {
        isSecondToken = true
        token = nil
        repeatCount += 1
        continue
      }
      return try response(answer, attempts, to: request, allowed)
    }
  }

  // MARK: Keystone

  private func login() throws(OpenStackError) -> Token {
    if let token { return token }
    let credentials = cloud.credentials
    let url = credentials.address + "/auth/tokens"
    let request = HTTPRequest(
      method: .post, url: url,
      headers: ["Accept: application/json", "Content-Type: application/json"],
      body: credentials.body.jsonBytes, isNeverRepeated: false)
    // A second token harms nobody.
    let (answer, _) = try exchange(request, isHarmless: true)
    let shown = Address(url).shown
    if answer.status == 401 { throw refusal(answer, shown) }
    if answer.status == 404 {
      throw redaction.cleaned(
        OpenStackError(
          .notFound,
          "POST \(shown) answered 404: no Identity API v3 is there; correct"
            + " \(credentials.settings["auth_url"]?.place ?? "auth_url")", status: 404))
    }
    if answer.status / 100 != 2 {
      throw redaction.cleaned(
        serverFailure(answer, parsed(answer), of: "Keystone: POST " + shown, redaction))
    }
    let token: Token
    do throws(OpenStackError) { token = try Token(answer, from: shown) } catch {
      throw redaction.cleaned(error)
    }
    redaction.add(token.value)
    loginCount += 1
    self.token = token
    return token
  }

  /// Keystone does not tell a wrong password from a project that is not there.
  private func refusal(_ answer: HTTPAnswer, _ shown: String) -> OpenStackError {
    let body = parsed(answer)
    if !answer.receipt.isEmpty || body?["receipt"] != nil {
      var ways: [String] = []
      for way in body?["required_auth_methods"]?.array ?? [] {
        ways.append((way.array ?? []).map { $0.string ?? "" }.joined(separator: " and "))
      }
      return redaction.cleaned(
        OpenStackError(
          .secondFactor,
          "Keystone at \(shown) wants more than one proof of this user: \(ways.joined(separator: ", or ")); use"
            + " an application credential (auth_type v3applicationcredential)", status: 401,
          requestID: answer.requestID))
    }
    let words = serverWords(body, redaction)
    return redaction.cleaned(
      OpenStackError(
        .rejectedCredentials,
        "Keystone at \(shown) refused the credentials (401\(words.isEmpty ? "" : ": " + words))."
          + " It does not say which is wrong or out of date: \(cloud.credentials.description)"
          + (answer.requestID.isEmpty ? "" : " (\(answer.requestID))"), status: 401,
        requestID: answer.requestID))
  }

  // MARK: Answers

  private func parsed(_ answer: HTTPAnswer) -> JSONValue? {
    do throws(JSONError) { return try JSONValue(parsing: answer.body) } catch { return nil }
  }

  private func response(
    _ answer: HTTPAnswer, _ attempts: Int, to request: HTTPRequest, _ allowed: [Int]
  ) throws(OpenStackError) -> Response {
    let what = request.method.name + " " + Address(request.url).shown
    let body = answer.body.isEmpty ? JSONValue.null : parsed(answer)
    var isAllowed = answer.status / 100 == 2
    for status in allowed where status == answer.status { isAllowed = true }
    if !isAllowed { throw redaction.cleaned(serverFailure(answer, body, of: what, redaction)) }
    guard let body else {
      let type = answer.contentType.isEmpty ? "a body" : answer.contentType
      throw redaction.cleaned(
        OpenStackError(
          request.method.mayBeRepeated ? .unreadable : .mayHaveSucceeded,
          "\(what) answered \(answer.status) with \(type) of \(answer.body.count) bytes that is not"
            + " JSON; is it the API that listens there?", status: answer.status,
          requestID: answer.requestID))
    }
    return Response(
      status: answer.status, body: body, requestID: answer.requestID, attempts: attempts)
  }

  // MARK: Sending

  /// Sends a request until there is an answer that stands, and says how often it was sent.
  ///
  /// - Parameter isHarmless: whether a request that may not be repeated by its method may be.
  private func exchange(
    _ request: HTTPRequest, isHarmless: Bool = false
  ) throws(OpenStackError) -> (HTTPAnswer, Int) {
    let isRepeatable = isHarmless || request.method.mayBeRepeated
    let end = cposix_clock() + Int64(limits.total)
    var request = request
    // libcurl asks for a 100 Continue otherwise, which few servers of Python give.
    request.headers += ["User-Agent: " + agent, "Expect:"]
    var pause = limits.pause
    var attempts = 0
    while true {
      let answer = client.send(request)
      attempts += 1
      requestCount += 1
      if answer.isWhole && answer.status != 429 && answer.status < 500 { return (answer, attempts) }
      let mayPass: Bool
      if answer.isWhole {
        mayPass = isRepeatable || answer.status == 429
      } else {
        mayPass = (isRepeatable || !answer.wasSent) && !answer.isTooLarge && isPassing(answer)
      }
      var wait = min(pause, limits.longestPause)
      if answer.isWhole, let asked = answer.retryAfter, asked >= 0 {
        wait = min(asked, limits.longestPause / 1000) * 1000
      }
      if !mayPass || attempts >= limits.attempts || cposix_clock() + Int64(wait) >= end {
        return try given(up: answer, request, attempts, isRepeatable)
      }
      repeatCount += 1
      cposix_sleep(Int64(wait))
      pause *= 2
    }
  }

  /// The last word on a request that has no answer that stands.
  private func given(
    up answer: HTTPAnswer, _ request: HTTPRequest, _ attempts: Int, _ isRepeatable: Bool
  ) throws(OpenStackError) -> (HTTPAnswer, Int) {
    let mayBeDone = !isRepeatable && answer.wasSent && answer.status != 429
    if answer.isWhole && !mayBeDone { return (answer, attempts) }
    var error: OpenStackError
    if answer.isWhole {
      let what = request.method.name + " " + Address(request.url).shown
      error = serverFailure(answer, parsed(answer), of: what, redaction)
    } else {
      error = transportFailure(answer, of: request, cloud.trust, limits)
    }
    var message = error.message
    if attempts > 1 { message += " (sent \(attempts) times)" }
    if mayBeDone { message += "; it may have been carried out all the same" }
    error = OpenStackError(
      mayBeDone ? .mayHaveSucceeded : error.kind, message, status: error.status,
      requestID: error.requestID)
    throw redaction.cleaned(error)
  }

  /// Whether a failure of the connection may be gone a moment later.
  private func isPassing(_ answer: HTTPAnswer) -> Bool {
    switch Int(answer.code) {
    case CPOSIX_HTTP_URL, CPOSIX_HTTP_CERTIFICATE, CPOSIX_HTTP_CA_FILE,
      CPOSIX_HTTP_OWN_CERTIFICATE, CPOSIX_HTTP_MEMORY:
      return false
    case CPOSIX_HTTP_PROXY: return answer.status >= 500 || answer.status == 429
    default: return true
    }
  }
}
