import JSON
import Testing

@testable import OpenStack

/// What a cluster may be declared to be, before anything is asked of the cloud.
@Suite struct WantedClusterTests {
  private func wanted(
    _ values: JSONObject, mergesLabels: Bool = true
  ) throws(OpenStackError) -> WantedCluster {
    try WantedCluster(
      values, mergesLabels: mergesLabels,
      rules: LabelRules(driverVersion: nil, allowsUnknown: false))
  }

  @Test(
    arguments: [
      (["master_count": 2], "master_count is 2, and the control plane is an odd number"),
      (["master_count": -1], "master_count is -1"), (["master_count": 0], "master_count is 0"),
      (["node_count": -1], "node_count is -1, and must be 0 or more"),
      (["labels": ["kube_tags": "v1.34.2"]], "did you mean kube_tag?"),
      (["labels": ["kube_tag": .null]], "label kube_tag is null"),
    ] as [(JSONObject, String)])
  func whatNoClusterIs(values: JSONObject, words: String) throws {
    let error = try #require(failure { () throws(OpenStackError) in try wanted(values) })
    #expect(error.kind == .configuration)
    #expect(error.message.contains(words), "\(error.message)")
  }

  @Test func exactLabelsNeedTheRelease() throws {
    let labels: JSONObject = ["labels": ["max_node_count": 3]]
    let error = try #require(
      failure { () throws(OpenStackError) in try wanted(labels, mergesLabels: false) })
    #expect(error.message.contains("label kube_tag is missing"))
    #expect(throws: Never.self) { try wanted(labels) }
    #expect(throws: Never.self) { try wanted(["labels": [:]], mergesLabels: false) }
  }

  private func template(_ labels: JSONObject) throws(OpenStackError) -> ClusterTemplate {
    try ClusterTemplate(["uuid": "u", "name": "t", "labels": .object(labels)])
  }

  @Test func theBodyHasWhatIsNamed() throws {
    let template = try template(["kube_tag": "v1.34.2"])
    let values: JSONObject = [
      "cluster_template_id": "t", "keypair": "", "docker_volume_size": 0, "node_count": 0,
      "floating_ip_enabled": false, "flavor_id": .null, "labels": ["audit_log_enabled": true],
    ]
    let merged = try wanted(values).body("n", template)
    #expect(
      merged == [
        "cluster_template_id": "u", "node_count": 0, "floating_ip_enabled": false, "name": "n",
        "labels": ["audit_log_enabled": "true"], "merge_labels": true,
      ])
    let none = try wanted(["cluster_template_id": "t"]).body("n", template)
    #expect(none == ["name": "n", "cluster_template_id": "u"])
  }

  /// A cluster without it can be neither made nor deleted properly.
  @Test func theReleaseMayBeTheTemplatesOrTheClusters() throws {
    let bare = try template([:])
    let error = try #require(
      failure { () throws(OpenStackError) in
        try wanted(["cluster_template_id": "t"]).body("n", bare)
      })
    #expect(error.message.contains("label kube_tag is missing"))
    let own = try wanted(["labels": ["kube_tag": "v1.34.2"]]).body("n", bare)
    #expect(own["labels"]?["kube_tag"] == "v1.34.2")
  }
}
