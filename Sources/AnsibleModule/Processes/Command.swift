internal import ByteText
internal import CPosix

/// A program and its arguments, run without a shell in between: no argument is ever more than text.
public struct Command: Sendable {
  /// The program, as a path or a name to look for in `PATH`, and what it gets.
  public var arguments: [String]
  /// What its standard input gives it; nil is an empty one.
  public var input: [UInt8]?
  /// Variables beside those this process has; the locale is C, so that what is read is as written
  /// by its authors.
  public var environment: [(name: String, value: String)] = []
  /// The folder it starts in; nil is that of this process.
  public var folder: String?
  /// Bytes kept of each of its outputs; what is beyond is dropped, and the program goes on.
  public var outputLimit = 1 << 20
  /// Seconds after which it is killed, with all that it has started in its process group.
  public var timeLimit = 300

  public init(_ arguments: [String], input: [UInt8]? = nil) {
    self.arguments = arguments
    self.input = input
  }

  /// How a program ended and what it printed.
  public struct Outcome: Sendable {
    /// Its exit code; of one that a signal ended, minus the number of the signal.
    public fileprivate(set) var code = 0
    public fileprivate(set) var output: [UInt8] = []
    public fileprivate(set) var errors: [UInt8] = []
    /// Whether one of both was longer than the limit.
    public fileprivate(set) var isCut = false

    /// `output` as text; what is no UTF-8 becomes U+FFFD.
    public var text: String { String(bytes: output) }
    /// `errors` as text.
    public var errorText: String { String(bytes: errors) }
  }

  /// Runs the program to its end. Processes that it leaves in the background are not waited for.
  ///
  /// Throws if it cannot be started or runs beyond its time; an exit code is the caller's to judge.
  public func run() throws(ModuleFailure) -> Outcome {
    guard let name = arguments.first, !name.isEmpty else {
      throw ModuleFailure("there is no program to run")
    }
    var outcome = Capture(limit: outputLimit)
    var code: Int32 = 0
    let folder = try folder.map { (path) throws(ModuleFailure) in try list([path]) }
    let result = start(
      try list(arguments), try list(environmentEntries), folder, input, &outcome, &code)
    if result == -Int32(CPOSIX_ETIMEDOUT) {
      throw ModuleFailure("\(name) did not end within \(timeLimit) seconds and was stopped")
    }
    try check(result, "run", name)
    outcome.outcome.code = Int(code)
    return outcome.outcome
  }

  private struct Capture {
    let limit: Int
    var outcome = Outcome()

    mutating func take(_ bytes: UnsafeBufferPointer<CChar>, from stream: Int32) {
      let room = limit - (stream == 1 ? outcome.output.count : outcome.errors.count)
      if bytes.count > room { outcome.isCut = true }
      for byte in bytes.prefix(max(room, 0)) {
        if stream == 1 {
          outcome.output.append(UInt8(bitPattern: byte))
        } else {
          outcome.errors.append(UInt8(bitPattern: byte))
        }
      }
    }
  }

  private func start(
    _ arguments: [CChar], _ environment: [CChar], _ folder: [CChar]?, _ input: [UInt8]?,
    _ capture: inout Capture, _ code: inout Int32
  ) -> Int32 {
    arguments.withUnsafeBufferPointer { arguments in
      environment.withUnsafeBufferPointer { environment in
        (folder ?? []).withUnsafeBufferPointer { path in
          (input ?? []).withUnsafeBufferPointer { bytes in
            guard let first = arguments.baseAddress, let variables = environment.baseAddress else {
              return -Int32(CPOSIX_ENOENT)
            }
            // An empty input has no address, and is not the same as none.
            let start = bytes.baseAddress.map { UnsafeRawPointer($0) } ?? UnsafeRawPointer(first)
            var program = cposix_program(
              arguments: first, arguments_size: arguments.count, environment: variables,
              environment_size: environment.count, folder: folder == nil ? nil : path.baseAddress,
              input: input == nil ? nil : start, input_size: bytes.count,
              milliseconds: Int64(timeLimit) * 1000)
            return withUnsafeMutablePointer(to: &capture) { capture in
              cposix_run(
                &program, capture,
                { context, stream, bytes, count in
                  context.assumingMemoryBound(to: Capture.self).pointee.take(
                    UnsafeBufferPointer(start: bytes, count: count), from: stream)
                }, &code)
            }
          }
        }
      }
    }
  }

  /// This process's variables but those that are set anew, then these.
  private var environmentEntries: [String] {
    let set =
      [("LANG", "C"), ("LC_ALL", "C"), ("LC_MESSAGES", "C"), ("LANGUAGE", "C")] + environment
    var entries: [String] = []
    var index: Int32 = 0
    while let entry = cposix_environment_entry(index) {
      let text = String(cString: entry)
      if !set.contains(where: { text.begins(with: $0.0 + "=") }) { entries.append(text) }
      index += 1
    }
    for (place, variable) in set.enumerated()
    where !set[(place + 1)...].contains(where: { $0.0 == variable.0 }) {
      entries.append(variable.0 + "=" + variable.1)
    }
    return entries
  }

  private func list(_ texts: [String]) throws(ModuleFailure) -> [CChar] {
    var bytes: [CChar] = []
    for text in texts {
      for byte in text.bytes {
        if byte == 0 { throw ModuleFailure("an argument of \(arguments[0]) has a NUL byte") }
        bytes.append(CChar(bitPattern: byte))
      }
      bytes.append(0)
    }
    return bytes
  }
}
