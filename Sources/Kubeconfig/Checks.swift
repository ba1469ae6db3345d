internal import ByteText
internal import YAML

/// The address of a cluster, which must be one that keeps credentials secret on the way.
func checkedServer(_ entry: Entry, _ cluster: Node) throws(KubeconfigError) -> String {
  let remedy = "; correct server, or set it with kubectl config set-cluster"
  guard let server = cluster.filled("server") else {
    throw entry.fault("has no server" + remedy)
  }
  let address = ServerAddress(server)
  if address.hasUser {
    throw entry.fault("has a user in its server address; put it under users")
  }
  guard address.scheme == "https" else {
    throw entry.fault("has a server that is not https" + remedy)
  }
  if address.host.isEmpty {
    throw entry.fault("has a server that names no host" + remedy)
  }
  return server
}

/// Whether a user has something to log in with.
func checkCredentials(
  _ entry: Entry, _ user: Node, _ certificate: Material?, _ key: Material?
) throws(KubeconfigError) {
  let remedy = "; set both with kubectl config set-credentials"
  if certificate != nil && key == nil {
    throw entry.fault("has a client certificate without its key" + remedy)
  }
  if key != nil && certificate == nil {
    throw entry.fault("has a client key without its certificate" + remedy)
  }
  let others = ["token", "tokenFile", "username", "exec", "auth-provider"]
  let hasOther = others.contains { key in
    user[key].map { !$0.isNull && $0.scalar?.text.isEmpty != true } ?? false
  }
  guard certificate != nil || hasOther else {
    throw entry.fault(
      "has no credentials: neither certificate and key nor token, password or exec; set them with"
        + " kubectl config set-credentials")
  }
}
