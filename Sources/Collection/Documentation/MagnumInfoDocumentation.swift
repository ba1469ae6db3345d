import AnsibleContent
import ModuleSpecs

extension ModuleDocumentation {
  static let magnumInfo = ModuleDocumentation(
    spec: ModuleSpecs.magnumInfo,
    summary: "Tell what Magnum has",
    paragraphs: [
      "Gathers cluster templates, clusters with their node groups, the services of Magnum, and its statistics. Changes nothing.",
      "Templates and clusters are those that the user sees: of the project, public ones of others, and an administrator's all.",
    ],
    options: attributes.merging(CloudOptionsDocumentation.options) { own, _ in own },
    notes: [
      "The module is a compiled program for Linux on x86_64 and aarch64. On the target it needs no Python, and libcurl (C(libcurl4) or C(libcurl)).",
      "Passwords in the addresses of a template's proxies are not shown.",
      "Supports check mode.",
    ],
    examples: """
      - name: Gather the cluster templates and clusters
        osa_ops.mcapi_vexxhost.magnum_info:
          cloud: default
        register: magnum

      - name: Gather one cluster
        osa_ops.mcapi_vexxhost.magnum_info:
          cloud: default
          gather: [clusters]
          name: blue
        register: magnum

      - name: Gather which conductors are up
        osa_ops.mcapi_vexxhost.magnum_info:
          openrc: /root/openrc
          gather: [services, stats]
        register: magnum

      """,
    returns: [
      Return(
        name: "project_id", type: "str", returned: "success",
        text: "The project that the credentials enter; null where they enter none."),
      Return(
        name: "cluster_templates", type: "list", returned: "when gathered",
        text: "Cluster templates as Magnum has them, without their links."),
      Return(
        name: "clusters", type: "list", returned: "when gathered",
        text: """
          Clusters as Magnum has them, without their links. Each has node_groups, a list of dictionaries \
          with name, role, is_default, node_count, flavor_id, image_id, status and status_reason.
          """),
      Return(
        name: "services", type: "list", returned: "when gathered",
        text: "The services of Magnum, each with host, binary, and state up or down."),
      Return(
        name: "stats", type: "dict", returned: "when gathered",
        text: "The numbers of clusters and nodes in the project of the user."),
    ] + CloudOptionsDocumentation.refusal)

  private static let attributes: [String: [String]] = [
    "gather": [
      "What is gathered; of an empty list nothing but RV(project_id).",
      "V(services) needs an administrator.",
    ],
    "name": [
      "The name or UUID of a template or cluster; others are left out. There may be none, or several."
    ],
  ]
}
