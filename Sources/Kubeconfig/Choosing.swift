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
      document.change(kind, names[kind]) { $0["name"] = .string(new) }
      changeContent(.context, names.context) { $0[kind.name] = .string(new) }
    }
    if let context {
      document.change(.context, names.context) { $0["name"] = .string(context) }
      document["current-context"] = .string(context)
    }
    names.context = context ?? names.context
    names.cluster = cluster ?? names.cluster
    names.user = user ?? names.user
  }

  /// Sets the namespace of a context.
  public mutating func setNamespace(_ namespace: String, of names: ContextNames) {
    changeContent(.context, names.context) { $0["namespace"] = .string(namespace) }
  }

  /// Sets the address of the cluster's API, and the name that its certificate must have; nil leaves
  /// what is there.
  public mutating func setServer(_ server: String?, tlsName: String?, of names: ContextNames) {
    changeContent(.cluster, names.cluster) { cluster in
      if let server { cluster["server"] = .string(server) }
      if let tlsName { cluster["tls-server-name"] = .string(tlsName) }
    }
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
    changeContent(.cluster, names.cluster) { cluster in
      cluster["certificate-authority"] = nil
      cluster["insecure-skip-tls-verify"] = nil
      cluster["certificate-authority-data"] = .string(encodeBase64(pem))
    }
  }

  /// Gives the user this token and takes from it all else to log in with.
  public mutating func setToken(_ token: String, of names: ContextNames) {
    changeContent(.user, names.user) { user in
      for field in credentials { user[field] = nil }
      user["token"] = .string(token)
    }
  }

  func content(_ kind: EntryKind, _ name: String) -> Node? { document.content(kind, name) }

  mutating func changeContent(_ kind: EntryKind, _ name: String, _ body: (inout Node) -> Void) {
    document.change(kind, name) { entry in
      var content = entry[kind.name] ?? .mapping([])
      body(&content)
      entry[kind.name] = content
    }
  }
}

/// The fields of a user that say how it logs in.
private let credentials = [
  "client-certificate", "client-certificate-data", "client-key", "client-key-data", "tokenFile",
  "username", "password", "exec", "auth-provider",
]
