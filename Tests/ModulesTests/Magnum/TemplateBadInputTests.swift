import Foundation
import JSON
import OpenStack
import TestSupport
import Testing

/// What is refused, and that no secret is shown.
extension MagnumClusterTemplateTests {
  // MARK: Bad input

  @Test(
    arguments: [
      (["labels": ["kube_tag": "v1.34.2", "auto_scale": "1"]], "auto_scale is unknown"),
      (["labels": ["max_node_count": 3]], "label kube_tag is missing"),
      (
        ["driver_version": "0.20.0", "labels": ["kube_tag": "v1.30.0", "csi_resizer_tag": "v1"]],
        "label csi_resizer_tag is read from driver v0.30.0 on"
      ),
      (["image": ""], "image_id is empty"),
      (["name": .null], "no cluster template is named: set name, or uuid"),
      (["name": .null, "uuid": ""], "no cluster template is named: set name, or uuid"),
      (["name": .null, "uuid": "u", "on_immutable": "version"], "name the template"),
      (["auth": .null, "cloud": "nowhere"], "there is no cloud \"nowhere\""),
      (["cloud": 5], "cloud must be the name of a cloud"),
      (["flavor": "no-such-flavor"], "no-such-flavor"),
      (["coe": "swarm"], "value of coe must be one of: kubernetes, got: swarm"),
      (["region_name": "Nowhere"], "RegionOne"),
    ] as [(JSONObject, String)])
  func whatCannotBeIsTold(arguments: JSONObject, words: String) throws {
    let refused = try run(arguments)
    #expect(refused.failed)
    #expect(refused.message.contains(words), "\(refused.message)")
    #expect(try templates().isEmpty)
  }

  @Test func aTemplateThatIsNotThereNeedsAnImage() throws {
    #expect(try run(["image": .null]).message.contains("making it takes image"))
  }

  @Test func aMemberMayNotPublish() throws {
    let demo = try run([
      "auth": .object(needs.auth(user: "demo", project: "demo")), "public": true,
    ])
    #expect(demo.failed && demo.output["status"] == 403)
    #expect(demo.output["request_id"]?.string?.hasPrefix("req-") == true)
    #expect(demo.message.contains("Not authorized to set public or hidden"), "\(demo.message)")
  }

  /// What is wrong with attributes is nothing to a template that goes.
  @Test func labelsDoNotKeepATemplate() throws {
    defer { try? removeAll() }
    _ = try run()
    let gone = try absent(["labels": ["no_such_label": 1], "driver_version": "newest", "image": ""])
    #expect(gone.changed == true, "\(gone.message)")
  }

  // MARK: Secrets

  /// Members may be written in other ways, and the faults of a task be found before they are read.
  @Test(arguments: [
    "password", "os_password", "os-password", "OS_Password", "auth_token", "auth-token",
    "os_token", "application-credential-secret",
  ])
  func secretsInAllSpellings(member: String) throws {
    for option in ["auth", "cloud"] {
      for isText in [true, false] {
        let value: JSONValue = [member: "wr0ng-pa55word", "nested": [["deep": "x"]]]
        let refused = try run([
          "auth": .null, option: isText ? .string(value.jsonText) : value,
          "state": "wr0ng-pa55word",
        ])
        #expect(refused.failed && refused.message.contains("value of state must be"))
        #expect(!refused.text.contains("wr0ng-pa55word"), "\(option)")
      }
    }
  }

  @Test(arguments: [true, false])
  func noSecretIsShown(isValid: Bool) throws {
    defer { try? removeAll() }
    var auth = needs.auth()
    let shown = try run([
      "auth": .null,
      "cloud": ["auth": .object(auth), "region_name": "RegionOne"],
      "http_proxy": "http://user:s3cr3t-proxy@proxy:3128",
      "state": isValid ? "present" : "wrong",
    ])
    #expect(shown.failed == !isValid)
    #expect(!shown.text.contains("s3cr3t-proxy"))
    // What is no secret stays: hiding the user's name would hide it in all of Magnum's words.
    #expect(shown.text.contains(needs.lab.keystone))
    if isValid {
      // Nor what a template has that the task does not name.
      for more in [["https_proxy": .null], ["tags": ["a"]], ["http_proxy": ""]] as [JSONObject] {
        #expect(try !run(more).text.contains("s3cr3t-proxy"))
      }
    }
    auth["password"] = "wr0ng-pa55word"
    let refused = try run(["auth": .string(JSONValue.object(auth).jsonText)])
    #expect(refused.failed && refused.message.contains("refused the credentials"))
    #expect(!refused.text.contains("wr0ng-pa55word"))
  }
}
