import CPosix
import Foundation
import TestSupport
import Testing

/// The handle of libcurl between requests, and signals while one runs.
@Suite(.serialized, .blocking) struct HTTPHandleTests {
  private let lab: OpenStackLab

  init() throws { lab = try OpenStackLab.shared() }

  /// Asks an address; what the callbacks do is the test's.
  private func ask(
    _ client: UnsafeMutableRawPointer, _ url: String,
    _ outcome: UnsafeMutablePointer<cposix_http_outcome>,
    header: @escaping @convention(c) (UnsafeMutableRawPointer, UnsafePointer<CChar>, Int) -> Void
  ) -> Int32 {
    let texts = "GET\0\(url)\0\0\0\0".utf8CString.dropLast()
    return Array(texts).withUnsafeBufferPointer { texts in
      guard let first = texts.baseAddress else { return -1 }
      var request = cposix_http_request(
        texts: first, texts_size: texts.count, body: nil, body_size: 0, verifies: 1,
        is_never_repeated: 0, connect_milliseconds: 5000, milliseconds: 5000, limit: 1 << 20,
        header: header, body_part: { _, _, _ in })
      return cposix_http(client, &request, outcome, outcome)
    }
  }

  @Test func nothingOfARequestIsLeftInTheHandle() throws {
    let library = try #require(dlopen("libcurl.so.4", RTLD_NOW))
    let perform = unsafeBitCast(
      try #require(dlsym(library, "curl_easy_perform")),
      to: (@convention(c) (UnsafeMutableRawPointer) -> Int32).self)
    let client = try #require(cposix_http_open())
    defer { cposix_http_close(client) }
    let outcome = UnsafeMutablePointer<cposix_http_outcome>.allocate(capacity: 1)
    defer { outcome.deallocate() }
    outcome.initialize(to: cposix_http_outcome())
    #expect(ask(client, "http://127.0.0.1:1/", outcome, header: { _, _, _ in }) == 0)
    #expect(Int(outcome.pointee.code) == CPOSIX_HTTP_CONNECT)
    // Not even an address to connect to.
    #expect(Int(perform(client)) == CPOSIX_HTTP_URL)
  }

  private nonisolated(unsafe) static var signals = 0
  private nonisolated(unsafe) static var heads = 0

  @Test func aPeerThatIsGoneEndsNoProcess() throws {
    let client = try #require(cposix_http_open())
    defer { cposix_http_close(client) }
    Self.signals = 0
    Self.heads = 0
    let before = signal(SIGPIPE) { _ in HTTPHandleTests.signals += 1 }
    defer { signal(SIGPIPE, before) }
    var outcome = cposix_http_outcome()
    let result = ask(client, lab.keystone + "/v3", &outcome) { _, _, _ in
      HTTPHandleTests.heads += 1
      raise(SIGPIPE)
    }
    #expect(result == 0)
    #expect(outcome.status == 200)
    #expect(Self.heads > 1)
    #expect(Self.signals == 0)
    // It is held back for the time of the request only.
    raise(SIGPIPE)
    #expect(Self.signals == 1)
  }
}
