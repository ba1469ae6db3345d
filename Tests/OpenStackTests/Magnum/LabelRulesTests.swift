import Foundation
import JSON
import TestSupport
import Testing

@testable import OpenStack

/// Which labels pass, and what is said of those that do not.
@Suite struct LabelRulesTests {
  private func rules(
    _ driverVersion: String? = nil, allowsUnknown: Bool = false
  ) throws(OpenStackError) -> LabelRules {
    try LabelRules(driverVersion: driverVersion, allowsUnknown: allowsUnknown)
  }

  private func fault(_ labels: JSONObject, _ driverVersion: String? = nil) -> String? {
    failure { () throws(OpenStackError) in try rules(driverVersion).checked(labels) }?.message
  }

  @Test func numbersAndBooleansBecomeTexts() throws {
    let labels = try rules().checked([
      "kube_tag": "v1.34.2", "auto_scaling_enabled": true, "cinder_csi_enabled": "No",
      "max_node_count": 5, "boot_volume_size": "20", "octavia_lb_healthcheck": "1",
      "availability_zone": "nova", "dns_cluster_domain": .null,
    ])
    #expect(
      labels == [
        "kube_tag": "v1.34.2", "auto_scaling_enabled": "true", "cinder_csi_enabled": "false",
        "max_node_count": "5", "boot_volume_size": "20", "octavia_lb_healthcheck": "true",
        "availability_zone": "nova", "dns_cluster_domain": .null,
      ])
  }

  /// What the driver's documentation has, and its code has not, among them.
  @Test(arguments: [
    ("audit_log_maxage", "audit_log_max_age"), ("auto_scaling_enable", "auto_scaling_enabled"),
    ("kubetag", "kube_tag"), ("calico_ipv4_pool", "calico_ipv4pool"),
    ("octavia_lb_healtcheck", "octavia_lb_healthcheck"),
  ])
  func anUnknownLabelHasANearName(wrong: String, right: String) {
    #expect(
      fault([wrong: "1"])
        == "label \(wrong) is unknown to the driver; did you mean \(right)?"
        + " (allow_unknown_labels lets it pass)")
  }

  @Test func aLabelThatIsNearNothingHasNone() throws {
    #expect(
      fault(["prometheus_monitoring": "true"])
        == "label prometheus_monitoring is unknown to the driver (allow_unknown_labels lets it pass)"
    )
    let labels = try rules(allowsUnknown: true).checked(["prometheus_monitoring": true])
    #expect(labels == ["prometheus_monitoring": "true"])
  }

  @Test(
    arguments: [
      ("auto_scaling_enabled", "maybe", "true or false"),
      ("auto_scaling_enabled", "", "true or false"),
      ("max_node_count", "-1", "a whole number from 0 on"),
      ("max_node_count", 1.5, "a whole number from 0 on"),
      ("kube_tag", "1.34.2", "a release of Kubernetes, as v1.34.2"),
      ("kube_tag", "v1.34", "a release of Kubernetes, as v1.34.2"),
      ("kube_tag", "v1.34.2\n", "a release of Kubernetes, as v1.34.2"),
      ("kube_tag", "v1.34.2-rc.1\n", "a release of Kubernetes, as v1.34.2"),
      ("max_node_count", "3\n", "a whole number from 0 on"),
      ("fixed_subnet_cidr", "10.0.0.0/24\n", "an address with a prefix length, as 10.100.0.0/16"),
      ("calico_ipv4pool", "10.100.0.0", "an address with a prefix length, as 10.100.0.0/16"),
      ("fixed_subnet_cidr", "10.0.0.300/24", "an address with a prefix length, as 10.100.0.0/16"),
      ("fixed_subnet_cidr", "10.0.0.0/33", "an address with a prefix length, as 10.100.0.0/16"),
      (
        "server_group_policies", "anti-affinity,soft",
        "one or more of affinity, anti-affinity, soft-affinity, soft-anti-affinity, with commas"
          + " between them"
      ),
    ] as [(String, JSONValue, String)])
  func aWrongValueIsNamedWithWhatItMustBe(label: String, value: JSONValue, wanted: String) {
    #expect(
      fault([label: value])
        == "label \(label) is \"\(value.string ?? value.jsonText)\" and must be \(wanted)")
  }

  @Test(
    arguments: [
      ("kube_tag", "v1.34.2-rc.1"), ("calico_ipv4pool", "2001:db8::/64"),
      ("service_cluster_ip_range", "10.254.0.0/16"),
      ("server_group_policies", "soft-anti-affinity,affinity"),
      ("octavia_lb_algorithm", "LEAST_CONNECTIONS"), ("audit_log_max_age", "0"),
    ])
  func aRightValuePasses(label: String, value: String) throws {
    #expect(try rules().checked([label: .string(value)]) == [label: .string(value)])
  }

  @Test func aValueOutOfItsSetHasANearOne() {
    #expect(
      fault(["octavia_lb_algorithm": "ROUNDROBIN"])
        == "label octavia_lb_algorithm is \"ROUNDROBIN\" and must be one of ROUND_ROBIN,"
        + " LEAST_CONNECTIONS, SOURCE_IP, SOURCE_IP_PORT; did you mean ROUND_ROBIN?")
    #expect(
      fault(["octavia_provider": "ovn", "octavia_lb_algorithm": "ROUND_ROBIN"])
        == "label octavia_lb_algorithm is \"ROUND_ROBIN\", and octavia_provider ovn knows only"
        + " SOURCE_IP_PORT")
    #expect(fault(["labels": ["a": 1]])?.contains("must be text, a number or a boolean") == true)
  }

  @Test func theDriversReleaseDecides() throws {
    #expect(
      fault(["cilium_hubble_ui_enabled": true], "0.33.0")
        == "label cilium_hubble_ui_enabled is read from driver v0.35.0 on, and driver_version is"
        + " v0.33.0")
    #expect(fault(["cilium_hubble_ui_enabled": true], "v0.35.0") == nil)
    #expect(fault(["cilium_hubble_ui_enabled": true]) == nil)
    #expect(
      fault(["docker_volume_size": 5], "0.33.0")
        == "label docker_volume_size was last read by driver v0.26.3, and driver_version is v0.33.0"
    )
    #expect(fault(["docker_volume_size": 5], "v0.26.3") == nil)
    let error = try #require(failure { () throws(OpenStackError) in try rules("newest") })
    #expect(
      error.message
        == "driver_version is \"newest\"; write the release of magnum-cluster-api, as 0.33.0")
  }

  @Test func aTemplateNeedsItsReleaseOfKubernetes() throws {
    let rules = try rules()
    for labels in [[:], ["kube_tag": .null], ["availability_zone": "a"]] as [JSONObject] {
      let error = failure { () throws(OpenStackError) in try rules.checkComplete(labels) }
      #expect(error?.message.hasPrefix("label kube_tag is missing") == true)
    }
    try rules.checkComplete(["kube_tag": "v1.34.2"])
  }

  @Test func labelsAreCheckedTogether() throws {
    let labels: JSONObject = [
      "kube_tag": "v1.34.2", "octavia_provider": "ovn", "octavia_lb_algorithm": "ROUND_ROBIN",
    ]
    let error = failure { () throws(OpenStackError) in try rules().checkComplete(labels) }
    #expect(error?.message.contains("octavia_provider ovn knows only SOURCE_IP_PORT") == true)
  }

  /// All faults at once, so that one run is enough to correct them.
  @Test func allFaultsAreTold() throws {
    let message = try #require(fault(["kube_tag": "latest", "max_node_count": "x", "foo": "1"]))
    for name in ["kube_tag", "max_node_count", "foo"] {
      #expect(message.contains("label \(name) is "))
    }
  }
}

