import Foundation
import Glibc
import HAProxy
import TestSupport
import Testing

/// The socket client against a peer that does what the test tells it: what HAProxy itself answers
/// stands in the tests of the module.
@Suite(.blocking) final class RuntimeSocketTests {
  private let folder = NSTemporaryDirectory() + "socket-" + UUID().uuidString
  private var path: String { folder + "/haproxy.stat" }

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func failure(
    timeout: Int = 5000, path: String? = nil, command: String = "show info"
  ) -> RuntimeError? {
    do throws(RuntimeError) {
      _ = try RuntimeSocket(path ?? self.path, timeout: timeout).ask(command)
      return nil
    } catch {
      return error
    }
  }

  @Test func aReplyIsReadToItsEnd() throws {
    let rows = String(repeating: "row,1,2\n", count: 50_000)
    let peer = try Peer(at: path) { client in
      #expect(client.readLine() == "show stat\n")
      for part in [rows, "last\n", "\n"] {
        client.write(part)
        usleep(20_000)
      }
    }
    defer { peer.end() }
    #expect(try RuntimeSocket(path).ask("show stat") == Array((rows + "last\n").utf8))
  }

  @Test func whatWorksHasNoReply() throws {
    let peer = try Peer(at: path, clients: 2) { client in
      let line = client.readLine()
      client.write(line.contains("k8s1") ? "\n" : "No such server.\n\n")
    }
    defer { peer.end() }
    try RuntimeSocket(path).tell("set server k8s/k8s1 state drain")
    #expect(throws: RuntimeError.self) {
      try RuntimeSocket(path).tell("set server k8s/k8s9 state drain")
    }
  }

  @Test func nothingThere() throws {
    let error = try #require(failure())
    #expect(error.kind == .missing)
    #expect(error.message.hasPrefix("HAProxy's socket \(path) does not exist; "))
    #expect(failure(path: "/etc/passwd/haproxy.stat")?.kind == .missing)
  }

  @Test func noSocket() throws {
    try Data().write(to: URL(filePath: path))
    #expect(failure()?.kind == .notASocket)
    #expect(failure(path: folder)?.kind == .notASocket)
    #expect(failure(path: "/dev/null")?.kind == .notASocket)
  }

  @Test func pathsThatCannotBe() {
    #expect(failure(path: "")?.kind == .unusable)
    #expect(failure(path: "/run/\0x")?.kind == .unusable)
    let long = "/" + String(repeating: "x", count: 107)
    #expect(failure(path: long)?.message.contains("too long") == true)
    #expect(failure(path: String(long.dropLast()))?.kind == .missing)
  }

  @Test(arguments: ["show info\nshow stat", "show info;show stat", "show\0info", "show\rinfo"])
  func aCommandIsOneCommand(command: String) {
    #expect(failure(command: command)?.kind == .unusable)
  }

  @Test func nobodyListens() throws {
    let peer = try Peer(at: path, clients: 0) { _ in }
    peer.end()
    let error = try #require(failure())
    #expect(error.kind == .refused)
    #expect(error.mayPass)
  }

  @Test func noAnswer() throws {
    let peer = try Peer(at: path) { client in
      _ = client.readLine()
      client.write("Name: HAProxy\n")
      usleep(600_000)
    }
    defer { peer.end() }
    let start = ContinuousClock.now
    let error = try #require(failure(timeout: 250))
    #expect(error.kind == .hung)
    #expect(error.message.contains("within 0.250 seconds"))
    #expect(start.duration(to: .now) < .milliseconds(550))
  }

  /// The queue of those who wait to be accepted is full, as with a HAProxy that was stopped.
  @Test func noRoomToConnect() throws {
    let peer = try Peer(at: path, clients: 0, backlog: 0) { _ in }
    defer { peer.end() }
    let waiting = (0..<3).compactMap { _ in try? Peer.connect(to: path) }
    defer { for client in waiting { close(client) } }
    #expect(waiting.count < 3)
    #expect(failure(timeout: 200)?.kind == .hung)
  }

  @Test func anEndlessReply() throws {
    let peer = try Peer(at: path) { client in
      _ = client.readLine()
      let line = String(repeating: "x", count: 65_535) + "\n"
      while client.write(line) {}
    }
    defer { peer.end() }
    #expect(failure()?.kind == .tooLarge)
  }

  @Test(arguments: ["", "Name: HAProxy", "Name: HAProxy\n"])
  func aReplyWithoutItsEnd(reply: String) throws {
    let peer = try Peer(at: path) { client in
      _ = client.readLine()
      client.write(reply)
    }
    defer { peer.end() }
    #expect(failure()?.kind == .closed)
  }
}
