import AnsibleContent

extension Playbooks {
  static let controlPlane = Playbook(
    "mcapi_control_plane_k8s",
    """
    Builds the control plane: containers that can run Kubernetes, HAProxy in front of its API, \
    Kubernetes with Cilium, cert-manager and Cluster API, and backups of Cluster API's state.
    """
  ) {
    Play("Gather facts of the k8s hosts", hosts: "k8s_all") {
      Plays.minimalFacts("Gather minimal facts of the k8s hosts")
    }
    .tags("always", "k8s-venv")

    RollOut.look
    containers

    PlaybookImport(
      "Configure HAProxy for the Kubernetes API", "openstack.osa.haproxy_service_config"
    )
    .vars(["service_group": "k8s_all", "service_variable": "k8s_haproxy_services"])
    .when(Ansible.groups["k8s_all"].default(Expression.emptyList).length > 0)
    .tags("haproxy-service-config")

    kubernetes
    RollOut.wait
    clusterAPI
    backups
  }

  /// Containers with the mounts and rights that kubelet, containerd and Cilium need.
  private static let containers =
    Play("Prepare the k8s hosts", hosts: "k8s_all")
    .serial("\(Operator.serial)")
    .gatheringFacts()
    .remoteUser("root")
    .preTasks {
      Task(
        "Prepare the container",
        Builtin.includeRole(
          name: "openstack.osa.\(OSA.containerTech.default("lxc"))_container_setup")
      )
      .vars([
        "list_of_bind_mounts": [
          ["bind_dir_path": "/usr/lib/modules", "mount_path": "/usr/lib/modules"],
          ["bind_dir_path": "/usr/src", "mount_path": "/usr/src"],
          ["bind_dir_path": "/dev/kmsg", "mount_path": "/dev/kmsg", "create": "file"],
        ],
        "extra_container_config": [
          "security.privileged=true",
          "security.nested=true",
          #"raw.lxc="lxc.apparmor.profile=unconfined""#,
          "lxc.cap.drop=",
          "lxc.cgroup.devices.allow=a",
          "lxc.cgroup2.devices.allow=a",
        ],
      ])
      .when(!OSA.isMetal.bool)

      Task(
        "Set up the unbound client",
        Builtin.includeRole(name: "openstack.osa.unbound_clients")
      )
      .when(OSA.unboundInUse, !SeriesAtRunTime.isCaracal)

      Task(
        "Set up the unbound client of OpenStack-Ansible 2024.1",
        Builtin.includeTasks(file: "\(SeriesAtRunTime.unboundTasks)")
      )
      .when(OSA.unboundInUse, SeriesAtRunTime.isCaracal)

      Task(
        "Install the kernel headers on the physical host",
        Builtin.package(
          name: "\(kernelHeaders[Ansible.osFamily])-\(Ansible.facts["kernel"])", state: "present")
      )
      .when(!OSA.isMetal.bool)
      .delegate(to: "\(OSA.physicalHost)")
    }
    .roles(
      RoleUse("openstack.osa.system_crontab_coordination"),
      RoleUse(
        "systemd_service",
        vars: [
          "systemd_services": [
            mount("bpf-mount", "/usr/bin/mount bpffs -t bpf /sys/fs/bpf", on: "/sys/fs/bpf"),
            mount(
              "cilium-cgroup2-mount",
              "mkdir -p /run/cilium/cgroupv2 && /usr/bin/mount -t cgroup2 none /run/cilium/cgroupv2",
              on: "/run/cilium/cgroupv2"),
          ]
        ])
    )
    .tags("k8s-container", "k8s")

  /// Kernel header packages by family of distributions.
  private static let kernelHeaders: Value = ["debian": "linux-headers", "redhat": "kernel-headers"]

  /// A service that mounts a file system once and shares it with the container's children.
  private static func mount(_ service: String, _ command: String, on path: String) -> Value {
    [
      "service_name": "\(text: service)",
      "execstarts":
        "/usr/bin/bash -c '\(text: command) && /usr/bin/mount --make-shared \(text: path)'",
    ]
  }

  private static let kubernetes =
    Play("Install Kubernetes", hosts: "k8s_all") {
      RollOut.leave
      Task(
        "Install containerd",
        Builtin.includeRole(name: "\(Operator.containersCollection).containerd", public: true))
      Task(
        "Install and join Kubernetes",
        Builtin.includeRole(name: Plays.kubernetesRole("kubernetes"), public: true))
      Task("Install Helm", Builtin.includeRole(name: Plays.kubernetesRole("helm"), public: true))
      Task(
        "Install Cilium", Builtin.includeRole(name: Plays.kubernetesRole("cilium"), public: true))
      Task(
        "Label the Node of this host",
        KubernetesCore.k8s(
          kubeconfig: "\(Operator.adminConfSource)",
          resourceDefinition: [
            "apiVersion": "v1",
            "kind": "Node",
            "metadata": [
              "name": "\(Operator.kubeletHostname)",
              "labels": "\(Operator.nodeLabels)",
            ],
          ]))
      RollOut.comeBack
    }
    .serial("\(Operator.serial)")
    .gatheringFacts()
    .remoteUser("root")
    .environment(Plays.environment)
    .vars(APIInHAProxy.variables)
    .tags("k8s", "k8s-install")

  private static let clusterAPI =
    Play("Install Cluster API", hosts: "k8s_all") {
      Block("Install Cluster API from the first k8s host") {
        Task(
          "Load the defaults of the Kubernetes collection",
          Builtin.includeRole(name: Plays.kubernetesRole("defaults"), public: true)
        )
        .when(Operator.kubernetesCollection == KubernetesCollection.adriacloud.name)
        Task(
          "Install cert-manager", Builtin.includeRole(name: Plays.kubernetesRole("cert_manager")))
        Task(
          "Install the Cluster API providers",
          Builtin.includeRole(name: Plays.kubernetesRole("cluster_api")))
      }
      .when(Ansible.inventoryHostname == Operator.controlPlaneHostsOfPlay.first)
    }
    .gatheringFacts()
    .remoteUser("root")
    .environment(Plays.environment)
    .tags("cluster-api")
}
