internal import ByteText
internal import YAML

extension KubeconfigFile {
  /// Leaves a context with its cluster and its user, and nothing of the others, as
  /// `kubectl config view --minify` does; it becomes the current one.
  public mutating func keepOnly(_ context: ContextNames) {
    for kind in EntryKind.all {
      let name = context[kind]
      document.setList(kind, document.list(kind).filter { $0["name"]?.text == name })
    }
    if currentContext != context.context {
      document["current-context"] = .string(context.context)
    }
  }

  /// Gives the context, the cluster or the user other names, in the entries and wherever they are
  /// referred to; nil leaves a name. For a file that `keepOnly(_:)` has left.
  public mutating func rename(
    _ names: inout ContextNames, context: String?, cluster: String?, user: String?
  ) {
    for (kind, new) in [(EntryKind.cluster, cluster), (.user, user)] {
      guard let new else { continue }
      document.set("name", .string(new), of: kind, names[kind])
      set([(kind.name, new)], of: .context, names.context)
    }
    if let context {
      document.set("name", .string(context), of: .context, names.context)
      document["current-context"] = .string(context)
    }
    names.context = context ?? names.context
    names.cluster = cluster ?? names.cluster
    names.user = user ?? names.user
  }

  /// Sets the namespace of a context.
  public mutating func setNamespace(_ namespace: String, of names: ContextNames) {
    set([("namespace", namespace)], of: .context, names.context)
  }

  /// Sets the address of the cluster's API, and the name that its certificate must have; nil leaves
  /// what is there.
  public mutating func setServer(_ server: String?, tlsName: String?, of names: ContextNames) {
    if let server { set([("server", server)], of: .cluster, names.cluster) }
    if let tlsName { set([("tls-server-name", tlsName)], of: .cluster, names.cluster) }
  }

  /// Embeds certificates of a CA, in PEM, in place of what the cluster has been trusted by: a CA, or
  /// nothing at all.
  ///
  /// Throws for bytes that are no certificates.
  public mutating func setAuthority(
    _ pem: [UInt8], of names: ContextNames
  ) throws(KubeconfigError) {
    if let fault = faultOfPEM(pem, "CERTIFICATE") {
      throw KubeconfigError("it \(fault); take the certificate of the CA, in PEM")
    }
    set(
      [
        ("certificate-authority", nil), ("insecure-skip-tls-verify", nil),
        ("certificate-authority-data", encodeBase64(pem)),
      ], of: .cluster, names.cluster)
  }

  /// Gives the user this token and takes from it all else to log in with.
  public mutating func setToken(_ token: String, of names: ContextNames) {
    for field in credentials { set([(field, nil)], of: .user, names.user) }
    set([("token", token)], of: .user, names.user)
  }

  func content(_ kind: EntryKind, _ name: String) -> Node? { document.content(kind, name) }

  /// Sets fields of what an entry holds; nil takes one away.
  @inline(never)
  mutating func set(_ fields: [(String, String?)], of kind: EntryKind, _ name: String) {
    var content = content(kind, name) ?? .mapping([])
    for (field, text) in fields { content[field] = text.map { .string($0) } }
    document.set(kind.name, content, of: kind, name)
  }
}

/// The fields of a user that say how it logs in.
private let credentials = [
  "client-certificate", "client-certificate-data", "client-key", "client-key-data", "tokenFile",
  "username", "password", "exec", "auth-provider",
]
