import AnsibleContent
import ModuleSpecs

extension ModuleDocumentation {
  static let magnumCluster = ModuleDocumentation(
    spec: ModuleSpecs.magnumCluster,
    summary: "Keep a cluster of Magnum as it is declared",
    paragraphs: [
      "Makes, resizes, upgrades and removes clusters, and waits for them. Attributes that are not named, or empty, are the template's in a new cluster, and stay as they are in one that is there.",
      "A cluster that something is being done to is never touched: with O(wait) the task waits until that is over, without it fails.",
      "A cluster that has failed is an error with what Magnum says of it and of its node groups.",
    ],
    options: attributes.merging(CloudOptionsDocumentation.options) { own, _ in own },
    notes: [
      "The module is a compiled program for Linux on x86_64 and aarch64. On the target it needs no Python, and libcurl (C(libcurl4) or C(libcurl)).",
      "Magnum changes the number of machines of a cluster, and upgrades it to another template. It changes nothing else: where O(keypair), O(flavor), a network or a label differs from what is declared, the task fails with both values.",
      "An upgrade takes the image and the release of Kubernetes of the new template, and leaves all other labels of the cluster as they are. Magnum goes on to show the label V(kube_tag) that the cluster had; the module looks at the template's.",
      "In a cluster with the label V(auto_scaling_enabled) the autoscaler sets the number of workers; of O(node_count) Magnum only takes note there.",
      "Two tasks that make a cluster of the same name at the same time end with one cluster.",
      "While it waits, the task writes a line to the target's syslog for each change, as Ansible's modules write what they are called with.",
      "Supports check mode and diff.",
    ],
    examples: """
      - name: Declare a cluster, and wait until it can be used
        osa_ops.mcapi_vexxhost.magnum_cluster:
          cloud: default
          name: blue
          cluster_template: k8s-v1.34.2
          keypair: operator
          master_count: 3
          node_count: 2

      - name: Give it two more nodes, and the next release of Kubernetes
        osa_ops.mcapi_vexxhost.magnum_cluster:
          cloud: default
          name: blue
          cluster_template: k8s-v1.35.0
          node_count: 4
          upgrade: true
          wait_timeout: 7200
        register: cluster

      - name: Remove it
        osa_ops.mcapi_vexxhost.magnum_cluster:
          openrc: /root/openrc
          name: blue
          state: absent

      """,
    returns: [
      Return(
        name: "cluster", type: "dict", returned: "success",
        text: """
          The cluster as Magnum has it after the task, without its links, and with its node_groups; null \
          where there is none. In check mode as it would be, without uuid where it would be made.
          """),
      Return(
        name: "actions", type: "list",
        returned: "success, and when it fails once the cloud has been found",
        text:
          "What was done to the cluster, a sentence each: made, deleted, or which attribute became what."
      ),
      Return(
        name: "progress", type: "list", returned: "always",
        text: """
          What was seen while waiting, a line for each change: how long the task had waited, the status \
          of the cluster, and that of each node group.
          """),
      Return(
        name: "cluster_status", type: "str",
        returned: "when the cluster has failed or time is over",
        text: "The last status of the cluster that was seen."),
    ] + CloudOptionsDocumentation.refusal)

  private static let attributes: [String: [String]] = [
    "name": [
      "The cluster's name, within the project of the user: a letter, then letters, digits, C(_), C(.) and C(-). Magnum lets several clusters have one name; the task fails then and lists them."
    ],
    "uuid": ["The cluster's UUID, which finds it where O(name) is not enough."],
    "state": [
      "V(present) makes the cluster, or resizes and upgrades it.",
      "V(absent) removes it, whether it has failed or not.",
    ],
    "cluster_template": [
      "Name or UUID of the cluster template. Required for a new cluster.",
      "A cluster that has another template is upgraded to this one with O(upgrade), and is an error without.",
    ],
    "keypair": ["The key pair that can log in to the machines."],
    "flavor": ["Name or id of the flavor of the workers."],
    "master_flavor": ["Name or id of the flavor of the control plane."],
    "fixed_network": ["Name or id of a network for the machines."],
    "fixed_subnet": ["Name or id of a subnet for the machines."],
    "floating_ip_enabled": ["Whether the machines get floating IPs."],
    "master_lb_enabled": [
      "Whether the control plane is behind a load balancer, which more than one machine needs."
    ],
    "master_count": [
      "How many machines the control plane has: an odd number. V(1) in a new cluster that says nothing."
    ],
    "node_count": [
      "How many machines the default worker group has; other node groups are left alone. V(1) in a new cluster that says nothing; V(0) is allowed."
    ],
    "docker_volume_size": [
      "GB of a volume for the images and containers of each machine; V(0) says nothing."
    ],
    "create_timeout": [
      "Minutes after which Magnum gives a new cluster up. Says nothing about one that is there."
    ],
    "labels": [
      "Labels, which the driver reads. Numbers and booleans become the texts that it wants; they are checked as those of a template.",
      "Magnum never changes them in a cluster that is there.",
    ],
    "labels_mode": [
      "V(merge): a new cluster has the template's labels and these, which count more. Of a cluster that is there, only these are compared.",
      "V(exact): the cluster has these labels and no others, with V(kube_tag) among them.",
    ],
    "allow_unknown_labels": [
      "Lets labels pass that the driver does not read, as they are: for other drivers, and for releases newer than this collection knows."
    ],
    "driver_version": [
      "The release of magnum-cluster-api on the Magnum hosts, as V(0.33.0). Labels that it does not read yet, or no longer, are refused."
    ],
    "upgrade": [
      "Whether a cluster that has another template is upgraded to O(cluster_template). It replaces all machines, one after the other."
    ],
    "max_batch_size": [
      "How many machines an upgrade replaces at once. The Cluster API driver does not read it."
    ],
    "wait": [
      "Whether the task waits until the cluster is there, as it was asked for, or gone.",
      "Without it the task ends as soon as Magnum has begun.",
      "Without it a task that would have to resize and to upgrade fails before it does either.",
    ],
    "wait_timeout": [
      "Seconds after which the task fails; what was begun goes on, and the next run waits for it."
    ],
    "wait_interval": ["Seconds between two looks at the cluster."],
  ]
}
