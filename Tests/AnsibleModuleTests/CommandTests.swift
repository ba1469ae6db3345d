import Foundation
import TestSupport
import Testing

@testable import AnsibleModule

/// Real programs, well-behaved and not.
@Suite(.blocking) struct CommandTests {
  private func shell(_ script: String) -> Command { Command(["/bin/sh", "-c", script]) }

  @Test func outputsAndExitCodeAreKeptApart() throws {
    let outcome = try shell("echo out; echo err >&2; exit 3").run()
    #expect(outcome.code == 3)
    #expect(outcome.text == "out\n")
    #expect(outcome.errorText == "err\n")
    #expect(!outcome.isCut)
  }

  @Test func argumentsAreNeverMoreThanText() throws {
    let arguments = ["$HOME", "a b", "; echo x", "*", "", "é\u{1F600}", "-n\n"]
    let outcome = try Command(["printf", "<%s>"] + arguments).run()
    #expect(outcome.text == arguments.map { "<\($0)>" }.joined())
  }

  @Test func theLocaleIsCAndVariablesCanBeSet() throws {
    var command = Command(["env"])
    command.environment = [("MCAPI_TEST", "a=b c"), ("LANGUAGE", "en")]
    let lines = try command.run().text.split(separator: "\n")
    for line in ["LANG=C", "LC_ALL=C", "LC_MESSAGES=C", "LANGUAGE=en", "MCAPI_TEST=a=b c"] {
      #expect(lines.filter { $0.hasPrefix(line.prefix { $0 != "=" } + "=") } == [line[...]])
    }
    #expect(lines.contains { $0.hasPrefix("PATH=") })
  }

  @Test func inputIsGivenWholeOrIsEmpty() throws {
    let bytes = [UInt8]((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0) })
    var command = Command(["cat"], input: bytes)
    command.outputLimit = 4_000_000
    #expect(try command.run().output == bytes)
    #expect(try Command(["cat"]).run().output == [])
    #expect(try Command(["cat"], input: []).run().output == [])
  }

  @Test func aProgramThatDoesNotReadItsInputIsNoFault() throws {
    let bytes = [UInt8](repeating: 0x78, count: 1_000_000)
    let outcome = try Command(["sh", "-c", "exec <&-; echo done"], input: bytes).run()
    #expect(outcome.code == 0)
    #expect(outcome.text == "done\n")
  }

  @Test func aFloodIsCutAndTheProgramGoesOn() throws {
    var command = shell("head -c 20000000 /dev/zero; head -c 9 /dev/zero >&2; exit 7")
    command.outputLimit = 1000
    let outcome = try command.run()
    #expect(outcome.output.count == 1000)
    #expect(outcome.errors.count == 9)
    #expect(outcome.isCut)
    #expect(outcome.code == 7)
  }

  @Test func aSignalIsAnExitCodeBelowZero() throws {
    #expect(try shell("kill -TERM $$").run().code == -15)
    #expect(try shell("kill -KILL $$").run().code == -9)
  }

  @Test func aProgramThatHangsIsKilledWithItsChildren() throws {
    let file = NSTemporaryDirectory() + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: file) }
    var command = shell("trap '' TERM; sleep 1000 & echo $! > \(file); wait")
    command.timeLimit = 1
    let failure = #expect(throws: ModuleFailure.self) { try command.run() }
    #expect(failure?.message == "/bin/sh did not end within 1 seconds and was stopped")
    let child = try #require(
      pid_t(try String(contentsOfFile: file, encoding: .utf8).dropLast()))
    // Nobody may have reaped it yet: a zombie has no memory left. On a busy machine the signal takes
    // a moment to arrive.
    func isGone() -> Bool {
      kill(child, 0) != 0
        || (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8))?
          .contains(") Z ") != false
    }
    for _ in 0..<500 where !isGone() { usleep(10_000) }
    #expect(isGone())
  }

  @Test func oneThatHasClosedItsOutputsIsWaitedFor() throws {
    let outcome = try shell("echo first; exec >&- 2>&-; sleep 0.2; exit 5").run()
    #expect(outcome.code == 5)
    #expect(outcome.text == "first\n")
  }

  @Test func oneLeftInTheBackgroundIsNot() throws {
    var command = shell("sleep 30 & echo $!")
    command.timeLimit = 20
    let outcome = try command.run()
    #expect(outcome.code == 0)
    let child = try #require(pid_t(outcome.text.dropLast()))
    #expect(kill(child, SIGKILL) == 0)
  }

  @Test func itStartsInAFolder() throws {
    var command = Command(["pwd"])
    command.folder = "/usr/share"
    #expect(try command.run().text == "/usr/share\n")
  }

  /// In a process of its own, in which no other test opens and closes what every child inherits.
  @Test func theProgramGetsItsThreeDescriptorsAlone() async {
    await #expect(processExitsWith: .success) {
      let file = try OpenFile(reading: "/dev/null")
      let listed = try Command(["ls", "/proc/self/fd"], input: [1]).run().text
      // Libraries of the test process may have opened some that every child inherits.
      let own = listed.split(separator: "\n").compactMap { Int32($0) }.filter {
        $0 > 2 && (fcntl($0, F_GETFD) < 0 || fcntl($0, F_GETFD) & FD_CLOEXEC != 0)
      }
      #expect(own.count <= 1, "beside the folder that ls reads: \(own)")
      #expect(file.descriptor > 2)
    }
  }

  @Test func whatCannotBeStartedIsNamed() throws {
    func message(_ command: Command) -> String? {
      #expect(throws: ModuleFailure.self) { try command.run() }?.message
    }
    #expect(message(Command([])) == "there is no program to run")
    #expect(
      message(Command(["/nosuch/program"]))
        == "cannot run /nosuch/program: No such file or directory")
    #expect(
      message(Command(["/etc/passwd"]))
        == "cannot run /etc/passwd: Permission denied; become a user who may (become: true)")
    #expect(message(Command(["echo", "a\0b"])) == "an argument of echo has a NUL byte")
  }
}
