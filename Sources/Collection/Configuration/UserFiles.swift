import AnsibleContent

extension Configuration {
  /// OpenStack-Ansible hands the entries that have a `source` to
  /// `ansible-galaxy collection install --force -r`.
  static let collectionRequirements = file(
    "user-collection-requirements.yml",
    "Collections that OpenStack-Ansible installs beside its own.",
    [
      setting(
        "collections",
        [
          [
            "name": "vexxhost.kubernetes",
            "source": "https://github.com/vexxhost/ansible-collection-kubernetes",
            "type": "git",
            "version": "main",
          ],
          [
            "name": "osa_ops.mcapi_vexxhost",
            "source": "/etc/openstack_deploy/\(text: Metadata.galaxy.tarball)",
            "type": "file",
          ],
        ],
        """
        This collection comes from its tarball: a file on the deployment host, or with `type: url` an \
        address to fetch it from.
        """)
    ])

  static let hooks = file(
    "user_variables_hooks.yml",
    "Playbooks that OpenStack-Ansible runs between its own when it builds a deployment from nothing.",
    [
      hook("post_setup_infrastructure_hook", "mcapi_control_plane_k8s"),
      hook("pre_setup_openstack_hook", "mcapi_magnum_integration"),
      hook("post_setup_openstack_hook", "functional_test"),
    ])

  static let conformanceHooks = PlacedVariableFile(
    "playbooks/files/k8s-ha/user_variables_hooks.yml",
    VariableFile(
      "Tests the control plane alone, before any OpenStack service is there.",
      [hook("post_setup_hosts_hook", "control_plane_conformance_test")]))

  static let tempest = file(
    "user_variables_tempest.yml", "Tempest is not needed for this test.",
    [setting("tempest_install", false)])

  private static func hook(_ name: String, _ playbook: String) -> Value.Field {
    setting(name, Playbooks.own(playbook))
  }
}
