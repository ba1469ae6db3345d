import Kubeconfig
import Testing

@Suite struct ServerAddressTests {
  private func fits(_ server: String, _ expected: String) throws -> Bool {
    let text = Samples.admin("https://198.18.236.9:6443", server)
    let kubeconfig = try Kubeconfig(KubeconfigFile(parsing: Array(text.utf8)))
    do {
      try kubeconfig.checkServer(is: expected)
      return true
    } catch {
      #expect(
        error.message
          == "cluster \"kubernetes\" has the server \(server), expected is \(expected); correct the"
          + " expectation, or set the address with server")
      return false
    }
  }

  @Test(arguments: [
    ("https://[::1]:6443", "https://[0:0:0:0:0:0:0:1]:6443"),
    ("https://[::1]:6443", "[0000::0001]:6443"), ("https://[::1]:6443", "::1"),
    ("https://[2001:DB8::A]:6443", "https://[2001:db8:0:0::a]:6443"),
    ("HTTPS://[2001:db8::a]", "2001:DB8:0::A"),
    ("https://[2001:db8::a]", "https://[2001:db8::A]:443"),
    ("https://[::ffff:192.0.2.1]:6443", "[::FFFF:C000:201]:6443"),
    ("https://K8s.Example:6443", "https://k8s.EXAMPLE:6443"),
    ("https://k8s.example", "K8S.example"),
    ("https://k8s.example", "k8s.example:443"), ("https://k8s.example:443/", "https://k8s.example"),
  ])
  func oneAddressInTwoWays(server: String, expected: String) throws {
    #expect(try fits(server, expected))
  }

  @Test(arguments: [
    ("https://[::1]:6443", "https://[::2]:6443"), ("https://[::1]:6443", "https://[0::1]"),
    ("https://[::1]:6443", "[0::1]:443"), ("https://[::1]:6443", "http://[0::1]:6443"),
    ("https://[::1%25eth0]:6443", "[0::1]:6443"), ("https://127.0.0.1:6443", "127.1"),
    ("https://127.0.0.1:6443", "::ffff:127.0.0.1"), ("https://k8s.example", "k8s.example."),
  ])
  func twoAddresses(server: String, expected: String) throws {
    #expect(try !fits(server, expected))
  }

  /// A name that goes on after what C takes for its end is another one.
  @Test func aNULInTheName() throws {
    let text = Samples.admin("https://198.18.236.9:6443", "\"https://[::1\\0.example]:6443\"")
    let kubeconfig = try Kubeconfig(KubeconfigFile(parsing: Array(text.utf8)))
    #expect(throws: KubeconfigError.self) { try kubeconfig.checkServer(is: "[0::1]:6443") }
  }
}
