import AnsibleContent
import ModuleSpecs

extension ModuleDocumentation {
  static let magnumClusterTemplate = ModuleDocumentation(
    spec: ModuleSpecs.magnumClusterTemplate,
    summary: "Keep a cluster template of Magnum as it is declared",
    paragraphs: [
      "Makes, changes and removes cluster templates. Attributes that are not named stay as they are.",
      "Labels are checked against those that the Cluster API driver reads, before anything is asked of the cloud: a name it does not know, a value of the wrong kind, a label newer than the driver.",
      "Magnum keeps names and ids of image, flavors, networks and subnet as it was given them. Where a template has another text than O(image), O(flavor) and so on, the module asks Glance, Nova and Neutron, which it must reach then: the name and the id of one thing are the same, and the template keeps its text. A name that several have, or a hidden image, is the same as no id. A new template that O(on_immutable) makes gets the texts of the task.",
    ],
    options: attributes.merging(CloudOptionsDocumentation.options) { own, _ in own },
    notes: [
      "The module is a compiled program for Linux on x86_64 and aarch64. On the target it needs no Python, and libcurl (C(libcurl4) or C(libcurl)).",
      "Magnum lets a template that clusters refer to change in O(public) (to true), O(hidden), O(tags) and O(name) alone. O(public) and O(hidden) are an administrator's.",
      "Magnum refuses every change of a template without O(flavor) and O(master_flavor) unless the label V(boot_volume_size) is above 0.",
      "Changing O(image) does not change the operating system that the template is for; make another template for another one.",
      "Two tasks that make a template of the same name at the same time end with one template.",
      "Check mode writes nothing. It takes a template to be in use by the clusters that the user sees, which are those of the project unless the user is an administrator.",
      "Supports check mode and diff.",
    ],
    examples: """
      - name: Declare the template for Kubernetes 1.34
        osa_ops.mcapi_vexxhost.magnum_cluster_template:
          cloud: default
          name: k8s-v1.34.2
          image: ubuntu-22.04-v1.34.2
          flavor: m1.medium
          master_flavor: m1.medium
          external_network: public
          network_driver: calico
          dns_nameserver: 8.8.8.8
          master_lb_enabled: true
          public: true
          labels:
            kube_tag: v1.34.2
            auto_scaling_enabled: true

      - name: Change one label, and leave the clusters there are on the template they have
        osa_ops.mcapi_vexxhost.magnum_cluster_template:
          cloud: default
          name: k8s-v1.34.2
          labels_mode: merge
          labels:
            audit_log_enabled: true
          on_immutable: version
        register: template

      - name: Remove a template
        osa_ops.mcapi_vexxhost.magnum_cluster_template:
          openrc: /root/openrc
          name: k8s-v1.30.1
          state: absent

      """,
    returns: [
      Return(
        name: "cluster_template", type: "dict", returned: "success",
        text: """
          The template as Magnum has it after the task, without its links; null where there is none. In \
          check mode as it would be, without uuid where it would be made.
          """),
      Return(
        name: "actions", type: "list",
        returned: "success, and when it fails once the cloud has been found",
        text: "What was done to templates besides, a sentence each: deleted, hidden, put in place."),
    ] + CloudOptionsDocumentation.refusal)

  private static let attributes: [String: [String]] = [
    "name": [
      "The template's name, within the project of the user. Magnum lets several templates have one name; the task fails then and lists them."
    ],
    "uuid": [
      "The template's UUID, which finds it where O(name) is not enough. With O(name) beside it the template gets that name."
    ],
    "state": [
      "V(present) makes or changes the template.",
      "V(absent) removes it, and fails while clusters refer to it. With O(on_immutable=version) or O(on_immutable=replace) it removes the template's versions too.",
    ],
    "on_immutable": [
      "What is done where something has to change that may not while clusters refer to the template.",
      "V(fail) changes nothing and names the clusters.",
      "V(version) makes another template, C(NAME-) and ten digits that stand for what it is, with all attributes of the old one that are not named; the old one is hidden, and deleted by the first later run that finds no cluster with it. RV(cluster_template) is the one to use.",
      "V(replace) does the same, and the new template has the name; the old one gets another.",
      "With V(version) and V(replace) a template is shown again unless O(hidden) says otherwise. Users who may not hide templates leave the old one to be seen.",
    ],
    "image": [
      "Name or id of the node image, which needs the property C(os_distro). Required for a new template."
    ],
    "flavor": ["Name or id of the flavor of the workers. An empty text takes it away."],
    "master_flavor": ["Name or id of the flavor of the control plane."],
    "keypair": ["The key pair that can log in to the machines."],
    "external_network": ["Name or id of the network for floating IPs and the routers."],
    "fixed_network": ["Name or id of a network for the machines; one is made where there is none."],
    "fixed_subnet": ["Name or id of a subnet for the machines."],
    "dns_nameserver": ["The name servers of the machines, as IPv4 addresses."],
    "network_driver": [
      "V(calico) or V(cilium); Magnum's configuration says which may be, and which is taken."
    ],
    "volume_driver": ["The driver of volumes; V(cinder) is the one there is."],
    "docker_volume_size": [
      "GB of a volume for the images and containers of each machine; V(0) is none."
    ],
    "docker_storage_driver": ["Was for Docker; the Cluster API driver does not read it."],
    "insecure_registry": ["Was for Docker; the Cluster API driver does not read it."],
    "registry_enabled": ["Was for Docker; the Cluster API driver does not read it."],
    "apiserver_port": ["The port of the Kubernetes API, from 1024 on."],
    "server_type": ["V(vm) for virtual machines, V(bm) for bare metal."],
    "coe": ["V(kubernetes) is the only one there is."],
    "driver": ["The name of Magnum's driver; it follows from the image where it is left out."],
    "http_proxy": ["The proxy of the machines for HTTP."],
    "https_proxy": ["The proxy of the machines for HTTPS."],
    "no_proxy": ["What the machines reach without a proxy, with commas between."],
    "tls_disabled": [
      "Whether the Kubernetes API has no TLS; the Cluster API driver does not read it."
    ],
    "floating_ip_enabled": ["Whether clusters get floating IPs."],
    "master_lb_enabled": [
      "Whether the control plane is behind a load balancer, which more than one machine needs."
    ],
    "public": ["Whether other projects see the template and can use it."],
    "hidden": ["Whether the template is left out of the lists of other projects."],
    "tags": ["Tags of the template. An empty list takes them away."],
    "labels": [
      "Labels, which the driver reads. Numbers and booleans become the texts that it wants.",
      "V(kube_tag), the release of Kubernetes in the image, is needed: without it a cluster can be neither made nor deleted properly.",
      "Magnum itself checks none of them.",
    ],
    "labels_mode": [
      "V(exact): the template has these labels and no others.",
      "V(merge): labels that are not named stay; one that is null goes.",
    ],
    "allow_unknown_labels": [
      "Lets labels pass that the driver does not read, as they are: for other drivers, and for releases newer than this collection knows."
    ],
    "driver_version": [
      "The release of magnum-cluster-api on the Magnum hosts, as V(0.33.0). Labels that it does not read yet, or no longer, are refused."
    ],
  ]
}
