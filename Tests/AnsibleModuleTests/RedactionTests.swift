import Testing

@testable import AnsibleModule

@Suite struct RedactionTests {
  @Test func secretsLeaveAsFromAnsible() throws {
    let secrets = ["hunter", "7", "é", "long secret\nof two lines", "0.5"]
    let values: [JSONValue] = [
      "hunter", "my hunter and hunter", "hunterhunter2", "nothing", "", "7", 7, 17, 3,
      0.5, 10.5, true, .null, "caf\u{e9}", "cafe\u{301}", "***", "long secret\nof two lines\n",
      ["hunter", ["deep": "x hunter x"], 77], ["hunter": "key stays", "a": ["7"]],
    ]
    var set = SecretSet()
    for secret in secrets { set.insert(.string(secret)) }
    let answers = try Oracle.ask(
      values.map { ["redact": $0, "secrets": .array(secrets.map { .string($0) })] })
    for (value, answer) in zip(values, answers) {
      #expect(set.redacting(value) == answer["value"], "\(value)")
    }
  }

  /// ansible-core does so in its later releases; before, the rest of the longer one could be read.
  @Test func theLongestSecretGoesFirst() {
    var set = SecretSet()
    set.insert(["hunter", "hunter2", "unter"])
    #expect(set.redacting("my hunter2, a hunter") == "my ********, a ********")
  }

  @Test func withoutSecretsNothingChanges() {
    let value: JSONValue = ["a": [1, "x", .null]]
    #expect(SecretSet().redacting(value) == value)
  }
}
