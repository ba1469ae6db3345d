import AnsibleContent

/// What Galaxy is told of this collection.
enum Metadata {
  static let galaxy = GalaxyMetadata(
    namespace: "osa_ops", name: "mcapi_vexxhost", version: "2.0.0",
    summary:
      "Kubernetes for the tenants of OpenStack-Ansible clouds: the control plane of Magnum's Cluster API driver.",
    authors: ["OpenStack-Ansible operators of mcapi_vexxhost"],
    licenses: ["Apache-2.0", "GPL-3.0-or-later"],
    tags: ["openstack", "kubernetes", "magnum", "cloud", "infrastructure"],
    dependencies: [("kubernetes.core", ">=2.4.0"), ("openstack.cloud", ">=2.2.0")],
    links: [
      ("repository", "https://opendev.org/openstack/openstack-ansible-ops"),
      (
        "documentation",
        "https://opendev.org/openstack/openstack-ansible-ops/src/branch/master/mcapi_vexxhost"
      ),
      ("issues", "https://bugs.launchpad.net/openstack-ansible"),
    ],
    buildIgnore: [".ansible-lint", ".gitignore", ".yamllint", "tests", "*.tar.gz"],
    requiresAnsible: ">=2.15.0",
    actionGroup: (
      "mcapi",
      [
        "kubeconfig", "haproxy_backend", "haproxy_service", "magnum_cluster_template",
        "magnum_cluster", "magnum_info",
      ]
    ))
}
