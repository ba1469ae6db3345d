import AnsibleContent

/// The objects of RBAC that ``OwnAccess`` puts on the control plane.
enum AccessObjects {
  /// The label of each, by which operators find and remove them.
  static let label: (key: String, value: Value) = (
    "app.kubernetes.io/managed-by", "osa_ops.mcapi_vexxhost"
  )

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
        ("metadata", metadata(name, in: namespace)), ("rules", .list(calls.map(rule))),
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

  private static let group = "rbac.authorization.k8s.io"
  private static let version: Value = "\(text: group)/v1"

  private static func metadata(_ name: String, in namespace: String?) -> Value {
    var fields: [(String, Value)] = [("name", "\(text: name)")]
    if let namespace { fields.append(("namespace", "\(text: namespace)")) }
    fields.append(("labels", .fields([(label.key, label.value)])))
    return .fields(fields)
  }

  private static func rule(_ call: ControlPlaneCall) -> Value {
    .fields(
      [
        ("apiGroups", texts([call.group])), ("resources", texts([call.resource])),
        ("verbs", texts(call.verbs)),
      ] + (call.names.isEmpty ? [] : [("resourceNames", texts(call.names))]))
  }

  private static func texts(_ texts: [String]) -> Value {
    .list(texts.map { "\(text: $0)" as Value })
  }
}
