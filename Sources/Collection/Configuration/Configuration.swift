import AnsibleContent

/// What ships for `/etc/openstack_deploy`, under `playbooks/files/` of the collection.
enum Configuration {
  static let folder = "playbooks/files/openstack_deploy"

  static let files: [PlacedVariableFile] = [
    environment, allInOne, threeHosts, controlPlaneGroupVars, haproxyService, magnumGroupVars,
    collectionRequirements, hooks, conformanceHooks, tempest, magnumResources,
  ]

  /// What `bootstrap` copies on every deployment. `env.d` and `conf.d` depend on it.
  static let forEveryDeployment: [Value] = [
    "group_vars/k8s_all/main.yml",
    "group_vars/k8s_all/haproxy_service.yml",
    "group_vars/magnum_all/main.yml",
    "user-collection-requirements.yml",
    "user-ansible-venv-requirements.txt",
    "user_variables_hooks.yml",
    "user_variables_tempest.yml",
    "user_variables_z_magnum.yml",
  ]

  static func file(_ path: String, _ summary: String, _ fields: [Value.Field]) -> PlacedVariableFile
  {
    PlacedVariableFile("\(folder)/\(path)", VariableFile(summary, fields))
  }
}

/// An entry of a configuration file, with the comment that stands above it.
func setting(_ key: String, _ value: Value, _ comment: String? = nil) -> Value.Field {
  Value.Field(key, value, comment: comment)
}
