internal import ByteText

extension Label {
  /// Labels read by the magnum-cluster-api driver, releases v0.13 to v0.38, taken from its code; where
  /// its documentation names another (`audit_log_maxage`), the code was followed.
  ///
  /// A text, for the sake of small modules: name, kind, first and last release with it, and what the
  /// driver takes in its absence. A first release of `-` is v0.13 or before, a last one v0.38.1 or
  /// later; a default of `-` is none, a list too long to show, or what the driver's release or
  /// configuration makes of it.
  static var table: String {
    """
    admission_control_list text 0.31.0 - -
    api_server_cert_sans text 0.20.0 - -
    api_server_floating_ip text 0.32.0 - -
    api_server_lb_availability_zone text 0.32.0 - -
    api_server_lb_flavor text 0.32.0 - -
    api_server_tls_cipher_suites text - - -
    audit_log_enabled flag - - false
    audit_log_max_age number - - 30
    audit_log_max_backup number - - 10
    audit_log_max_size number - - 100
    auto_healing_enabled flag - - true
    auto_scaling_enabled flag - - false
    availability_zone text - - -
    boot_volume_availability_zone text 0.36.1 - -
    boot_volume_size number - - -
    boot_volume_type text - - -
    calico_ipv4pool network - - -
    calico_tag text - - -
    cilium_hubble_ui_enabled flag 0.35.0 - false
    cilium_ipv4pool network 0.20.0 - 10.100.0.0/16
    cilium_tag text 0.20.0 - v1.15.3
    cinder_csi_enabled flag 0.30.0 - true
    cinder_csi_plugin_tag text 0.30.0 - v1.32.0
    cloud_provider_tag text 0.29.0 - -
    container_infra_prefix text - - -
    control_plane_availability_zones text 0.17.0 - -
    csi_attacher_tag text 0.30.0 - v4.7.0
    csi_liveness_probe_tag text 0.30.0 - v2.14.0
    csi_node_driver_registrar_tag text 0.30.0 - v2.12.0
    csi_provisioner_tag text 0.30.0 - v5.1.0
    csi_resizer_tag text 0.30.0 - v1.12.0
    csi_snapshotter_tag text 0.30.0 - v8.1.0
    different_failure_domain flag 0.24.0 - false
    dns_cluster_domain text - - cluster.local
    docker_volume_size number 0.19.0 0.26.3 0
    docker_volume_type text 0.19.0 - -
    etcd_volume_size number 0.14.0 - 0
    etcd_volume_type text 0.14.0 - -
    fixed_subnet_cidr network - - 10.0.0.0/24
    keystone_auth_enabled flag 0.14.0 - true
    kube_tag release - - v1.30.0
    kubelet_tls_cipher_suites text - - -
    manila_csi_enabled flag 0.30.0 - true
    manila_csi_plugin_tag text 0.30.0 - v1.32.0
    manila_csi_share_network_id text - - -
    master_lb_floating_ip_enabled flag - - true
    max_node_count number 0.16.0 - -
    octavia_lb_algorithm algorithm 0.17.0 - -
    octavia_lb_healthcheck flag 0.24.0 - true
    octavia_provider text 0.16.0 - amphorav2
    oidc_client_id text - - -
    oidc_groups_claim text - - -
    oidc_groups_prefix text - - -
    oidc_issuer_url text - - -
    oidc_username_claim text - - sub
    oidc_username_prefix text - - -
    server_group_policies policies 0.24.0 - -
    service_cluster_ip_range network - - 10.254.0.0/16
    """
  }

  /// All of them, in the order of their names.
  package static var all: [Label] {
    var labels: [Label] = []
    for line in table.parts(at: UInt8(ascii: "\n")) {
      labels.append(Label(line.parts(at: UInt8(ascii: " "))))
    }
    return labels
  }
}
