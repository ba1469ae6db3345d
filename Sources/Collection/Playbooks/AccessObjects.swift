import AnsibleContent

/// The objects of RBAC that ``OwnAccess`` puts on the control plane.
enum AccessObjects {
  /// The label of each but the driver's namespace, by which operators find and remove them.
  static let label: (key: String, value: Value) = (
    "app.kubernetes.io/managed-by", "osa_ops.mcapi_vexxhost"
  )

  static func namespace(_ name: String) -> Value {
    .fields([
      ("apiVersion", "v1"), ("kind", "Namespace"), ("metadata", metadata(name, in: nil)),
    ])
  }

  /// The namespace of the driver, which replaces it with each new cluster by one without labels: a
  /// label would be a change in the next run. Nor may it go with what is removed by label, for all
  /// workload clusters are in it.
  static let driversNamespace: Value = [
    "apiVersion": "v1", "kind": "Namespace",
    "metadata": ["name": "\(text: ControlPlaneCalls.namespace)"],
  ]

  static func account(_ name: String) -> Value {
    .fields([
      ("apiVersion", "v1"), ("kind", "ServiceAccount"),
      ("metadata", metadata(name, in: OwnAccess.namespace)),
      // No pod runs as this account.
      ("automountServiceAccountToken", false),
    ])
  }

  /// A role that allows the calls and its binding to an account: a Role in a namespace, a ClusterRole
  /// where none is named.
  static func rights(
    of account: String, named name: String, in namespace: String? = nil, _ calls: [ControlPlaneCall]
  ) -> [Value] {
    let prefix = namespace == nil ? "Cluster" : ""
    return [
      .fields([
        ("apiVersion", version), ("kind", "\(text: prefix)Role"),
        ("metadata", metadata(name, in: namespace)), ("rules", .list(rules(calls))),
      ]),
      .fields([
        ("apiVersion", version), ("kind", "\(text: prefix)RoleBinding"),
        ("metadata", metadata(name, in: namespace)),
        (
          "roleRef",
          [
            "apiGroup": "\(text: group)", "kind": "\(text: prefix)Role", "name": "\(text: name)",
          ]
        ),
        (
          "subjects",
          [
            [
              "kind": "ServiceAccount", "name": "\(text: account)",
              "namespace": "\(text: OwnAccess.namespace)",
            ]
          ]
        ),
      ]),
    ]
  }

  /// What ``rights(of:named:in:_:)`` makes, as far as it takes to delete it.
  static func identities(named name: String, in namespace: String? = nil) -> [Value] {
    let prefix = namespace == nil ? "Cluster" : ""
    return ["RoleBinding", "Role"].map { kind in
      .fields([
        ("apiVersion", version), ("kind", "\(text: prefix)\(text: kind)"),
        ("metadata", metadata(name, in: namespace)),
      ])
    }
  }

  private static let group = "rbac.authorization.k8s.io"
  private static let version: Value = "\(text: group)/v1"

  private static func metadata(_ name: String, in namespace: String?) -> Value {
    var fields: [(String, Value)] = [("name", "\(text: name)")]
    if let namespace { fields.append(("namespace", "\(text: namespace)")) }
    fields.append(("labels", .fields([(label.key, label.value)])))
    return .fields(fields)
  }

  /// A rule for each kind of call; neighbours that differ by nothing but the resource share one.
  private static func rules(_ calls: [ControlPlaneCall]) -> [Value] {
    var groups: [[ControlPlaneCall]] = []
    for call in calls {
      if let last = groups.last?.first, last.group == call.group, last.verbs == call.verbs,
        last.names == call.names
      {
        groups[groups.count - 1].append(call)
      } else {
        groups.append([call])
      }
    }
    return groups.map { alike in
      .fields(
        [
          ("apiGroups", texts([alike[0].group])), ("resources", texts(alike.map(\.resource))),
          ("verbs", texts(alike[0].verbs)),
        ] + (alike[0].names.isEmpty ? [] : [("resourceNames", texts(alike[0].names))]))
    }
  }

  private static func texts(_ texts: [String]) -> Value {
    .list(texts.map { "\(text: $0)" as Value })
  }
}
