import AnsibleContent

/// Variables that an operator may set anywhere in the inventory, but for ``extraOnly``. Where one has a default, it is
/// written at each use, so that group_vars override it as well as `user_variables.yml` does.
enum Operator {
  static let kubernetesCollection = Variable.operatorSet(
    "mcapi_kubernetes_collection", default: "vexxhost.kubernetes",
    "Collection whose roles install Kubernetes, Helm, Cilium, cert-manager and Cluster API.")
  static let containersCollection = Variable.operatorSet(
    "mcapi_containers_collection", default: "vexxhost.containers",
    "Collection whose role installs containerd.")

  static let serial = Variable.operatorSet(
    "k8s_serial", type: .raw, default: "20%", "How many k8s hosts are worked on at a time.")
  static let nodeLabels = Variable.operatorSet(
    "k8s_node_labels", type: .dict, default: ["openstack-control-plane": "enabled"],
    "Labels of every Node of the control plane.")
  static let kubeletHostname = Variable.operatorSet(
    "kubelet_hostname", default: "\(Ansible.inventoryHostname.lower)",
    "Name of the host's Node, in lower case.")
  static let adminConfSource = Variable.operatorSet(
    "k8s_admin_conf_src", type: .path, default: "/etc/kubernetes/admin.conf",
    "The administrator's kubeconfig on the first k8s host.")
  static let adminConfDest = Variable.operatorSet(
    "k8s_admin_conf_dest", type: .path, "Where that kubeconfig goes on the destination.")

  static let leastPrivilege = Variable.operatorSet(
    "mcapi_least_privilege", type: .bool, default: false,
    "Whether Magnum and the proxy are given kubeconfigs with only the rights that each needs, instead of the administrator's."
  )
  static let leastPrivilegeAutoscaling = Variable.operatorSet(
    "mcapi_least_privilege_autoscaling", type: .bool, default: false,
    "Whether the rights of Magnum cover clusters that scale themselves (label auto_scaling_enabled)."
  )
  static let leastPrivilegeLifetime = Variable.operatorSet(
    "mcapi_least_privilege_lifetime_days", type: .int, default: 365,
    "Days that a token in those kubeconfigs is good for; the API server may shorten it.")
  static let leastPrivilegeRenewal = Variable.operatorSet(
    "mcapi_least_privilege_renewal_days", type: .int, default: 180,
    "A token that ends within so many days is issued anew by the next run.")
  static let kubeconfigServer = Variable.operatorSet(
    "mcapi_kubeconfig_server",
    default: "\(kubernetesHostname.default(OSA.internalVIP))",
    "Host, host:port or address of the API that the delivered kubeconfigs must name.")
  static let kubeconfigMinimumValidity = Variable.operatorSet(
    "mcapi_kubeconfig_minimum_validity", default: "30d",
    "A delivered kubeconfig whose credentials end within this time gives a warning.")

  static let proxyHosts = Variable.operatorSet(
    "mcapi_vexxhost_proxy_hosts", default: "network_hosts",
    "Hosts that run the proxy: all compute hosts with OVN, those of the metadata agent otherwise.")
  static let haproxyServiceOverrides = Variable.operatorSet(
    "haproxy_k8s_service_overrides", type: .dict, default: [:],
    "Keys that replace those of haproxy_k8s_service.")
  static let haproxyCheckURI = Variable.operatorSet(
    "haproxy_k8s_check_uri", default: "/readyz",
    "What HAProxy asks each API server for; /healthz answers while the server shuts down, too.")
  static let haproxyServices = Variable.given(
    by: .operatorSet, "k8s_haproxy_services", type: .list(.dict),
    "The services of the k8s hosts in HAProxy, the Kubernetes API among them.")
  static let kubernetesVersion = Variable.given(
    by: .operatorSet, "kubernetes_version", type: .str, "Version of the control plane.")
  static let haproxyHosts = Variable.operatorSet(
    "mcapi_haproxy_hosts", type: .list(.str),
    default: "\(Ansible.groups["haproxy_all"].default(Expression.emptyList))",
    "Hosts whose HAProxy is told of k8s hosts that are upgraded, and asked for them; an empty list leaves HAProxy alone."
  )
  static let haproxyDrain = Variable.operatorSet(
    "mcapi_haproxy_drain", type: .bool, default: true,
    "Whether HAProxy sends nobody to a k8s host while its Kubernetes is brought to another version."
  )
  static let haproxyDrainSeconds = Variable.operatorSet(
    "mcapi_haproxy_drain_seconds", type: .int, default: 30,
    "How long connections to a host that is drained may go on, in seconds.")
  static let haproxyWaitSeconds = Variable.operatorSet(
    "mcapi_haproxy_wait_seconds", type: .int, default: 300,
    "How long HAProxy may take to see an API server up, in seconds; 0 does not wait, neither after a host nor at the end."
  )
  static let haproxyPlaybook = Variable.operatorSet(
    "mcapi_haproxy_playbook", default: "openstack.osa.haproxy",
    "Playbook that installs HAProxy before the conformance test; an extra variable, since playbooks are imported before inventory is read."
  )

