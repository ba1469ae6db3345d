import OpenStack

/// The labels of cluster templates that the driver reads, for operators.
///
/// Names, values and releases are the table's that the modules check with. What a label does was read
/// from the driver's code and its page `docs/user/labels.md`.
enum LabelReference {
  @Sendable static func table() -> String {
    Markdown.table(
      ["label", "value", "default", "releases", "what it does"],
      Label.all.map {
        [
          Markdown.code($0.name), $0.kind.wanted, Markdown.code($0.default), releases(of: $0),
          meanings[$0.name] ?? "",
        ]
      })
  }

  private static func releases(of label: Label) -> String {
    let first = label.since.text == "v0.0.0" ? "" : "from \(label.since.text)"
    guard let last = label.last else { return first }
    return "\(first) to \(last.text)"
  }

  /// What each of them does.
  static let meanings = [
    "admission_control_list":
      "Admission plugins of the API server beside `NodeRestriction`, with commas between them.",
    "api_server_cert_sans":
      "Further names and addresses in the API server's certificate, with commas between them.",
    "api_server_floating_ip": "The floating IP that the API's load balancer gets.",
    "api_server_lb_availability_zone": "Octavia's availability zone of the API's load balancer.",
    "api_server_lb_flavor": "Octavia's flavor of the API's load balancer.",
    "api_server_tls_cipher_suites": "Cipher suites of the API server, with commas between them.",
    "audit_log_enabled":
      "The API server keeps an audit log, in `/var/log/kubernetes/audit` on its machines.",
    "audit_log_max_age": "Days that audit logs are kept.",
    "audit_log_max_backup": "Files of the audit log that are kept.",
    "audit_log_max_size": "Megabytes at which a new file is begun.",
    "auto_healing_enabled": "Machines that are not ready for some minutes are replaced.",
    "auto_scaling_enabled":
      "The cluster autoscaler sets the number of workers, up to `max_node_count`.",
    "availability_zone": "Nova's availability zone of the workers.",
    "boot_volume_availability_zone":
      "Cinder's availability zone of boot volumes, where it is not `availability_zone`.",
    "boot_volume_size": "Gigabytes of a boot volume; without it machines boot from Nova's disk.",
    "boot_volume_type": "Cinder's type of boot volumes.",
    "calico_ipv4pool": "Network of the pods, with `network_driver: calico`.",
    "calico_tag": "Version of Calico.",
    "cilium_hubble_ui_enabled": "Hubble Relay and UI, which show the traffic of pods.",
    "cilium_ipv4pool": "Network of the pods, with `network_driver: cilium`.",
    "cilium_tag": "Version of Cilium.",
    "cinder_csi_enabled": "Persistent volumes of Cinder.",
    "cinder_csi_plugin_tag": "Version of the CSI driver of Cinder.",
    "cloud_provider_tag": "Version of the OpenStack cloud controller manager.",
    "container_infra_prefix":
      "Registry that all images of the cluster itself come from, for sites without a way out.",
    "control_plane_availability_zones":
      "Nova's availability zones of the control plane, with commas between them.",
    "csi_attacher_tag": "Version of this container beside the CSI drivers.",
    "csi_liveness_probe_tag": "Version of this container beside the CSI drivers.",
    "csi_node_driver_registrar_tag": "Version of this container beside the CSI drivers.",
    "csi_provisioner_tag": "Version of this container beside the CSI drivers.",
    "csi_resizer_tag": "Version of this container beside the CSI drivers.",
    "csi_snapshotter_tag": "Version of this container beside the CSI drivers.",
    "different_failure_domain":
      "Machines go to different failure domains; needs vexxhost's filter in Nova's scheduler.",
    "dns_cluster_domain": "Domain of the names of services.",
    "docker_volume_size": "Gigabytes of a volume for container images.",
    "docker_volume_type": "Cinder's type of that volume.",
    "etcd_volume_size": "Gigabytes of a volume of its own for etcd; without it etcd has none.",
    "etcd_volume_type": "Cinder's type of that volume, such as one of fast disks.",
    "fixed_subnet_cidr": "Network that is made for the machines, without `fixed_network`.",
    "keystone_auth_enabled": "Tenants may use their Keystone tokens for the cluster's API.",
    "kube_tag": "Version of Kubernetes; the image must hold the same one.",
    "kubelet_tls_cipher_suites": "Cipher suites of kubelets, with commas between them.",
    "manila_csi_enabled": "Persistent volumes of Manila, where the cloud has it.",
    "manila_csi_plugin_tag": "Version of the CSI driver of Manila.",
    "manila_csi_share_network_id": "UUID of Manila's share network.",
    "master_lb_floating_ip_enabled":
      "The API's load balancer gets a floating IP. `false` needs the [proxy](proxy.md).",
    "max_node_count": "The most workers that the autoscaler makes.",
    "octavia_lb_algorithm":
      "How load balancers of services choose; OVN has `SOURCE_IP_PORT` alone.",
    "octavia_lb_healthcheck":
      "Load balancers of services watch their members; needed with `externalTrafficPolicy: Local`.",
    "octavia_provider": "Octavia's provider of all load balancers: `amphorav2`, `ovn`.",
    "oidc_client_id": "Client at the OpenID issuer; required with `oidc_issuer_url`.",
    "oidc_groups_claim": "The claim that holds the groups of a user.",
    "oidc_groups_prefix": "Stands before the names of those groups.",
    "oidc_issuer_url": "OpenID issuer, an `https` address, whose tokens the API server takes.",
    "oidc_username_claim": "The claim that holds the name of a user.",
    "oidc_username_prefix": "Stands before the names of those users.",
    "server_group_policies":
      "How Nova keeps the machines of a node group apart, or together; `soft-anti-affinity` without it.",
    "service_cluster_ip_range": "Network of the addresses of services.",
  ]
}
