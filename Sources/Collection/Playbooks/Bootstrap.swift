import AnsibleContent

extension Playbooks {
  static let bootstrap = Playbook(
    "bootstrap",
    """
    Puts the shipped configuration files under /etc/openstack_deploy on the deployment host. Files \
    that exist stay as they are unless mcapi_bootstrap_force is true.
    """
  ) {
    Play("Put the configuration files into place", hosts: "localhost") {
      Task(
        "Look which folders there are",
        Builtin.stat(path: "\(Operator.bootstrapDest)/\(Expression.item)")
      )
      .loop(["group_vars", "group_vars/k8s_all", "group_vars/magnum_all", "env.d", "conf.d"])
      .register(folders)

      // Those that exist keep the mode that the operator gave them.
      Task(
        "Create the folders that are missing",
        Builtin.file(
          path: "\(Operator.bootstrapDest)/\(Expression.item["item"])", mode: "0755",
          state: "directory")
      )
      .loop("\(folders["results"])", label: "\(Expression.item["item"])")
      .when(!Expression.item["stat"]["exists"])

      copy("Copy the configuration files")
        .loop(.list(Configuration.forEveryDeployment))

      copy("Copy the groups of the control plane")
        .loop(["env.d/k8s.yml"])
        .when(!SeriesAtRunTime.ownEnvironment.is("file"))

      copy("Copy the hosts of an all-in-one")
        .loop(["conf.d/k8s.yml"])
        .when(
          Ansible.groups["all"].default(Expression.emptyList).filter("intersect", ["aio1"]).length
            > 0)

      Task(
        "Say what is left to do",
        Builtin.debug(
          msg: """
            The files are in \(Operator.bootstrapDest). Read each, choose your hosts in \
            conf.d/k8s.yml (an example for three hosts lies in the collection beside it), and set \
            the addresses, certificates and versions of your deployment.
            """))
    }
  }

  private static let folders = Variable.registered("_bootstrap_folders")

  private static func copy(_ name: String) -> Task {
    Task(
      name,
      Builtin.copy(
        dest: "\(Operator.bootstrapDest)/\(Expression.item)", backup: true,
        force: "\(Operator.bootstrapForce.bool)", mode: "0644",
        src: "openstack_deploy/\(Expression.item)"))
  }
}
