import AnsibleContent

/// The functional test: a workload cluster from nothing, its conformance, and nothing left behind.
enum FunctionalTest {
  static let playbook = Playbook(
    "functional_test",
    """
    Creates what a tenant needs, a cluster template and a workload cluster, runs the conformance \
    test against it, and removes what it created. When the cluster fails, the state of Cluster API is \
    kept in /var/log/clusterapi on the first k8s host.
    """
  ) {
    Play("Test the Cluster API driver of Magnum", hosts: "utility_all[0]") {
      Plays.installDefaults
      FunctionalTestCleanup.remember
      Block("Create a workload cluster and test it") {
        resources
        FunctionalTestWait.tasks
        conformance
      } always: {
        FunctionalTestCleanup.tasks
      }
    }
    .vars(["ansible_python_interpreter": "\(OSA.setupPython)"])
    .vars(
      version, imageName, imageURLBase, imageURL, templateName, clusterName, masterCount, nodeCount,
      kubeconfig, network, compute, image, coe
    )
    .gatheringFacts()
    .environment(Plays.environment)
  }

  static let version = Variable.play(
    "functional_test_k8s_version", default: "v1.34.2", "Kubernetes version of the workload cluster."
  )
  static let imageName = Variable.play(
    "functional_test_image_name", default: "ubuntu-22.04-\(version)", "Name of the image.")
  static let imageURLBase = Variable.play(
    "functional_test_image_url_base",
    default: "https://github.com/vexxhost/capo-image-elements/releases/download/2025.11-4/",
    "Where images are downloaded from.")
  static let imageURL = Variable.play(
    "functional_test_image_url", default: "\(imageURLBase)\(imageName).qcow2",
    "Address of the image.")
  static let templateName = Variable.play(
    "functional_test_cluster_template_name", default: "functional-test-k8s-\(version)",
    "Name of the cluster template.")
  static let clusterName = Variable.play(
    "functional_test_cluster_name", default: "functional-test-cluster",
    "Name of the workload cluster.")
  static let masterCount = Variable.play(
    "functional_test_master_count", type: .int, default: 1, "Number of control plane nodes.")
  static let nodeCount = Variable.play(
    "functional_test_node_count", type: .int, default: 1, "Number of worker nodes.")
  static let kubeconfig = Variable.play(
    "functional_test_kubeconfig_file", type: .path,
    default: "/root/kubeconfig-\(clusterName)/config",
    "Where the workload cluster's kubeconfig goes.")

  static let network = Variable.play(
    "functional_test_resources_network", type: .dict,
    default: [
      "networks": [
        [
          "name": "public",
          "network_type": "flat",
          "physical_network": "physnet1",
          "external": true,
          "project": "admin",
          "subnets": [
            [
              "name": "public-subnet",
              "cidr": "172.29.248.0/22",
              "allocation_start": "172.29.249.110",
              "allocation_end": "172.29.249.200",
            ]
          ],
        ]
      ]
    ], "Networks to create, as role openstack.osa.openstack_resources reads them.")
  static let compute = Variable.play(
    "functional_test_resources_compute", type: .dict,
    default: [
      "flavors": [["specs": [["name": "m1.medium", "vcpus": 2, "ram": 4096, "disk": 40]]]],
      "keypairs": [
        [
          "name": "magnum_test_key",
          "path": "/root/.ssh/magnum_test_rsa",
          "key_format": "ssh",
          "size": 4096,
          "state": "present",
          "type": "rsa",
          "comment": "magnum cluster api test ssh key",
        ]
      ],
    ], "Flavors and keypairs to create.")
  static let image = Variable.play(
    "functional_test_resources_image", type: .dict,
    default: [
      "images": [
        [
          "name": "\(imageName)",
          "url": "\(imageURL)",
          "disk_format": "qcow2",
          "visibility": "public",
          "properties": ["os_distro": "ubuntu"],
        ]
      ]
    ], "Images to create.")
  static let coe = Variable.play(
    "functional_test_resources_coe", type: .dict,
    default: [
      "templates": [
        [
          "state": "present",
          "name": "\(templateName)",
          "coe": "kubernetes",
          "image_id": "\(imageFound["images"][0]["id"])",
          "external_network_id": "public",
          "dns_nameserver": "8.8.8.8",
          "flavor_id": "m1.medium",
          "master_flavor_id": "m1.medium",
          "master_lb_enabled": true,
          "network_driver": "calico",
          "docker_volume_size": 10,
          "labels": ["kube_tag": "\(version)"],
          "clusters": [
            [
              "name": "\(clusterName)",
              "keypair": "magnum_test_key",
              "master_count": "\(masterCount)",
              "node_count": "\(nodeCount)",
            ]
          ],
        ]
      ]
    ],
    "Cluster template and cluster to create. The keypair stands with the cluster: the role hands the template's to a module that has no such option."
  )

  private static let imageFound = Variable.registered("_functional_test_image")

  private static func resourcesRole(_ name: String, _ vars: Value) -> Task {
    Task(name, Builtin.includeRole(name: "openstack.osa.openstack_resources")).vars(vars)
  }

  @TasksBuilder private static var resources: Tasks {
    resourcesRole(
      "Create the external network", ["openstack_resources_network": "\(network)"])
    resourcesRole(
      "Create the flavor, the keypair and the image",
      ["openstack_resources_compute": "\(compute)", "openstack_resources_image": "\(image)"]
    )
    .when(Operator.createComputeImage.bool)
    Task(
      "Find the image",
      OpenStackCloud.imageInfo(
        cloud: cloud, interface: interface, name: "\(imageName)", regionName: region)
    )
    .register(imageFound)
    .failedWhen(imageFound["images"].default(Expression.emptyList).length == 0)
    resourcesRole(
      "Create the cluster template and the workload cluster", ["openstack_resources_coe": "\(coe)"])
  }

  @TasksBuilder private static var conformance: Tasks {
    Task(
      "Create the folder of the workload cluster's kubeconfig",
      Builtin.file(path: "\(kubeconfig.dirname)", mode: "0700", state: "directory"))
    Task(
      "Fetch the workload cluster's kubeconfig",
      Builtin.command(
        // By force: a file that is there belongs to the cluster of an earlier test.
        argv: [
          "\(OSA.setupPython.dirname)/openstack", "coe", "cluster", "config", "--force", "--dir",
          "\(kubeconfig.dirname)", "\(clusterName)",
        ])
    )
    .changedWhen(true)
    .environment(["OS_CLOUD": cloud])
    .noLog()
    Task(
      "Keep the workload cluster's kubeconfig private",
      Builtin.file(path: "\(kubeconfig)", mode: "0600"))
    Task(
      "Run Sonobuoy against the workload cluster",
      Builtin.includeRole(name: Playbooks.own("sonobuoy"))
    )
    .vars(["sonobuoy_kubeconfig_file": "\(kubeconfig)"])
  }

  static let cloud: Value = "default"
  static let interface: Value = "internal"
  static let region: Value = "\(OSA.serviceRegion)"
}
