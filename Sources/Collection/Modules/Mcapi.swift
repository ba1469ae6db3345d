import AnsibleContent
import ModuleSpecs

/// The modules of this collection, as tasks call them.
enum Mcapi {
  static let haproxyServiceSpec = ModuleSpec(ModuleSpecs.haproxyService)
  static let kubeconfigSpec = ModuleSpec(ModuleSpecs.kubeconfig)
  static let haproxyBackendSpec = ModuleSpec(ModuleSpecs.haproxyBackend)

  /// `osa_ops.mcapi_vexxhost.haproxy_service`
  static func haproxyService(
    service: Value, internal: Value? = nil, lint: Value? = nil, reload: Value? = nil,
    reloadTimeout: Value? = nil, roleVariables: Value? = nil, series: Value? = nil,
    state: Value? = nil
  ) -> Action {
    Action(
      haproxyServiceSpec,
      [
        ("service", service), ("internal", `internal`), ("lint", lint), ("reload", reload),
        ("reload_timeout", reloadTimeout), ("role_variables", roleVariables), ("series", series),
        ("state", state),
      ])
  }

  /// `osa_ops.mcapi_vexxhost.kubeconfig`
  static func kubeconfig(
    path: Value, backup: Value? = nil, certificateAuthority: Value? = nil,
    certificateAuthorityContent: Value? = nil, checkCertificates: Value? = nil,
    clusterName: Value? = nil, content: Value? = nil, context: Value? = nil,
    contextName: Value? = nil, directoryGroup: Value? = nil, directoryMode: Value? = nil,
    directoryOwner: Value? = nil, embed: Value? = nil, expectedServer: Value? = nil,
    group: Value? = nil, merge: Value? = nil, minimumValidity: Value? = nil, mode: Value? = nil,
    namespace: Value? = nil, owner: Value? = nil, server: Value? = nil, src: Value? = nil,
    state: Value? = nil, tlsServerName: Value? = nil, token: Value? = nil,
    useContext: Value? = nil, userName: Value? = nil, validityAction: Value? = nil
  ) -> Action {
    Action(
      kubeconfigSpec,
      [
        ("path", path), ("backup", backup), ("certificate_authority", certificateAuthority),
        ("certificate_authority_content", certificateAuthorityContent),
        ("check_certificates", checkCertificates), ("cluster_name", clusterName),
        ("content", content), ("context", context), ("context_name", contextName),
        ("directory_group", directoryGroup), ("directory_mode", directoryMode),
        ("directory_owner", directoryOwner), ("embed", embed),
        ("expected_server", expectedServer), ("group", group), ("merge", merge),
        ("minimum_validity", minimumValidity), ("mode", mode), ("namespace", namespace),
        ("owner", owner), ("server", server), ("src", src), ("state", state),
        ("tls_server_name", tlsServerName), ("token", token), ("use_context", useContext),
        ("user_name", userName), ("validity_action", validityAction),
      ])
  }

  /// `osa_ops.mcapi_vexxhost.haproxy_backend`
  static func haproxyBackend(
    backend: Value? = nil, minimumReady: Value? = nil, servers: Value? = nil,
    socket: Value? = nil, state: Value? = nil, timeout: Value? = nil, wait: Value? = nil
  ) -> Action {
    Action(
      haproxyBackendSpec,
      [
        ("backend", backend), ("minimum_ready", minimumReady), ("servers", servers),
        ("socket", socket), ("state", state), ("timeout", timeout), ("wait", wait),
      ])
  }
}
