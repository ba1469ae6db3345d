import AnsibleContent

extension Configuration {
  /// OpenStack-Ansible merges env.d into its own by key and replaces lists, and up to 2025.2 it wants
  /// conf.d and env.d spelt alike. With both spellings in here either one works in conf.d.
  static let environment = file(
    "env.d/k8s.yml",
    """
    Groups of the control plane's containers. Both spellings of the host group are known, \
    cluster-api_hosts and cluster_api_hosts; use one of them in conf.d. OpenStack-Ansible 2026.1 \
    ships these groups itself and needs no such file.
    """,
    [
      setting("component_skel", ["k8s_capi": ["belongs_to": ["k8s_all"]]]),
      setting(
        "container_skel",
        [
          "k8s_container": [
            "belongs_to": ["cluster-api_containers", "cluster_api_containers"],
            "contains": ["k8s_capi"],
          ]
        ]),
      setting(
        "physical_skel",
        [
          "cluster-api_containers": ["belongs_to": ["all_containers"]],
          "cluster-api_hosts": ["belongs_to": ["hosts"]],
          "cluster_api_containers": ["belongs_to": ["all_containers"]],
          "cluster_api_hosts": ["belongs_to": ["hosts"]],
        ]),
    ])

  static let allInOne = file(
    "conf.d/k8s.yml", "Hosts of the control plane: an all-in-one.",
    [setting("cluster-api_hosts", ["aio1": ["ip": "172.29.236.100"]])])

  /// Not named `.yml`, so that OpenStack-Ansible does not read it.
  static let threeHosts = file(
    "conf.d/k8s.yml.three-hosts",
    """
    Hosts of the control plane: three hosts, a container on each, for a control plane that survives \
    the loss of one. Copy it to conf.d/k8s.yml with the names and addresses of your hosts.
    """,
    [
      setting(
        "cluster-api_hosts",
        [
          "infra1": ["ip": "172.29.236.11"],
          "infra2": ["ip": "172.29.236.12"],
          "infra3": ["ip": "172.29.236.13"],
        ])
    ])
}
