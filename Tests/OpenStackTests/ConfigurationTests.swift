import Foundation
import JSON
import Testing

@testable import OpenStack

/// What is wrong with a configuration is told with the place where it stands.
@Suite final class ConfigurationTests {
  private let folder = NSTemporaryDirectory() + "configuration-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func surroundings(
    _ variables: [(name: String, value: String)] = []
  ) -> Surroundings {
    var surroundings = Surroundings(variables: variables, folder: folder, home: folder + "/home")
    surroundings.systemFolder = folder + "/system"
    return surroundings
  }

  private func write(_ text: String, _ name: String = "clouds.yaml") throws {
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
  }

  private func message(
    _ request: CloudRequest = CloudRequest(), _ variables: [(name: String, value: String)] = []
  ) throws -> String {
    try #require(
      failure { () throws(OpenStackError) in try Cloud(request, in: surroundings(variables)) }
    ).message
  }

  /// A cloud that is complete but for what a test changes.
  private func cloud(_ lines: String = "", auth: String = "", secret: String = "password: x")
    -> String
  {
    """
    clouds:
      one:
        auth:
          auth_url: https://keystone:5000
          username: admin
          \(secret)
          user_domain_name: Default
          project_name: admin
          project_domain_name: Default
          \(auth)
        \(lines)
    """
  }

  @Test func aTextWithoutQuotesIsWhatWasWritten() throws {
    for (written, meant) in [
      ("0123", "0123"), ("1_000", "1_000"), ("yes", "yes"), ("2001-12-14", "2001-12-14"),
      ("1e3", "1e3"), ("0x1F", "0x1F"), ("1.50", "1.50"), ("'null'", "null"), ("12:30", "12:30"),
    ] {
      try write(cloud(secret: "password: \(written)"))
      let found = try Cloud(in: surroundings())
      #expect(found.credentials.settings.filled("password") == meant)
    }
  }

  @Test func theCloudsThereAreAndTheFilesThatWereRead() throws {
    try write(cloud())
    try write("clouds:\n  two: {auth: {password: y}}\n", "secure.yaml")
    #expect(
      try message(CloudRequest(cloud: "three"))
        == "there is no cloud \"three\": known are one, two, read from \(folder)/clouds.yaml,"
        + " \(folder)/secure.yaml")
    #expect(try message(CloudRequest(cloud: "two")).hasPrefix("auth_url is missing"))
  }

  @Test func aFileThatIsNamedAndNotThereIsToldOf() throws {
    try write(cloud())
    let named = [(name: "OS_CLIENT_CONFIG_FILE", value: "/nonexistent/clouds.yaml")]
    let found = try Cloud(in: surroundings(named))
    #expect(
      found.warnings == [
        "/nonexistent/clouds.yaml, which OS_CLIENT_CONFIG_FILE names, is not read;"
          + " \(folder)/clouds.yaml is instead"
      ])
    #expect(try message(CloudRequest(cloud: "x"), named).contains("is not read"))
  }

  @Test(arguments: [
    ("clouds: [", "is not YAML: "), ("- one\n", "is no mapping; it should begin with clouds:"),
    ("clouds: text\n", "clouds in FILE is no mapping"),
    ("clouds: {one: text}\n", "cloud \"one\" in FILE is no mapping"),
    ("clouds: {one: {auth: text}}\n", "auth of cloud \"one\" in FILE is no mapping"),
    ("clouds: {envvars: {}}\n", "FILE has a cloud named \"envvars\""),
    ("a: 1\n---\nb: 2\n", "more than one YAML document"),
    ("clouds: {one: *secret}\n", "an alias refers to no anchor (line 1, column 15)"),
  ])
  func filesThatAreNone(text: String, words: String) throws {
    try write(text)
    let words = words.replacing("FILE", with: folder + "/clouds.yaml")
    let message = try message()
    #expect(message.contains(words), "\(message)")
    #expect(!message.contains("secret"))
  }

  @Test(arguments: [
    ("profile: vexxhost", "", "names the vendor profile \"vexxhost\""),
    ("verify: maybe", "", "verify of cloud \"one\" in FILE must be true or false"),
    (
      "auth_type: v3totp", "",
      "auth_type of cloud \"one\" in FILE is \"v3totp\"; it can be password"
    ),
    ("api_timeout: soon", "", "is not a number of seconds"),
    ("regions: 5", "", "regions of cloud \"one\" in FILE is no list"),
    ("regions: [{values: {}}]", "", "neither a name nor a mapping"),
    ("", "domain_id: x\n      system_scope: all", "a token is for one project, one domain"),
    ("", "system_scope: some", "a token is for one"),
    ("auth_url: ftp://x", "auth_url: null", "is not an address of HTTP or HTTPS: ftp://x"),
    ("", "auth_url: https://u:pass@x:5000/v2.0", "write https://x:5000/v3"),
    ("", "auth_url: https://{nothing}/", "has braces that name no setting"),
    ("", "username: [x]", "auth.username of cloud \"one\" in FILE is no text"),
    ("", "user_domain_name: null", "user_domain_name (or user_domain_id) is missing"),
    ("", "project_domain_name: null", "project_domain_name (or project_domain_id) is missing"),
    ("", "password: null", "password is missing: auth_type password needs it"),
    (
      "auth_type: v3applicationcredential", "application_credential_id: x",
      "application_credential_secret is missing"
    ),
    (
      "auth_type: v3applicationcredential",
      "application_credential_id: x\n      application_credential_secret: hidden-secret",
      "an application credential is for the project it was made in"
    ),
  ])
  func cloudsThatCannotBe(lines: String, auth: String, words: String) throws {
    try write(cloud(lines, auth: auth))
    let message = try message()
    #expect(
      message.contains(words.replacing("FILE", with: folder + "/clouds.yaml")), "\(message)")
    #expect(!message.contains("pass@") && !message.contains("hidden-secret"))
  }

  @Test func aRegionThatIsNot() throws {
    try write(cloud("regions: [north, south]"))
    let message = try message(CloudRequest(settings: ["region_name": "North"]))
    #expect(message.hasPrefix("cloud \"one\" has no region \"North\": it has north, south;"))
    #expect(try Cloud(in: surroundings()).region == "north")
  }

  @Test func whatIsVerifiedWithWhat() throws {
    try write(cloud("cacert: ~/ca.pem\n    insecure: true"))
    var found = try Cloud(in: surroundings())
    #expect(!found.trust.verifies)
    #expect(found.warnings.first?.contains("not verified although a CA is named") == true)
    try write(cloud("verify: /pki/ca.pem"))
    found = try Cloud(in: surroundings([("REQUESTS_CA_BUNDLE", "/pki/other.pem")]))
    #expect(found.trust.authorities == "/pki/ca.pem")
    try write(cloud())
    found = try Cloud(in: surroundings([("REQUESTS_CA_BUNDLE", "/pki/other.pem")]))
    #expect(found.trust.authorities == "/pki/other.pem")
  }

  @Test func addressesAreShownWithoutPasswords() {
    for (url, shown, origin, host) in [
      ("https://u:p@h:1/v3?x", "https://h:1/v3?x", "https://h:1", "h"),
      ("HTTP://a:b@c@[::1]:5/x", "http://[::1]:5/x", "http://[::1]:5", "::1"),
      ("https://h", "https://h", "https://h", "h"), ("", "", "", ""), ("u:p@h", "h", "h", "h"),
      ("https://h/a@b", "https://h/a@b", "https://h", "h"),
    ] {
      let address = Address(url)
      #expect(address.shown == shown)
      #expect(address.origin == origin)
      #expect(address.host == host)
    }
  }

  @Test func whatHasNoPlaceInAPathIsEncoded() {
    #expect(percentEncoded("k8s-v1.34_~") == "k8s-v1.34_~")
    #expect(percentEncoded("a b/c?é%") == "a%20b%2Fc%3F%C3%A9%25")
  }

  @Test func theVersionOfAnAPIIsAddedWhereItIsLeftOut() {
    for (service, address, whole) in [
      (Service.containerInfra, "https://h:9511/v1", "https://h:9511/v1"),
      (.containerInfra, "https://h:9511/", "https://h:9511/v1"),
      (.containerInfra, "https://v1.example:9511", "https://v1.example:9511/v1"),
      (.containerInfra, "https://h/container-infra/v1", "https://h/container-infra/v1"),
      (.image, "http://h:9292", "http://h:9292/v2"),
      (.compute, "http://h:8774/v2.1/0a1b", "http://h:8774/v2.1/0a1b"),
      (.network, "http://h:9696/", "http://h:9696/v2.0"),
    ] {
      #expect(service.versioned(address) == whole)
    }
  }
}
