internal import ByteText
internal import YAML

/// The names of a context and of what it refers to.
public struct ContextNames: Sendable, Equatable {
  public internal(set) var context: String
  public internal(set) var cluster: String
  public internal(set) var user: String

  /// Looks that a context is there, with its cluster and its user.
  ///
  /// - Parameter context: nil for the current one.
  ///
  /// Throws what is missing, and what to do.
  public init(_ file: KubeconfigFile, context: String? = nil) throws(KubeconfigError) {
    let document = file.document
    guard let name = context ?? file.currentContext else {
      throw KubeconfigError(
        "it has no current-context; choose one with kubectl config use-context")
    }
    let entry = Entry(.context, name, namedBy: context == nil ? "current-context" : "")
    let content = try entry.find(in: document)
    let cluster = try entry.reference(.cluster, in: content)
    let user = try entry.reference(.user, in: content)
    _ = try cluster.find(in: document)
    _ = try user.find(in: document)
    self.context = name
    self.cluster = cluster.name
    self.user = user.name
  }

  subscript(kind: EntryKind) -> String {
    switch kind {
    case .cluster: cluster
    case .context: context
    case .user: user
    }
  }
}

/// A context of a kubeconfig that can be used: what it is made of.
public final class Kubeconfig: Sendable {
  public let names: ContextNames
  /// The address of the cluster's API, as in `https://192.0.2.1:6443`.
  public let server: String
  /// The certificates of the cluster's CA, the user's certificate and its key; nil for those that are
  /// not used.
  public let authority: Material?
  public let certificate: Material?
  public let key: Material?
  /// The user's token.
  public let token: String?
  /// The file that holds the user's token, and counts before ``token``.
  public let tokenFile: String?

  /// Looks that a context names a cluster with an address and a user with credentials.
  ///
  /// - Parameter context: nil for the current one.
  ///
  /// Throws what is wrong, in which entry and what to do; never anything that may be secret.
  public init(_ file: KubeconfigFile, context: String? = nil) throws(KubeconfigError) {
    names = try ContextNames(file, context: context)
    let clusterEntry = Entry(.cluster, names.cluster)
    let userEntry = Entry(.user, names.user)
    let cluster = try clusterEntry.find(in: file.document)
    let user = try userEntry.find(in: file.document)

    server = try checkedServer(clusterEntry, cluster)
    authority = try Material(clusterEntry, cluster, "certificate-authority", "CERTIFICATE")
    certificate = try Material(userEntry, user, "client-certificate", "CERTIFICATE")
    key = try Material(userEntry, user, "client-key", "PRIVATE KEY")
    token = user.filled("token")
    tokenFile = user.filled("tokenFile")
    try checkCredentials(userEntry, user, certificate, key)
  }
}

/// Why a text is no kubeconfig that can be used.
public struct KubeconfigError: Error, Sendable, Equatable {
  /// The end of a sentence that begins with the name of the file.
  public let message: String

  init(_ message: String) { self.message = message }
}

/// An entry of a kubeconfig, and which field names it.
struct Entry {
  let kind: EntryKind
  let name: String
  /// Empty where the name comes from outside of the file.
  let namedBy: String

  init(_ kind: EntryKind, _ name: String, namedBy: String = "") {
    self.kind = kind
    self.name = name
    self.namedBy = namedBy
  }

  /// What the entry holds: the mapping under `context`, `cluster` or `user`.
  @inline(never)
  func find(in document: Node) throws(KubeconfigError) -> Node {
    guard document.list(kind).contains(where: { $0["name"]?.text == name }) else {
      let start =
        namedBy.isEmpty
        ? "it has no \(kind.name) \"\(name)\", \(others(in: document))"
        : "\(namedBy) names the \(kind.name) \"\(name)\", which is not in its \(kind.list)"
      throw KubeconfigError(start + "; add it, or choose a context that is complete")
    }
    guard let content = document.content(kind, name), content.entries != nil else {
      throw fault("is empty; fill it, or choose a context that is complete")
    }
    return content
  }

  private func others(in document: Node) -> String {
    var names: [String] = []
    for entry in document.list(kind) { names.append(entry["name"]?.text ?? "") }
    return names.isEmpty ? "nor any other" : "only " + names.listed
  }

  /// The cluster or user that a context names.
  func reference(_ kind: EntryKind, in context: Node) throws(KubeconfigError) -> Entry {
    guard let name = context.filled(kind.name) else {
      throw fault("names no \(kind.name); set it with kubectl config set-context")
    }
    return Entry(kind, name, namedBy: "context \"\(self.name)\"")
  }

  @inline(never)
  func fault(_ words: String) -> KubeconfigError {
    KubeconfigError("\(kind.name) \"\(name)\" \(words)")
  }
}
