import AnsibleContent

extension Playbooks {
  static let k8sInstall = Playbook(
    "k8s_install",
    "The whole installation: the control plane, its credentials on the Magnum hosts, and the proxy into tenant networks."
  ) {
    PlaybookImport("Build the control plane", own("mcapi_control_plane_k8s"))
    PlaybookImport("Connect Magnum with the control plane", own("mcapi_magnum_integration"))
    PlaybookImport("Install the proxy", own("mcapi_proxy"))
  }

  static let installAndTest = Playbook(
    "install_and_test", "The whole installation, and the functional test of it."
  ) {
    PlaybookImport("Install", own("k8s_install"))
    PlaybookImport("Test", own("functional_test"))
  }
}
