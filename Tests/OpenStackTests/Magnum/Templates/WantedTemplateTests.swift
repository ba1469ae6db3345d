import JSON
import Testing

@testable import OpenStack

/// What has to change in a template, how Magnum is told, and what versions are called.
@Suite struct WantedTemplateTests {
  private let actual: JSONObject = [
    "uuid": "5f1a33b2-0000-4000-8000-000000000001", "name": "k8s", "project_id": "p",
    "image_id": "ubuntu", "flavor_id": "m1", "coe": "kubernetes", "fixed_network": .null,
    "docker_volume_size": .null, "public": false, "hidden": false, "tags": .null,
    "keypair_id": "key", "floating_ip_enabled": true,
    "labels": ["kube_tag": "v1.34.2", "auto_scaling_enabled": "true"],
  ]

  private func wanted(
    _ values: JSONObject, merges: Bool = false
  ) throws(OpenStackError) -> WantedTemplate {
    try WantedTemplate(
      values, mergesLabels: merges, rules: LabelRules(driverVersion: nil, allowsUnknown: false))
  }

  /// Nothing is asked where no text is an id.
  private func nowhere() throws -> TemplateRequests {
    let auth: JSONValue = [
      "auth_url": "http://127.0.0.1:9", "user_id": "u", "password": "p", "project_id": "p",
    ]
    return TemplateRequests(
      session: try Session(Cloud(CloudRequest(settings: ["auth": auth]), in: .empty)))
  }

  private func operations(
    _ values: JSONObject, merges: Bool = false, to actual: JSONObject? = nil
  ) throws -> [JSONValue] {
    let template = try ClusterTemplate(.object(actual ?? self.actual))
    return try wanted(values, merges: merges).changes(to: template).map { $0.operation }
  }

