import AnsibleContent

/// Role `cluster_templates`: Magnum's cluster templates as the operator declares them.
struct ClusterTemplatesRole: Role {
  let name = "cluster_templates"
  let summary = "Keeps cluster templates of Magnum as they are declared."
  let platforms = Platforms.all

  private static let onImmutable = Variable.role(
    "mcapi_magnum_on_immutable", default: "fail",
    "What is done where a template that clusters refer to has to change, unless its dictionary says it in on_immutable.",
    choices: ["fail", "replace", "version"])
  private static let attributes = Variable.role(
    "mcapi_magnum_cluster_template_attributes", type: .dict, default: [:],
    "What all templates of mcapi_magnum_kubernetes_versions have beside name, image and the label kube_tag: entries as in mcapi_magnum_cluster_templates.",
    options: declared.options)
  static let templates = Variable.role(
    "mcapi_magnum_cluster_templates", type: .list(.dict),
    "The cluster templates, each with the arguments of the module osa_ops.mcapi_vexxhost.magnum_cluster_template. Unset, there is one for each of mcapi_magnum_kubernetes_versions, named k8s- and the version.",
    options: declared.options)

  let variables = [
    MagnumVariables.versions, MagnumVariables.imagePrefix, attributes, templates, onImmutable,
    MagnumVariables.cloud, MagnumVariables.interface,
  ]

  private static let template = Variable.registered("_mcapi_template")
  private static let results = Variable.registered("_mcapi_template_results")
  private static let actions = Variable.registered("_mcapi_template_actions")

  private static let declared = Declared(
    documentation: .magnumClusterTemplate,
    given: MagnumVariables.access(template.expression)
      .merging(["on_immutable": onImmutable.expression]) { $1 })

  var tasks: Tasks {
    let declared = HandedOver.clusterTemplates.default(
      Self.templates.default(MagnumVariables.versions))
    let numbered = Numbered("mcapi_template", of: declared, other: Self.template)
    return Tasks {
      Remarks.refusalOfVersions(unless: Self.templates, HandedOver.clusterTemplates)
      Remarks.thatNo(
        "cluster template", isIn: declared, [Self.templates, MagnumVariables.versions],
        unless: HandedOver.clusterTemplates)
      Block("Keep the cluster templates as they are declared") {
        numbered.each(
          Task("Keep the cluster templates", Self.declared.action(for: Self.template.expression))
        )
        .register(Self.results)
      } always: {
        // Where one has failed, too.
        Task(
          "Tell what else was done to cluster templates",
          Builtin.debug(msg: Remarks.showing(Self.actions.expression))
        )
        .vars([
          Self.actions.name:
            "\(Self.results["results"].default(Expression.emptyList).filter("selectattr", "actions", "defined").filter("map", named: ["attribute": "actions"]).filter("flatten"))"
        ])
        .when(Self.actions.length > 0)
      }
    }
  }

  /// What a version stands for.
  @Sendable private static func template(of version: Variable) -> Expression {
    let own: Value = [
      "name": "k8s-\(version)", "image": "\(MagnumVariables.imagePrefix)\(version)",
      "labels": ["kube_tag": "\(version)"],
    ]
    return attributes.filter("combine", own, named: ["recursive": true])
  }
}
