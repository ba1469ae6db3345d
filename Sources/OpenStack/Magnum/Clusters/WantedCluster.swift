internal import ByteText
public import JSON

/// What a cluster is to be: the attributes that are named. All others are its template's when it is
/// made, and stay as they are afterwards.
public final class WantedCluster: Sendable {
  /// Under the names of the API.
  private let values: JSONObject
  private let mergesLabels: Bool
  private let rules: LabelRules

  /// The attributes there are, by their names in the API.
  public static var names: [String] {
    fixedNames + ["cluster_template_id", "master_count", "node_count", "create_timeout", "labels"]
  }

  /// What Magnum never changes in a cluster that is there, besides its labels. Names and ids are kept
  /// as they were given.
  ///
  /// Facts: `cluster_update_allowed_properties` of Magnum 18 to 23.
  private static var fixedNames: [String] {
    [
      "name", "keypair", "flavor_id", "master_flavor_id", "fixed_network", "fixed_subnet",
      "docker_volume_size", "floating_ip_enabled", "master_lb_enabled",
    ]
  }

  /// - Parameters:
  ///   - values: under the names of the API. Null, an empty text and a volume of 0 GB name nothing.
  ///   - mergesLabels: whether a new cluster has its template's labels too.
  ///
  /// Throws for labels that break the rules, and for numbers of machines that no cluster has.
  public init(
    _ values: JSONObject, mergesLabels: Bool, rules: LabelRules
  ) throws(OpenStackError) {
    var named = JSONObject()
    for name in Self.names {
      guard var value = values[name], !value.isNull, value != "" else { continue }
      if name == "docker_volume_size" && value == 0 { continue }
      if let labels = value.object {
        if labels.isEmpty { continue }
        value = .object(try rules.checked(labels))
      }
      named[name] = value
    }
    self.values = named
    self.mergesLabels = mergesLabels
    self.rules = rules
    let labels = named["labels"]?.object ?? JSONObject()
    for (name, value) in labels where value.isNull {
      throw wrong(
        "label " + name,
        "null: with labels_mode exact alone a cluster leaves out a label of its"
          + " template")
    }
    if !mergesLabels && !labels.isEmpty { try rules.checkComplete(labels) }
    let masters = named["master_count"]?.int ?? 1
    if masters < 1 || masters % 2 == 0 {
      throw wrong(
        "master_count",
        masters.description + ", and the control plane is an odd number of machines")
    }
    let nodes = named["node_count"]?.int ?? 0
    if nodes < 0 { throw wrong("node_count", nodes.description + ", and must be 0 or more") }
  }

  /// The name or UUID of the template.
  var template: String? { values["cluster_template_id"]?.string }

  /// Whether a label `kube_tag` is named, and the cluster shows another one.
  func hasOtherRelease(than cluster: Cluster) -> Bool {
    guard let release = values["labels"]?["kube_tag"] else { return false }
    return cluster.fields["labels"]?["kube_tag"] != release
  }

  /// What makes such a cluster of a template.
  ///
  /// Throws where its labels would lack what they need.
  func body(_ name: String, _ template: ClusterTemplate) throws(OpenStackError) -> JSONObject {
    var body = values
    body["name"] = .string(name)
    body["cluster_template_id"] = .string(template.uuid)
    var labels = template.fields["labels"]?.object ?? JSONObject()
    if let own = values["labels"]?.object {
      if mergesLabels { body["merge_labels"] = true }
      // Without them those of the template would be looked at.
      labels.merge(own)
    }
    try rules.checkComplete(labels)
    return body
  }

  /// What has to change in a cluster that is there, in this order: fewer machines, the template, more
  /// machines.
  ///
  /// - Parameters:
  ///   - template: the one that is named, or the cluster's own; nil where nothing hangs on it.
  ///   - upgrades: whether the cluster is taken to another one.
  ///
  /// Throws where something differs that nothing changes.
  func changes(
    to cluster: Cluster, _ template: ClusterTemplate?, upgrades: Bool
  ) throws(OpenStackError) -> [ClusterChange] {
    let old = cluster.text("cluster_template_id")
    let new = template?.uuid ?? old
    var faults = differences(from: cluster, template)
    var remedy = ""
    if !faults.isEmpty {
      remedy = ". Declare what is there, or delete the cluster and make it again"
    }
    if let template, new != old, !upgrades {
      faults.append(
        "cluster_template is " + old + " and not " + new + " (" + template.name
          + "): set upgrade to take the cluster to it")
    }
    if !faults.isEmpty {
      throw OpenStackError(
        .conflict,
        cluster.title + " is not as it is declared: " + faults.joined(separator: "; ") + remedy)
    }
    var changes: [ClusterChange] = []
    for isFirst in [true, false] {
      for name in ["node_count", "master_count"] {
        guard let wanted = values[name]?.int, let actual = cluster.count(name), wanted != actual
        else { continue }
        // A cluster that an update has failed in takes nothing but another number of machines.
        if (wanted < actual || cluster.hasFailed) == isFirst {
          changes.append(ClusterChange(name, .int(actual), .int(wanted)))
        }
      }
      if isFirst && new != old {
        changes.append(ClusterChange("cluster_template_id", .string(old), .string(new)))
      }
    }
    return changes
  }

  /// Sentences about what differs and stays.
  private func differences(from cluster: Cluster, _ template: ClusterTemplate?) -> [String] {
    var faults: [String] = []
    for name in Self.fixedNames {
      if let value = values[name] {
        compare(name, cluster.fields[name] ?? .null, value, &faults)
      }
    }
    let wanted = values["labels"]?.object ?? JSONObject()
    var labels = cluster.fields["labels"]?.object ?? JSONObject()
    // An upgrade brings the template's, though Magnum goes on to show the one before.
    if let template,
      template.uuid != cluster.text("cluster_template_id") || hasOtherRelease(than: cluster)
    {
      labels["kube_tag"] = template.fields["labels"]?["kube_tag"]
    }
    for (name, value) in wanted {
      var actual = JSONValue.null
      if let text = plainText(labels[name] ?? .null) { actual = .string(text) }
      compare("label " + name, actual, value, &faults)
    }
    if !mergesLabels && !wanted.isEmpty {
      for (name, value) in labels where wanted[name] == nil {
        compare("label " + name, value, .null, &faults)
      }
    }
    if (values["master_count"]?.int ?? 1) > 1, cluster.fields["master_lb_enabled"] == false,
      cluster.count("master_count") == 1
    {
      faults.append("master_count above 1 needs master_lb_enabled, which is false")
    }
    return faults
  }

  @inline(never)
  private func compare(
    _ name: String, _ actual: JSONValue, _ wanted: JSONValue, _ faults: inout [String]
  ) {
    if actual == wanted { return }
    faults.append(name + " is " + shown(actual) + " and not " + shown(wanted))
  }
}

/// What is to be another in a cluster that is there.
final class ClusterChange {
  let name: String
  let old: JSONValue
  let new: JSONValue

  @inline(never)
  init(_ name: String, _ old: JSONValue, _ new: JSONValue) {
    self.name = name
    self.old = old
    self.new = new
  }

  /// Whether a cluster is so.
  @inline(never)
  func isDone(in cluster: Cluster) -> Bool {
    if let count = new.int { return cluster.count(name) == count }
    return cluster.fields[name] == new
  }
}

@inline(never)
private func wrong(_ name: String, _ words: String) -> OpenStackError {
  OpenStackError(.configuration, name + " is " + words)
}

@inline(never)
private func shown(_ value: JSONValue) -> String { value.isNull ? "none" : value.jsonText }
