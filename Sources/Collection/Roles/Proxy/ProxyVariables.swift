import AnsibleContent

/// Variables of role `proxy`.
enum ProxyVariables {
  static let group = Variable.role(
    "mcapi_vexxhost_proxy_system_group_name", default: "capi_proxy",
    "System group that the proxy runs in.")
  static let user = Variable.role(
    "mcapi_vexxhost_proxy_system_user_name", default: "capi_proxy",
    "System user that runs the proxy.")
  static let comment = Variable.role(
    "mcapi_vexxhost_proxy_system_user_comment", default: "Magnum Cluster API Proxy System User",
    "Description of that user.")
  static let home = Variable.role(
    "mcapi_vexxhost_proxy_system_user_home", type: .path, default: "/var/lib/\(user)",
    "Home of that user.")
  static let shell = Variable.role(
    "mcapi_vexxhost_proxy_system_user_shell", type: .path, default: "/bin/false",
    "Shell of that user.")
  static let etc = Variable.role(
    "mcapi_vexxhost_proxy_etc_directory", type: .path, default: "/etc/capi_proxy",
    "Folder of the proxy's settings.")

  static let constraintsURL = Variable.role(
    "mcapi_vexxhost_proxy_upper_constraints_url",
    default: "\(OSA.requirementsURL.default(openStackConstraints))",
    "Upper constraints of the Python packages.")
  static let constraints = Variable.role(
    "mcapi_vexxhost_proxy_git_constraints", type: .list(.str),
    default: ["--constraint \(constraintsURL)"],
    "Constraints that pip is given.")
  static let branch = Variable.role(
    "mcapi_vexxhost_proxy_install_branch",
    default: "\(ofMagnum(Operator.driverBranch).default("main"))",
    "Branch or tag of the driver: that of the Magnum hosts.")
  static let repo = Variable.role(
    "mcapi_vexxhost_proxy_git_repo", default: "\(ofMagnum(Operator.driverRepo).default(upstream))",
    "Repository of the driver: that of the Magnum hosts.")
  static let packages = Variable.role(
    "mcapi_vexxhost_proxy_pip_packages", type: .list(.str),
    default: ["git+\(repo)@\(branch)#egg=magnum-cluster-api"], "Python packages of the proxy.")
  static let venvTag = Variable.role(
    "mcapi_vexxhost_proxy_venv_tag", default: "\(OSA.venvTag.default("untagged"))",
    "Version part of the virtual environment's name.")
  static let bin = Variable.role(
    "mcapi_vexxhost_proxy_bin", type: .path,
    default: "/openstack/venvs/magnum-cluster-api-proxy-\(venvTag)/bin",
    "Programs of the virtual environment.")

  static let kubeconfigSource = Variable.role(
    "mcapi_vexxhost_k8s_conf_src", type: .path, default: "\(Operator.adminConfSource)",
    "The kubeconfig on the first k8s host.")
  static let kubeconfig = Variable.role(
    "mcapi_vexxhost_k8s_conf_dest", type: .path,
    default: "\(Operator.adminConfDest.default("\(home)/.kube/config" as Value))",
    "Where the proxy finds it.")
  static let environment = Variable.role(
    "mcapi_vexxhost_proxy_environment", type: .dict, default: [:],
    "Environment of the service, such as PROXY_BIND (an address) and PROXY_PORT.")

  static let all = [
    group, user, comment, home, shell, etc, constraintsURL, constraints, branch, repo, packages,
    venvTag, bin, kubeconfigSource, kubeconfig, environment,
  ]

  /// The variable, and where this host has none, that of the first Magnum host that has one: the
  /// group_vars of Magnum do not reach the hosts of the proxy.
  private static func ofMagnum(_ variable: Variable) -> Expression {
    variable.default(
      Ansible.groups["magnum_all"].default(Expression.emptyList)
        .filter("map", "extract", Ansible.hostvars, variable.name)
        .filter("select", "defined").first)
  }
  private static let openStackConstraints: Value =
    "https://opendev.org/openstack/requirements/raw/\(OSA.requirementsBranch.default("master"))/upper-constraints.txt"
  private static let upstream: Value =
    "\(OSA.githubBaseURL.default("https://github.com"))/vexxhost/magnum-cluster-api"
}
