import AnsibleContent
import ModuleSpecs

/// The modules of this collection, as tasks call them.
enum Mcapi {
  static let kubeconfigSpec = ModuleSpec(ModuleSpecs.kubeconfig)

  /// `osa_ops.mcapi_vexxhost.kubeconfig`
  static func kubeconfig(
    path: Value, content: Value? = nil, contextName: Value? = nil, directoryGroup: Value? = nil,
    directoryMode: Value? = nil, directoryOwner: Value? = nil, expectedServer: Value? = nil,
    group: Value? = nil, minimumValidity: Value? = nil, mode: Value? = nil, owner: Value? = nil,
    src: Value? = nil, state: Value? = nil, token: Value? = nil, userName: Value? = nil,
    validityAction: Value? = nil
  ) -> Action {
    Action(
      kubeconfigSpec,
      [
        ("path", path), ("content", content), ("context_name", contextName),
        ("directory_group", directoryGroup), ("directory_mode", directoryMode),
        ("directory_owner", directoryOwner), ("expected_server", expectedServer), ("group", group),
        ("minimum_validity", minimumValidity), ("mode", mode), ("owner", owner), ("src", src),
        ("state", state), ("token", token), ("user_name", userName),
        ("validity_action", validityAction),
      ])
  }
}
