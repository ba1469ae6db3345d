import AnsibleContent

/// Removes what the functional test created, and only that: what existed before stays.
enum FunctionalTestCleanup {
  /// A kind of thing that the test creates.
  private struct Kind: Sendable {
    let title: String
    /// What was there before, as the listing module returns it.
    let before: Variable
    let list: Action
    /// Key of the list in the listing's result.
    let key: String
    /// Names of what the test creates.
    let created: Expression
    let remove: @Sendable (Value) -> Action

    /// Names that did not exist before.
    var own: Expression {
      created.filter(
        "difference", before[key].filter("map", named: ["attribute": "name"]).filter("list"))
    }
  }

  /// Notes what exists, before anything is created.
  @TasksBuilder static var remember: Tasks {
    Block("Note what exists before the test") {
      kinds.map { Task("List the \($0.title)", $0.list).register($0.before) }
    }
    .when(Operator.testCleanup.bool)
  }

  /// The cluster first, since it holds the rest.
  @TasksBuilder static var tasks: Tasks {
    Block("Remove what the test created") {
      removal(of: clusters)
      Task(
        "Wait until the workload clusters of the test are gone",
        Mcapi.magnumCluster(
          name: "\(Expression.item)", state: "absent", waitTimeout: 900, cloud: cloud,
          regionName: region, interface: interface)
      )
      .loop("\(clusters.own)")
      kinds.dropFirst().map(removal)
    }
    .when(Operator.testCleanup.bool)
  }

  private static func removal(of kind: Kind) -> Task {
    Task("Remove the \(kind.title) of the test", kind.remove("\(Expression.item)")).loop(
      "\(kind.own)")
  }

  private static var clusters: Kind { kinds[0] }

  private static let cloud = FunctionalTest.cloud
  private static let interface = FunctionalTest.interface
  private static let region = FunctionalTest.region

  private static func names(_ variable: Variable, _ key: String) -> Expression {
    variable[key].default(Expression.emptyList).filter("map", named: ["attribute": "name"]).filter(
      "list")
  }

  private static let kinds = [
    Kind(
      title: "workload clusters", before: .registered("_functional_test_clusters_before"),
      list: magnum("clusters"), key: "clusters",
      created: FunctionalTest.templates
        .filter("map", named: ["attribute": "clusters", "default": Expression.emptyList])
        .filter("flatten").filter("map", named: ["attribute": "name"]).filter("list")
    ) {
      // One that is not made in time is not waited for any longer, as our own module would.
      OpenStackCloud.coeCluster(
        name: $0, cloud: cloud, interface: interface, regionName: region, state: "absent",
        wait: false)
    },
    Kind(
      title: "cluster templates", before: .registered("_functional_test_templates_before"),
      list: magnum("cluster_templates"), key: "cluster_templates",
      created: names(FunctionalTest.coe, "templates")
    ) {
      Mcapi.magnumClusterTemplate(
        name: $0, state: "absent", cloud: cloud, regionName: region, interface: interface)
    },
    Kind(
      title: "images", before: .registered("_functional_test_images_before"),
      list: OpenStackCloud.imageInfo(cloud: cloud, interface: interface, regionName: region),
      key: "images", created: names(FunctionalTest.image, "images")
    ) {
      OpenStackCloud.image(
        name: $0, cloud: cloud, interface: interface, regionName: region, state: "absent")
    },
    Kind(
      title: "keypairs", before: .registered("_functional_test_keypairs_before"),
      list: OpenStackCloud.keypairInfo(cloud: cloud, interface: interface, regionName: region),
      key: "keypairs", created: names(FunctionalTest.compute, "keypairs")
    ) {
      OpenStackCloud.keypair(
        name: $0, cloud: cloud, interface: interface, regionName: region, state: "absent")
    },
    Kind(
      title: "flavors", before: .registered("_functional_test_flavors_before"),
      list: OpenStackCloud.computeFlavorInfo(
        cloud: cloud, interface: interface, regionName: region),
      key: "flavors",
      created: FunctionalTest.compute["flavors"].default(Expression.emptyList)
        .filter("map", named: ["attribute": "specs"]).filter("flatten")
        .filter("map", named: ["attribute": "name"]).filter("list")
    ) {
      OpenStackCloud.computeFlavor(
        name: $0, cloud: cloud, interface: interface, regionName: region, state: "absent")
    },
    Kind(
      title: "networks", before: .registered("_functional_test_networks_before"),
      list: OpenStackCloud.networksInfo(cloud: cloud, interface: interface, regionName: region),
      key: "networks", created: names(FunctionalTest.network, "networks")
    ) {
      OpenStackCloud.network(
        name: $0, cloud: cloud, interface: interface, regionName: region, state: "absent")
    },
  ]

  private static func magnum(_ what: Value) -> Action {
    Mcapi.magnumInfo(gather: [what], cloud: cloud, regionName: region, interface: interface)
  }
}
