import AnsibleContent

/// Variables that OpenStack-Ansible provides: its inventory, its group_vars, its roles and its
/// `openstack-ansible` command. Read from the openstack-ansible repository, series 2024.1 to 2026.1.
enum OSA {
  private static func given(_ name: String, _ type: VariableType = .str, _ summary: String)
    -> Variable
  {
    .given(by: .openStackAnsible, name, type: type, summary)
  }

  static let isMetal = given("is_metal", .bool, "Whether the host is no container.")
  static let physicalHost = given("physical_host", "The host that carries the container.")
  static let containerTech = given("container_tech", "How containers are made: lxc.")
  static let managementAddress = given("management_address", "The host's management address.")
  static let internalVIP = given(
    "internal_lb_vip_address", "Address of the load balancer inside the deployment.")
  static let internalBind = given(
    "haproxy_bind_internal_lb_vip_address", "The address that HAProxy binds for the internal VIP.")
  static let installMethod = given("install_method", "source or distro.")
  static let gatherFacts = given("osa_gather_facts", .bool, "Whether playbooks gather facts.")
  static let environment = given(
    "deployment_environment_variables", .dict, "Environment of every task, such as proxies.")
  static let serviceRegion = given("service_region", "Name of the region.")
  static let setupPython = given(
    "openstack_service_setup_host_python_interpreter", .path,
    "The interpreter that has openstacksdk, on the utility host.")
  static let venvTag = given("venv_tag", "Part of the names of virtual environments.")
  static let venvPython = given(
    "openstack_venv_python_executable", "The Python that virtual environments are made with.")
  static let pipInstallOptions = given("pip_install_options", "Options of every pip run.")
  static let requirementsURL = given(
    "requirements_git_url", "The upper constraints that operators chose.")
  static let requirementsBranch = given(
    "requirements_git_install_branch", "Commit of openstack/requirements in use.")
  static let githubBaseURL = given(
    "openstack_github_base_url", "Where repositories of GitHub are cloned from.")
  /// Only its proof of absence matters: see ``Series/isCaracal``.
  static let cloneRoot = Expression.lookup("ansible.builtin.env", "OSA_CLONE_ROOT")

  static let all = [
    isMetal, physicalHost, containerTech, managementAddress, internalVIP, internalBind,
    installMethod,
    gatherFacts,
    environment, serviceRegion, setupPython, venvTag, venvPython, pipInstallOptions,
    requirementsURL,
    requirementsBranch, githubBaseURL,
  ]

  /// `resolvconf_enabled` stands among the variables of the deployment host.
  static var unboundInUse: Expression {
    Ansible.hostvars["localhost"]["resolvconf_enabled"].default(false).bool
  }

  private static func given(_ name: String, _ summary: String) -> Variable {
    given(name, .str, summary)
  }
}
