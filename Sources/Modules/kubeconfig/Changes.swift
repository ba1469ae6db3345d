import AnsibleModule
import ByteText
import Kubeconfig

extension Source {
  /// Changes the file into what the options say.
  ///
  /// - Returns: the context that is delivered.
  func change(
    for folder: String, _ invocation: Invocation
  ) throws(ModuleFailure) -> ContextNames {
    let parameters = invocation.parameters
    var names: ContextNames
    do throws(KubeconfigError) {
      names = try ContextNames(file, context: parameters.optionalString("context"))
    } catch {
      throw unusable(name, error, invocation)
    }
    let choosing = ["context", "context_name", "cluster_name", "user_name"]
    if choosing.contains(where: { parameters.has($0) }) { file.keepOnly(names) }
    if parameters.bool("embed") {
      // What came as text is taken to lie where it is put.
      file.resolvePaths(from: folder)
      try file.embedFiles { path throws(ModuleFailure) in
        try readFile(path, limit: KubeconfigFile.largest)
      }
    }
    if let authority = try authority(parameters) {
      do throws(KubeconfigError) {
        try file.setAuthority(authority.pem, of: names)
      } catch {
        throw ModuleFailure("\(authority.name) is no certificate of a CA: \(error.message)")
      }
    }
    file.setServer(
      parameters.optionalString("server"), tlsName: parameters.optionalString("tls_server_name"),
      of: names)
    if let token = parameters.optionalString("token") { file.setToken(token, of: names) }
    if let namespace = parameters.optionalString("namespace") {
      file.setNamespace(namespace, of: names)
    }
    file.rename(
      &names, context: parameters.optionalString("context_name"),
      cluster: parameters.optionalString("cluster_name"),
      user: parameters.optionalString("user_name"))
    return names
  }

  private func authority(
    _ parameters: Parameters
  ) throws(ModuleFailure) -> (name: String, pem: [UInt8])? {
    if let text = parameters.optionalString("certificate_authority_content") {
      return ("certificate_authority_content", text.bytes)
    }
    guard let path = parameters.optionalString("certificate_authority") else { return nil }
    return (path, try readFile(path, limit: KubeconfigFile.largest))
  }
}
