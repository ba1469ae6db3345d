internal import ByteText
public import YAML

/// A kubeconfig whose current context can be used: what it is made of, by name.
public struct Kubeconfig: Sendable {
  /// More bytes than any kubeconfig has.
  public static let largest = 1 << 20

  /// The whole file, fields unknown to us included.
  public let document: Node
  /// The name of the context that is used if none is asked for.
  public let currentContext: String
  /// The names of all contexts, in the order of the file.
  public let contexts: [String]
  /// The names of the cluster and the user of the current context.
  public let cluster: String
  public let user: String
  /// The address of that cluster's API, as in `https://192.0.2.1:6443`.
  public let server: String

  /// Reads YAML or JSON and checks that its current context names a cluster with an address and a
  /// user with credentials.
  ///
  /// Throws what is wrong, in which entry and what to do; never anything that may be secret.
  public init(parsing bytes: [UInt8]) throws(KubeconfigError) {
    let document = try readDocument(bytes)
    guard document.entries != nil else {
      throw KubeconfigError("it is no mapping, so no kubeconfig")
    }
    if let kind = document["kind"], (kind.text ?? "") != "Config" {
      throw KubeconfigError("its kind is not Config: it is another Kubernetes object")
    }
    contexts = try entries("contexts", of: document).compactMap { $0["name"]?.text }
    guard let current = document["current-context"]?.text, !current.isEmpty else {
      throw KubeconfigError(
        "it has no current-context; choose one with kubectl config use-context")
    }
    let entry = Entry(kind: "context", name: current, namedBy: "current-context")
    let context = try entry.find(in: document)
    let cluster = try entry.reference("cluster", in: context)
    let user = try entry.reference("user", in: context)

    server = try checkedServer(cluster, try cluster.find(in: document))
    try checkCredentials(user, try user.find(in: document))
    self.document = document
    currentContext = current
    self.cluster = cluster.name
    self.user = user.name
  }
}

/// Why a text is no kubeconfig that can be used.
public struct KubeconfigError: Error, Sendable, Equatable {
  /// The end of a sentence that begins with the name of the file.
  public let message: String

  init(_ message: String) { self.message = message }
}

/// An entry of `contexts`, `clusters` or `users`, and which field names it.
struct Entry {
  let kind: String
  let name: String
  let namedBy: String

  /// What the entry holds: the mapping under `context`, `cluster` or `user`.
  func find(in document: Node) throws(KubeconfigError) -> Node {
    let found = try entries(kind + "s", of: document).last { $0["name"]?.text == name }
    guard let found else {
      throw KubeconfigError(
        "\(namedBy) names the \(kind) \"\(name)\", which is not in its \(kind)s; add it, or"
          + " choose a context that is complete")
    }
    guard let content = found[kind], content.entries != nil else {
      throw fault("is empty")
    }
    return content
  }

  /// The cluster or user that a context names.
  func reference(_ kind: String, in context: Node) throws(KubeconfigError) -> Entry {
    guard let name = context[kind]?.text, !name.isEmpty else { throw fault("names no \(kind)") }
    return Entry(kind: kind, name: name, namedBy: "context \"\(self.name)\"")
  }

  func fault(_ words: String) -> KubeconfigError {
    KubeconfigError("\(kind) \"\(name)\" \(words)")
  }
}

private func entries(_ key: String, of document: Node) throws(KubeconfigError) -> [Node] {
  guard let list = document[key], !list.isNull else { return [] }
  guard let items = list.items else { throw KubeconfigError("its \(key) are no list") }
  return items
}

extension Node {
  /// The text of a scalar that is not null.
  var text: String? { isNull ? nil : scalar?.text }
}
