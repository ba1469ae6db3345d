internal import ByteText
internal import YAML

/// Looks that a document has the types which kubectl wants, where it refuses the whole file otherwise.
func checkShape(of document: Node) throws(KubeconfigError) {
  if let kind = document["kind"], (kind.text ?? "") != "Config" {
    throw KubeconfigError(
      "its kind is not Config: it is another Kubernetes object; take the kubeconfig out of it")
  }
  if let version = document["apiVersion"], (version.text ?? "") != "v1" {
    throw KubeconfigError("its apiVersion is not v1, the only one that kubectl reads; correct it")
  }
  if let current = document["current-context"], !current.isTextOrNull {
    throw KubeconfigError("its current-context is no text; put it in quotes")
  }
  for kind in EntryKind.all {
    guard let list = document[kind.list], !list.isNull else { continue }
    guard let items = list.items else {
      throw KubeconfigError("its \(kind.list) are no list; each begins with - name")
    }
    for item in items { try checkEntry(item, kind) }
  }
}

private func checkEntry(_ item: Node, _ kind: EntryKind) throws(KubeconfigError) {
  guard item.entries != nil else {
    throw KubeconfigError("its \(kind.list) have one that is no mapping; each begins with - name")
  }
  if let name = item["name"], !name.isTextOrNull {
    throw KubeconfigError("its \(kind.list) have a name that is no text; put it in quotes")
  }
  let entry = Entry(kind, item["name"]?.text ?? "")
  guard let content = item[kind.name], !content.isNull else { return }
  guard content.entries != nil else {
    throw entry.fault("is no mapping; indent its fields below \(kind.name):")
  }
  for field in texts {
    if let value = content[field], !value.isTextOrNull {
      throw entry.fault("has a \(field) that is no text; put it in quotes")
    }
  }
}

/// The fields of clusters, contexts and users whose value is text.
private let texts = [
  "server", "tls-server-name", "certificate-authority", "certificate-authority-data", "proxy-url",
  "cluster", "user", "namespace", "client-certificate", "client-certificate-data", "client-key",
  "client-key-data", "token", "tokenFile", "username", "password", "as", "as-uid",
]

extension Node {
  /// Dates are text for kubectl; `y`, `n` and `1e3` are none.
  fileprivate var isTextOrNull: Bool {
    guard let scalar else { return false }
    switch scalar.tag {
    case .string: return !scalar.isAmbiguous
    case .timestamp, .null, .other: return true
    case .bool, .int, .float: return false
    }
  }
}