  static let backupsEnabled = Variable.operatorSet(
    "cluster_api_backups_enabled", type: .bool, default: false,
    "Whether the state of Cluster API is backed up every day.")
  static let backupsNodes = Variable.operatorSet(
    "cluster_api_backups_nodes", type: .list(.str),
    default: "\(Expression.list(controlPlaneHostsOfPlay.last))",
    "Hosts that make the backups: the last k8s host.")
  static let backupsPath = Variable.operatorSet(
    "cluster_api_backups_path", type: .path, default: "/var/backup/cluster-api-backup",
    "Folder of the backup scripts and of the archive.")
  static let backupsGroup = Variable.operatorSet(
    "cluster_api_backups_group_name", default: "backups", "Group that may read the archive.")
  static let backupsGroupID = Variable.operatorSet(
    "cluster_api_backups_group_gid", type: .int,
    "Number of that group; the system chooses when unset.")
  static let backupsOnCalendar = Variable.operatorSet(
    "cluster_api_backups_on_calendar", default: "*-*-* 00:00:00",
    "When the backup runs, as a systemd calendar event.")
  static let backupsDelay = Variable.operatorSet(
    "cluster_api_backups_randomized_delay_sec", type: .int, default: 0,
    "Random delay of the backup, in seconds at most.")
  static let backupsOverrides = Variable.operatorSet(
    "cluster_api_backups_init_overrides", type: .dict, default: [:],
    "Overrides of the backup's systemd unit.")

  static let driverBranch = Variable.operatorSet(
    "magnum_magnum_cluster_api_git_install_branch",
    "Branch or tag of the magnum-cluster-api driver, for Magnum and for the proxy.")
  static let driverRepo = Variable.operatorSet(
    "magnum_magnum_cluster_api_git_repo", "Repository of the magnum-cluster-api driver.")

  static let bootstrapDest = Variable.operatorSet(
    "mcapi_bootstrap_dest", type: .path, default: "/etc/openstack_deploy",
    "Folder that bootstrap puts the configuration files into.")
  static let bootstrapForce = Variable.operatorSet(
    "mcapi_bootstrap_force", type: .bool, default: false,
    "Whether bootstrap replaces files that exist; it keeps a backup of each.")

  static let createComputeImage = Variable.operatorSet(
    "functional_test_create_compute_image", type: .bool, default: true,
    "Whether the functional test uploads its image and creates its flavor.")
  static let testCleanup = Variable.operatorSet(
    "functional_test_cleanup", type: .bool, default: true,
    "Whether the functional test removes afterwards what it created.")

  static let all = [
    kubernetesCollection, containersCollection, serial, nodeLabels, kubeletHostname,
    adminConfSource, adminConfDest, leastPrivilege, leastPrivilegeAutoscaling,
    leastPrivilegeLifetime, leastPrivilegeRenewal, kubeconfigServer, kubeconfigMinimumValidity,
    proxyHosts, haproxyServiceOverrides, haproxyCheckURI, haproxyServices, haproxyHosts,
    haproxyDrain, haproxyDrainSeconds, haproxyWaitSeconds, kubernetesVersion, haproxyPlaybook,
    backupsEnabled, backupsNodes, backupsPath, backupsGroup, backupsGroupID, backupsOnCalendar,
    backupsDelay, backupsOverrides, driverBranch,
    driverRepo, bootstrapDest, bootstrapForce, createComputeImage, testCleanup,
  ]

  /// Those that are read before any host's variables are: Ansible sees them as extra variables only.
  static let extraOnly = [serial, proxyHosts, haproxyPlaybook]

  /// What the Kubernetes collection puts into the administrator's kubeconfig. The variable belongs to
  /// the k8s hosts; shipped is the internal VIP.
  private static let kubernetesHostname =
    Ansible.hostvars[Ansible.firstControlPlaneHost]["kubernetes_hostname"]

  /// The k8s hosts that this play works on.
  static var controlPlaneHostsOfPlay: Expression {
    Ansible.groups["k8s_all"].filter("select", "in", Ansible.playHosts)
  }
}
