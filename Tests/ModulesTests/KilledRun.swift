import Foundation
import TestSupport
import Testing

/// A run of a module that strace kills before one of its system calls. Programs that the module
/// starts are not counted and not killed.
struct KilledRun {
  let module: RunModule
  /// The file with the arguments.
  let arguments: String
  /// For notes.
  let folder: String

  /// A system call by its name, and how many of that name the process makes up to it.
  struct Call: CustomStringConvertible {
    let name: String
    let ordinal: Int
    var description: String { "\(name) number \(ordinal)" }
  }

  /// Calls that touch memory alone: a kill before one leaves what a kill before the next leaves, and
  /// how many there are may differ from run to run.
  private static let ofMemory: Set<Substring> = [
    "brk", "futex", "madvise", "mmap", "mprotect", "mremap", "munmap",
  ]

  /// Calls that only look, after which the files are what they were before: a kill before one leaves
  /// what a kill before the next leaves.
  static let ofLooking: Set<Substring> = [
    "access", "clock_gettime", "clock_nanosleep", "close", "connect", "fcntl", "fgetxattr", "fstat",
    "fstatfs", "getdents64", "getpid", "getrandom", "getuid", "geteuid", "getgid", "getegid",
    "ioctl", "lseek", "lstat", "newfstatat", "poll", "ppoll", "pread64", "prlimit64", "read",
    "readlink", "readlinkat", "recvfrom", "rt_sigaction", "rt_sigprocmask", "socket", "stat",
    "statx", "sysinfo", "umask", "uname",
  ]

  /// The calls of a whole run but those of memory and those left out, from the one that opens its
  /// arguments.
  func systemCalls(but leftOut: Set<Substring> = []) throws -> [Call] {
    let trace = folder + "/trace"
    let process = try strace(["-o", trace, "-s", "4096"])
    try #require(!process.isKilled && process.status == 0)
    var counts: [Substring: Int] = [:]
    var calls: [Call] = []
    var isBegun = false
    for line in try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n") {
      // "1234  openat(...": what was interrupted and goes on stands as "<... openat resumed>".
      guard let parenthesis = line.firstIndex(of: "("), !line.contains("<... "),
        let name = line[..<parenthesis].split(separator: " ").last,
        !Self.ofMemory.contains(name), !leftOut.contains(name)
      else { continue }
      counts[name, default: 0] += 1
      isBegun = isBegun || name == "openat" && line.contains("\"\(arguments)\"")
      if isBegun { calls.append(Call(name: String(name), ordinal: counts[name] ?? 0)) }
    }
    return calls
  }

  /// - Returns: whether the run came to the call. How often a module looks at what it waits for may
  ///   differ from run to run.
  func kill(before call: Call) throws -> Bool {
    let process = try strace([
      "-o", "/dev/null", "-e", "trace=\(call.name)", "-e",
      "inject=\(call.name):signal=KILL:when=\(call.ordinal)",
    ])
    // strace dies as the process it traces.
    return process.isKilled
  }

  private func strace(_ options: [String]) throws -> Program.Outcome {
    try Program(["strace"] + options + module.command([arguments])).run()
  }
}
