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
    path: Value, content: Value? = nil, directoryGroup: Value? = nil, directoryMode: Value? = nil,
    directoryOwner: Value? = nil, group: Value? = nil, mode: Value? = nil, owner: Value? = nil,
    src: Value? = nil, state: Value? = nil
  ) -> Action {
    Action(
      kubeconfigSpec,
      [
        ("path", path), ("content", content), ("directory_group", directoryGroup),
        ("directory_mode", directoryMode), ("directory_owner", directoryOwner), ("group", group),
        ("mode", mode), ("owner", owner),
        ("src", src), ("state", state),
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