  @Test func whatIsAsWantedOrNotNamedStays() throws {
    #expect(try operations([:]) == [])
    #expect(
      try operations([
        "name": "k8s", "image_id": "ubuntu", "fixed_network": "", "docker_volume_size": 0,
        "public": false, "tags": "", "keypair_id": .null,
        "labels": ["auto_scaling_enabled": true, "kube_tag": "v1.34.2"],
      ]) == [])
  }

  @Test func eachKindOfChange() throws {
    #expect(
      try operations([
        "image_id": "debian", "keypair_id": "", "docker_volume_size": 5, "public": true,
        "floating_ip_enabled": false, "tags": "a,b",
      ]) == [
        ["op": "replace", "path": "/image_id", "value": "debian"],
        ["op": "remove", "path": "/keypair_id"],
        ["op": "replace", "path": "/docker_volume_size", "value": 5],
        ["op": "replace", "path": "/floating_ip_enabled", "value": "false"],
        ["op": "replace", "path": "/tags", "value": "a,b"],
        ["op": "replace", "path": "/public", "value": "true"],
      ])
    var tagged = actual
    tagged["tags"] = "a"
    #expect(
      try operations(["tags": ""], to: tagged)
        == [["op": "replace", "path": "/tags", "value": ""]])
  }

  @Test func labelsAreOneWhole() throws {
    let labels: JSONObject = ["labels": ["kube_tag": "v1.35.0"]]
    #expect(
      try operations(labels)
        == [["op": "replace", "path": "/labels", "value": #"{"kube_tag": "v1.35.0"}"#]])
    #expect(
      try operations(labels, merges: true) == [
        [
          "op": "replace", "path": "/labels",
          "value": #"{"kube_tag": "v1.35.0", "auto_scaling_enabled": "true"}"#,
        ]
      ])
    #expect(
      try operations(["labels": ["auto_scaling_enabled": .null]], merges: true)
        == [["op": "replace", "path": "/labels", "value": #"{"kube_tag": "v1.34.2"}"#]])
    // A boolean that somebody else has stored becomes the text that the driver wants.
    var other = actual
    other["labels"] = ["kube_tag": "v1.34.2", "auto_scaling_enabled": true]
    #expect(
      try operations(["labels": ["kube_tag": "v1.34.2"]], merges: true, to: other).count == 1)
  }

  @Test func labelsWithoutARelease() throws {
    #expect(throws: OpenStackError.self) { try wanted(["labels": [:]]) }
    #expect(throws: OpenStackError.self) {
      try operations(["labels": ["kube_tag": .null]], merges: true)
    }
    #expect(throws: OpenStackError.self) {
      try wanted(["name": "k8s", "image_id": "ubuntu"]).body()
    }
  }

  /// One label is there and the other is named: neither is wrong alone.
  @Test(
    arguments: [
      ("octavia_lb_algorithm", "ROUND_ROBIN", "octavia_provider", "ovn"),
      ("octavia_provider", "ovn", "octavia_lb_algorithm", "SOURCE_IP"),
    ])
  func mergedLabelsMayNotContradictEachOther(
    there: String, its: String, named: String, other: String
  ) throws {
    var fields = actual
    fields["labels"] = ["kube_tag": "v1.34.2", there: .string(its)]
    let template = try ClusterTemplate(.object(fields))
    let wanted = try wanted(["image_id": "i", "labels": [named: .string(other)]], merges: true)
    for error in [
      failure { () throws(OpenStackError) in try wanted.changes(to: template) },
      failure { () throws(OpenStackError) in try wanted.body(after: template) },
    ] {
      #expect(error?.message.contains("octavia_provider ovn knows only SOURCE_IP_PORT") == true)
    }
    // What takes the one away that is there is fine.
    let both = try self.wanted(
      ["labels": [named: .string(other), there: .null]], merges: true)
    #expect(try both.changes(to: template).count == 1)
  }

  @Test(arguments: ["name", "image_id", "network_driver", "external_network_id", "coe"])
  func whatMagnumKeepsIsNotTakenAway(field: String) throws {
    let error = try #require(
      failure { () throws(OpenStackError) in try wanted([field: ""]) })
    #expect(error.message.contains("\(field) is empty, and Magnum keeps it"))
  }

  @Test func whatMayChangeInUse() {
    let names = TemplateField.all.filter { $0.isChangeableInUse }.map { $0.name }
    #expect(names == ["name", "tags", "public", "hidden"])
  }

  /// Magnum looks at the value: what is public stays so.
  @Test func publicGoesOneWayInUse() throws {
    func changes(_ old: Bool, _ values: JSONObject) throws -> [TemplateChange] {
      var fields = actual
      fields["public"] = .bool(old)
      return try wanted(values).changes(to: ClusterTemplate(.object(fields)))
    }
    let all: JSONObject = ["tags": "a", "hidden": true, "name": "other"]
    #expect(areChangeableInUse(try changes(false, all)))
    #expect(areChangeableInUse(try changes(false, ["public": true])))
    let back = try changes(true, ["tags": "a", "public": false])
    #expect(!areChangeableInUse(back))
    #expect(immutableNames(back) == "public")
    #expect(
      immutableNames(try changes(true, ["keypair_id": "k", "public": false]))
        == "keypair_id, public"
    )
  }

  @Test(arguments: [
    ("http://user:pass@proxy:3128", "http://user:********@proxy:3128"),
    ("user:pass@proxy:3128", "user:********@proxy:3128"),
    ("https://u:p:a/s@s@proxy", "https://u:********@proxy"),
    ("http://user@proxy:3128", "http://user@proxy:3128"),
    ("http://proxy:3128/", "http://proxy:3128/"), ("proxy:3128", "proxy:3128"), ("", ""),
    ("@", "@"), (":@", ":********@"),
  ])
  func passwordsOfProxiesAreNotShown(address: String, shown: String) {
    let fields: JSONObject = [
      "http_proxy": .string(address), "https_proxy": .null, "name": "a:b@c",
    ]
    var expected = fields
    expected["http_proxy"] = .string(shown)
    #expect(fields.withoutPasswords == expected)
    let other: JSONObject = ["https_proxy": .string(address)]
    #expect(other.withoutPasswords["https_proxy"]?.string == shown)
  }

  @Test func aSuccessorHasWhatIsNotNamed() throws {
    let old = try ClusterTemplate(.object(actual))
    let body = try wanted(["image_id": "debian", "labels": ["max_node_count": 3]], merges: true)
      .body(after: old)
    #expect(
      body == [
        "name": "k8s", "coe": "kubernetes", "image_id": "debian", "flavor_id": "m1",
        "keypair_id": "key", "floating_ip_enabled": true, "public": false, "hidden": false,
        "labels": [
          "kube_tag": "v1.34.2", "auto_scaling_enabled": "true", "max_node_count": "3",
        ],
      ])
  }

  @Test func aVersionsNameStandsForWhatItIs() throws {
    let body: JSONObject = [
      "name": "k8s", "image_id": "ubuntu", "labels": ["a": "1", "b": "2"], "tags": "x",
    ]
    let name = versionName("k8s", body)
    #expect(name.wholeMatch(of: /k8s-[0-9a-f]{10}/) != nil)
    var same = body
    same["labels"] = ["b": "2", "a": "1"]
    same["tags"] = nil
    same["public"] = true
    #expect(versionName("k8s", same) == name)
    for (field, value) in [
      ("image_id", "debian"), ("labels", ["a": "1"]), ("docker_volume_size", 1),
      ("keypair_id", "k"),
    ] as [(String, JSONValue)] {
      var other = body
      other[field] = value
      #expect(versionName("k8s", other) != name)
    }
  }

  private func template(
    _ name: String, _ image: String = "ubuntu", hidden: Bool = false
  ) throws -> ClusterTemplate {
    try ClusterTemplate([
      "uuid": .string("u-" + name + image), "name": .string(name), "image_id": .string(image),
      "hidden": .bool(hidden), "labels": ["kube_tag": "v1.34.2"],
    ])
  }

  @Test func whoIsOfTheFamily() throws {
    let version = versionName("k8s", ["image_id": "debian"])
    let former = formerName("k8s", "5f1a33b2-0000-4000-8000-000000000001")
    let family = TemplateFamily(
      "k8s",
      among: try [
        "k8s", version, former, "k8s-2026010100", "k8s-0000000000", "k8s-v1.34.2", "k8s-",
        version + "0", "other",
      ].map { try template($0) })
    #expect(family.members.map { $0.name } == ["k8s", version, former])
  }

  /// It would lack its release of Kubernetes.
  @Test func aMemberThatCannotBeMergedDoesNotFit() throws {
    let bare = try ClusterTemplate(["uuid": "u", "name": "k8s", "labels": [:]])
    var fields = actual
    fields["name"] = .string(versionName("k8s", [:]))
    fields["labels"] = ["kube_tag": "v1.34.2", "max_node_count": "3"]
    let version = try ClusterTemplate(.object(fields))
    for members in [[bare, version], [version, bare]] {
      let current = try TemplateFamily("k8s", among: members).current(
        wanted(["labels": ["max_node_count": 3]], merges: true), byName: false, nowhere())
      #expect(current?.name == version.name)
    }
  }

  @Test func whatIsPublicInUseDoesNotFitAPrivateOne() throws {
    var fields = actual
    fields["public"] = true
    let version = versionName("k8s", [:])
    var other = actual
    other["name"] = .string(version)
    other["hidden"] = true
    let family = try TemplateFamily(
      "k8s", among: [ClusterTemplate(.object(other)), ClusterTemplate(.object(fields))])
    #expect(
      try family.current(wanted(["public": false]), byName: false, nowhere())?.name == version)
    #expect(try family.current(wanted(["public": true]), byName: false, nowhere())?.name == "k8s")
  }

  @Test func whoStandsForTheName() throws {
    let (first, second) = (
      versionName("k8s", ["image_id": "a"]), versionName("k8s", ["image_id": "b"])
    )
    func current(
      _ image: String, byName: Bool = false, _ templates: [ClusterTemplate]
    ) throws -> String? {
      try TemplateFamily("k8s", among: templates)
        .current(wanted(["image_id": .string(image)]), byName: byName, nowhere())
        .map { $0.name }
    }
    let hiddenBase = try template("k8s", "old", hidden: true)
    let all = try [hiddenBase, template(first, "a", hidden: true), template(second, "b")]
    #expect(try current("b", all) == second)
    #expect(try current("a", all) == first)
    #expect(try current("old", all) == "k8s")
    #expect(try current("new", all) == second)
    #expect(try current("b", byName: true, all) == "k8s")
    #expect(try current("new", [hiddenBase]) == "k8s")
    #expect(try current("new", []) == nil)
    // The newest that can be seen counts, then the newest.
    #expect(try current("new", [template("k8s", "old"), template(first, "a")]) == first)
    #expect(
      try current("new", [hiddenBase, template(first, "a", hidden: true)]) == first)
    #expect(
      try current("new", [template(first, "a"), template(second, "b", hidden: true)]) == first)
    // One that is hidden does not come before one that can be seen.
    #expect(try current("x", [template("k8s", "x", hidden: true), template(first, "x")]) == first)
    #expect(try current("x", [template(first, "x"), template("k8s", "x", hidden: true)]) == first)
    #expect(try current("x", [template("k8s", "x"), template(first, "x")]) == first)
    let error = #expect(throws: OpenStackError.self) {
      try current("b", [hiddenBase, template("k8s", "other")])
    }
    #expect(error?.message.contains("2 cluster templates of this project are named k8s") == true)
    #expect(error?.message.contains("u-k8sother") == true)
  }
}
