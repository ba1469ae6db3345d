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
      Plays.withClients("Test with the clients of OpenStack") {
        FunctionalTestCleanup.remember
        Block("Create a workload cluster and test it") {
          resources
          FunctionalTestCluster.tasks
          conformance
        } always: {
          FunctionalTestCleanup.tasks
        }
      }
    }
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
    "functional_test_image_url",
    default: "\(OneImage.address(of: imageName.expression, at: imageURLBase.expression))",
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
    ], "Images to upload, with the entries of mcapi_magnum_images.")
  static let coe = Variable.play(
    "functional_test_resources_coe", type: .dict,
    default: [
      "templates": [
        [
          "state": "present",
          "name": "\(templateName)",
          "coe": "kubernetes",
          "image_id": "\(imageName)",
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
    "Cluster templates to create, with the arguments of the module magnum_cluster_template, and their clusters, with those of magnum_cluster."
  )

  private static func resourcesRole(_ name: String, _ vars: Value) -> Task {
    Task(name, Builtin.includeRole(name: "openstack.osa.openstack_resources")).vars(vars)
  }

  @TasksBuilder private static var resources: Tasks {
    resourcesRole(
      "Create the external network", ["openstack_resources_network": "\(network)"])
    resourcesRole(
      "Create the flavor and the keypair", ["openstack_resources_compute": "\(compute)"]
    )
    .when(Operator.createComputeImage.bool)
    Task(
      "Tell what is not read of the images",
      Builtin.debug(
        msg: """
          functional_test_resources_image: \(unread.filter("join", ", ")) of openstack.osa.openstack_resources \
          have no meaning here: an image is neither unpacked nor rotated.
          """)
    )
    .when(Operator.createComputeImage.bool, unread.length > 0)
    Task("Upload the image", Builtin.includeRole(name: Playbooks.own("images")))
      .vars(handing(HandedOver.images, readImages, for: ImageVariables.images))
      .when(Operator.createComputeImage.bool)
    Task(
      "Create the cluster template", Builtin.includeRole(name: Playbooks.own("cluster_templates"))
    )
    .vars(
      handing(
        HandedOver.clusterTemplates, Expression.list(templateAlone),
        for: ClusterTemplatesRole.templates)
    )
    .loop("\(templates)", as: template, label: "\(template["name"])")
  }

  private static var images: Expression { image["images"].default(Expression.emptyList) }
  /// What role openstack_resources reads of an image, and role images does not.
  private static let foreign = [
    "checksum_compressed", "compressed_format", "hide_method", "keep_copies",
  ]
  private static var unread: Expression {
    images.filter("map", "list").filter("flatten").filter("unique").filter("intersect", foreign)
      .filter("sort")
  }
  private static var readImages: Expression {
    images.filter("map", "dict2items").filter("map", "rejectattr", "key", "in", foreign)
      .filter("map", "list").filter("map", "items2dict").filter("list")
  }

  /// Clusters beside those of the templates.
  static var clusters: Expression { coe["clusters"].default(Expression.emptyList) }
  static var templates: Expression { coe["templates"].default(Expression.emptyList) }
  private static let template = Variable.registered("_functional_test_template")
  private static var templateAlone: Expression {
    template.filter("dict2items").filter("rejectattr", "key", "equalto", "clusters")
      .filter("items2dict")
  }

  @TasksBuilder private static var conformance: Tasks {
    Task(
      "Run Sonobuoy against the workload cluster",
      Builtin.includeRole(name: Playbooks.own("sonobuoy"))
    )
    .vars(["sonobuoy_kubeconfig_file": "\(kubeconfig)"])
  }

  static let cloud: Value = "default"
  static let interface: Value = "internal"
  static let region: Value = "\(OSA.serviceRegion)"

  /// The test's own things for a role, whatever the operator has declared.
  static func handing(
    _ handed: Variable, _ list: Expression, for declared: Variable
  ) -> Value {
    HandedOver.vars(handed, list, for: declared, cloud: cloud, interface: interface)
  }
}
