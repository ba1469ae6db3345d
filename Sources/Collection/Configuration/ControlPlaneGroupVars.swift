import AnsibleContent

extension Configuration {
  static let controlPlaneGroupVars = file(
    "group_vars/k8s_all/main.yml", "The control plane: versions, addresses and container settings.",
    [
      setting(
        "cilium_ipv4_cidr", "172.29.200.0/22",
        "Addresses of the control plane's pods. They must not meet any network of the deployment."),
      setting(
        "clusterctl_version", KubernetesCollection.version(\.clusterAPI),
        """
        Versions of Cluster API and its OpenStack provider. They must be among those that the \
        Kubernetes collection carries, and the driver's release must have been tested with them.
        """),
      setting("cluster_api_version", KubernetesCollection.version(\.clusterAPI)),
      setting("cluster_api_infrastructure_provider", "openstack"),
      setting("cluster_api_infrastructure_version", KubernetesCollection.version(\.infrastructure)),
      setting(
        "kubelet_hostname", "\(Ansible.facts["hostname"].lower)", "Names of Nodes are lower case."),
      setting("kubelet_node_ip", "\(OSA.managementAddress)"),
      setting("kubernetes_control_plane_group", "k8s_container"),
      setting(
        "kubernetes_hostname", "\(OSA.internalVIP)",
        "The API is reached at the internal VIP, and nowhere else."),
      setting("kubernetes_non_init_namespace", true),
      setting(
        "kubernetes_version", KubernetesCollection.version(\.kubernetes),
        "Version of the control plane; workload clusters have theirs from the cluster template."),
      setting("lxc_container_config_list", ["lxc.apparmor.profile=unconfined"]),
      setting("lxc_container_mount_auto", ["proc:rw", "sys:rw"]),
      setting(
        "openstack_host_nf_conntrack_max", 1_572_864,
        "kube-proxy's connections are tracked on the host."),
      setting("upload_helm_chart_method", "copy"),
      setting(
        "cluster_api_backups_enabled", false,
        "A daily export of the state of Cluster API. Fetch the archive to another place."),
    ])

  static let haproxyService = file(
    "group_vars/k8s_all/haproxy_service.yml",
    "The Kubernetes API behind HAProxy, on the internal VIP only.",
    [
      setting(
        "haproxy_k8s_service",
        .mapping([
          setting("haproxy_service_name", "k8s"),
          setting(
            "haproxy_backend_nodes", "\(Ansible.groups["k8s_all"].default(Expression.emptyList))"),
          setting(
            "haproxy_bind", ["\(internalBind)"],
            "Without it the API would be bound on the external VIP too."),
          setting(
            "haproxy_ssl", false, "TLS ends at the API server, which reads client certificates."),
          setting("haproxy_ssl_all_vips", false),
          setting("haproxy_port", 6443),
          setting("haproxy_balance_type", "tcp"),
          setting("haproxy_balance_alg", "leastconn"),
          setting("haproxy_backend_port", 6443),
          setting(
            "interval", "\(haproxyInterval)",
            "The role reads the names without prefix; the prefixed ones below are kept for overrides."
          ),
          setting("backend_rise", "\(haproxyRise)"),
          setting("backend_fall", "\(haproxyFall)"),
          setting("haproxy_interval", "15000"),
          setting("haproxy_backend_rise", 2),
          setting("haproxy_backend_fall", 2),
          setting("haproxy_timeout_server", "15m"),
          setting("haproxy_timeout_client", "5m"),
          setting("haproxy_backend_options", ["log-health-checks", "httpchk"]),
          setting(
            "haproxy_backend_httpcheck_options",
            [
              """
              send meth GET uri \(Operator.haproxyCheckURI) ver HTTP/1.1 hdr Host \(OSA.internalVIP) \
              hdr User-Agent osa-haproxy-healthcheck
              """
            ],
            "An API server that shuts down or lacks etcd says so at /readyz first."
          ),
          setting(
            "haproxy_backend_server_options", ["check-ssl", "verify none"],
            "The check asks the API server over TLS; clients verify its certificate themselves."),
          setting(
            "haproxy_service_enabled",
            "\(Ansible.groups["k8s_all"].default(Expression.emptyList).length > 0)"),
        ])),
      setting(
        "k8s_haproxy_services",
        [
          "\(Variable.given(by: .operatorSet, "haproxy_k8s_service", "").bare.combine(Operator.haproxyServiceOverrides))"
        ]),
    ])

  /// Where the VIP is a name, OpenStack-Ansible's operators have the address to bind in a variable
  /// of its own. It may be `*`, for an interface; that would expose the API, so the VIP is bound then.
  private static let internalBind = (OSA.internalBind.default("*") != "*")
    .then(OSA.internalBind, else: OSA.internalVIP)

  /// An operator's override may use either spelling; the prefixed one is taken when it is there.
  private static func override(_ key: String, default value: String) -> Expression {
    Operator.haproxyServiceOverrides["haproxy_\(key)"].default(value)
  }
  private static let haproxyInterval = override("interval", default: "15000")
  private static let haproxyRise = override("backend_rise", default: "2")
  private static let haproxyFall = override("backend_fall", default: "2")
}