/// The table beside the driver that the lab runs, release 0.38.
@Suite struct LabelTableTests {
  private static let driver = OpenStackLab.environment.appending(
    path: "lib/python3.11/site-packages/magnum_cluster_api")

  init() throws { _ = try OpenStackLab.shared() }

  @Test func namesAreOnceAndInOrder() {
    let names = Label.all.map { $0.name }
    #expect(names == Set(names).sorted())
    #expect(names.count == 58)
  }

  /// An unknown kind would pass for text, and a broken release for none.
  @Test func eachLineOfTheTableIsWhole() {
    let kinds = ["text", "flag", "number", "release", "network", "algorithm", "policies"]
    for line in Label.table.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
      #expect(words.count == 5 && !words.contains(""), "\(line)")
      guard words.count == 5 else { continue }
      #expect(kinds.contains(words[1]), "\(line)")
      for release in words[2...3] where release != "-" {
        #expect(release.wholeMatch(of: /\d+\.\d+\.\d+/) != nil, "\(line)")
        #expect(Release(release) != nil, "\(line)")
      }
    }
  }

  /// In its Python files, or in the library that is compiled from Rust.
  @Test func theDriverNamesEachLabelThatItStillReads() throws {
    var program = Data()
    for file in try FileManager.default.contentsOfDirectory(
      at: Self.driver, includingPropertiesForKeys: nil)
    where ["py", "so"].contains(file.pathExtension) {
      program += try Data(contentsOf: file)
    }
    for label in Label.all where label.last == nil {
      #expect(program.range(of: Data(label.name.utf8)) != nil, "\(label.name)")
    }
  }

  @Test func theTableHasEachLabelThatItsPythonReads() throws {
    var names = Set<String>()
    for file in ["utils.py", "resources.py"] {
      let text = try String(contentsOf: Self.driver.appending(path: file), encoding: .utf8)
      for match in text.matches(of: /labels\.get\(\s*"(\w+)"/) { names.insert(String(match.1)) }
    }
    #expect(names.count > 20)
    #expect(names.subtracting(Label.all.map { $0.name }) == [])
  }
}
