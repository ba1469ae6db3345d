import AnsibleModule
import ByteText
import HAProxy

/// What the task asks, in the words of the domain and free of contradictions.
struct Request {
  let socket: RuntimeSocket
  /// Nil for all backends.
  let backend: String?
  /// Names and patterns; empty for all servers.
  let servers: [String]
  /// Nil only looks.
  let mode: AdministrativeState.Mode?
  let minimumReady: Int
  let wait: Wait?

  init(_ parameters: Parameters) throws(ModuleFailure) {
    let state = try parameters.string("state")
    mode = AdministrativeState.Mode(state)
    backend = parameters.optionalString("backend")
    if mode != nil && backend == nil {
      throw ModuleFailure("state is \(state) and no backend is named; name the backend")
    }
    servers = parameters.strings("servers")
    if parameters.has("servers") && servers.isEmpty {
      throw ModuleFailure("servers is an empty list; leave it out for all servers")
    }
    minimumReady = try number("minimum_ready", parameters["minimum_ready"], in: 0...1_000_000)
    let timeout = try number("timeout", parameters["timeout"], in: 1...3600)
    socket = RuntimeSocket(try parameters.string("socket"), timeout: timeout * 1000)
    wait = try parameters["wait"].object.map { (options) throws(ModuleFailure) in
      try Wait(options)
    }
    if let wait, let contradiction = wait.contradiction(to: mode) {
      throw ModuleFailure(contradiction)
    }
  }
}

private func number(
  _ name: String, _ value: JSONValue, in range: ClosedRange<Int>
) throws(ModuleFailure) -> Int {
  guard let number = value.int, range.contains(number) else {
    throw ModuleFailure(
      "\(name) must be from \(range.lowerBound) to \(range.upperBound), not"
        + " \((value.int ?? 0).description)")
  }
  return number
}

extension Wait {
  fileprivate init(_ options: JSONObject) throws(ModuleFailure) {
    let deadline = try number("wait.deadline", options["deadline"] ?? .null, in: 0...86400)
    let interval = options["interval"]?.double ?? 1
    guard interval >= 0.05 && interval <= 3600 else {
      throw ModuleFailure("wait.interval must be from 0.05 to 3600 seconds")
    }
    self.init(deadline: deadline * 1000, interval: Int(interval * 1000))
    operational =
      switch options["operational"]?.string ?? "" {
      case "up": .up
      case "down": .down
      case "stopping": .stopping
      default: nil
      }
    check =
      switch options["check"]?.string ?? "" {
      case "passed": .passed
      case "passed_or_none": .passedOrNone
      case "failed": .failed
      default: nil
      }
    if let value = options["sessions"], !value.isNull {
      sessions = try number("wait.sessions", value, in: 0...1_000_000_000)
    }
    if operational == nil && check == nil && sessions == nil {
      throw ModuleFailure("wait names nothing to wait for: operational, check or sessions")
    }
  }

  /// Why the wait could not end, or would end by chance; nil if it makes sense.
  fileprivate func contradiction(to mode: AdministrativeState.Mode?) -> String? {
    if check != nil && check != .failed && (operational == .down || operational == .stopping) {
      return
        "wait.check is passed and wait.operational is not up: a server whose check passed is up"
    }
    switch mode {
    case .maint:
      if operational == .up || operational == .stopping {
        return "state is maint and wait.operational is not down: a server in maintenance is down;"
          + " drain keeps it up"
      }
      if check != nil {
        return "state is maint and wait.check is set: a server in maintenance is not checked;"
          + " drain keeps its checks"
      }
    case .ready:
      if sessions != nil {
        return "state is ready and wait.sessions is set: a server that is ready gets sessions;"
          + " wait for them with drain"
      }
      if operational == .down || operational == .stopping || check == .failed {
        return "state is ready and wait asks for a server that does not work; wait for up, or for a"
          + " passed check"
      }
    case .drain, nil: break
    }
    return nil
  }
}
