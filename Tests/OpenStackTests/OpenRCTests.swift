import Foundation
import TestSupport
import Testing

@testable import OpenStack

/// An openrc file is read as bash would run it, and never run.
@Suite(.blocking) final class OpenRCTests {
  private let path = NSTemporaryDirectory() + "openrc-" + UUID().uuidString

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private func write(_ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  /// As the role openstack_openrc of OpenStack-Ansible writes it.
  private let ofOpenStackAnsible = """
    # Ansible managed
    export LC_ALL=C

    # COMMON CINDER ENVS
    export CINDER_ENDPOINT_TYPE=internalURL

    # COMMON OPENSTACK ENVS
    export OS_ENDPOINT_TYPE=internalURL
    export OS_INTERFACE=internalURL
    export OS_USERNAME=admin
    export OS_PASSWORD='pa$$ "w0rd" #1'
    export OS_PROJECT_NAME=admin
    export OS_TENANT_NAME=admin
    export OS_AUTH_TYPE=password
    export OS_AUTH_URL=https://172.29.236.101:5000/v3
    export OS_NO_CACHE=1
    export OS_USER_DOMAIN_NAME=Default
    export OS_PROJECT_DOMAIN_NAME=Default
    export OS_REGION_NAME=RegionOne

    # For openstackclient
    export OS_IDENTITY_API_VERSION=3
    export OS_AUTH_VERSION=3

    export OS_INSECURE='true'
    export OS_VERIFY='false'
    # Convenience Aliases for Self-Signed Certs
    alias cinder='cinder --insecure'
    """

  @Test func theFileOfOpenStackAnsible() throws {
    try write(ofOpenStackAnsible)
    let cloud = try Cloud(
      CloudRequest(openRC: path),
      in: Surroundings(
        variables: [("OS_USERNAME", "somebody else"), ("OS_CLOUD", "another")],
        folder: "/nonexistent",
        home: "/nonexistent"))
    #expect(cloud.name == "envvars")
    #expect(cloud.region == "RegionOne")
    #expect(cloud.interfaces(for: .containerInfra) == ["internal"])
    #expect(!cloud.trust.verifies)
    #expect(cloud.credentials.settings.filled("username") == "admin")
    #expect(cloud.credentials.settings.filled("password") == "pa$$ \"w0rd\" #1")
    #expect(cloud.credentials.settings["username"]?.place == "OS_USERNAME in \(path)")
  }

  @Test func itMeansWhatBashMakesOfIt() throws {
    let values = [
      "plain", "'a b'", "\"a b\"", "\"a\\\"b\\\\c\\d\"", "a\\ b\\'c", "'it'\\''s'", "\"x\"'y'z",
      "", "''", "a=b=c", "https://h:5000/v3#x", "x   # comment", "x#y", "'$HOME `id`'", "\"é ü\"",
      "a\\$b", "\"\\$\\`\"", "~x'y'".replacing("~", with: "+"), "a,b:c/d", "'#'", "[x]*?",
    ]
    var text = "# every way to write a value\nOS_FIRST=without\nexport OS_GONE=x\nunset OS_GONE\n"
    for (number, value) in values.enumerated() {
      text += "  export OS_V\(number)=\(value)\n"
    }
    text += "alias x='y --insecure'\nexport LC_ALL=C\nexport OS_FIRST=again\n"
    try write(text)
    let outcome = try Program(
      ["/bin/bash", "-c", "set -a; . \"$0\"; env -0", path], environment: [:]
    ).succeed()
    var expected: [String: String] = [:]
    for entry in outcome.output.split(separator: "\0") where entry.hasPrefix("OS_") {
      let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      expected[String(parts[0])] = String(parts[1])
    }
    let found = try variables(ofOpenRC: path)
    #expect(expected.count == values.count + 1)
    #expect(found.count == expected.count)
    for (name, value) in found { #expect(expected[name] == value, "\(name)") }
  }

  @Test(arguments: [
    "export OS_PASSWORD=$OS_PASSWORD_INPUT", "export OS_TOKEN=`id`", "export OS_X=\"$(id)\"",
    "export OS_X='open", "export OS_X=a b", "export OS_X=a;id", "export OS_X=a|b", "OS_X=~/ca.pem",
    "read -sr OS_PASSWORD_INPUT", "export OS_X", "export OS_X=\\",
    "if [ -z \"$OS_USER_DOMAIN_NAME\" ]; then unset OS_USER_DOMAIN_NAME; fi",
  ])
  func whatOnlyAShellCanMakeOutIsRefused(line: String) throws {
    try write("\n\(line)\n")
    let error = try #require(
      failure { () throws(OpenStackError) in try variables(ofOpenRC: path) })
    #expect(error.kind == .configuration)
    #expect(error.message.hasPrefix("line 2 of \(path) "), "\(error.message)")
  }
}
