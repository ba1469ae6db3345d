import AnsibleContent

/// Removes what the functional test created, and only that: what existed before stays.
enum FunctionalTestCleanup {
  /// A kind of thing that the test creates.
  private struct Kind: Sendable {
    let title: String
    /// What was there before, as the listing module returns it.
    let before: Variable
    /// The same, when the test is over.
    let made: Variable
    /// The same, when the test has removed what it could.
    let after: Variable
    let list: Action
    /// Key of the list in the listing's result.
    let key: String
    /// What tells one of them from others of its name.
    let id: String
    /// The project of one; nil where the kind belongs to none, or the test to several.
    let project: String?
    /// Names of what the test creates.
    let created: Expression
    let remove: @Sendable (Value) -> Action

    init(
      _ title: String, list: Action, key: String, id: String, project: String? = nil,
      created: Expression,
      remove: @escaping @Sendable (Value) -> Action
    ) {
      self.title = title
      before = .registered("_functional_test_\(key)_before")
      made = .registered("_functional_test_\(key)_made")
      after = .registered("_functional_test_\(key)_after")
      self.list = list
      self.key = key
      self.id = id
      self.project = project
      self.created = created
      self.remove = remove
    }

    /// What the test has made: others may have things of these names, and an administrator sees them.
    func own(of listed: Variable) -> Expression {
      let new = listed[key].filter("selectattr", "name", "in", created)
        .filter(
          "rejectattr", id, "in", before[key].filter("map", named: ["attribute": id]).filter("list")
        )
      guard let project else { return new.filter("list") }
      return new.filter(
        "selectattr", project, "equalto", FunctionalTestCleanup.clusters.before["project_id"]
      )
      .filter("list")
    }
    var left: Expression { own(of: after).filter("map", named: ["attribute": "name"]) }
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
      kinds.map { Task("List the \($0.title) that are there now", $0.list).register($0.made) }
      removal(of: clusters) {
        Task(
          "Wait until the workload clusters of the test are gone",
          Mcapi.magnumCluster(
            uuid: "\(Expression.item["uuid"])", state: "absent", waitTimeout: 900, cloud: cloud,
            regionName: region, interface: interface)
        )
        .loop("\(clusters.own(of: clusters.made))", label: "\(Expression.item["name"])")
      }
      for kind in kinds.dropFirst() { removal(of: kind) }
      kinds.map { Task("List the \($0.title) that are left", $0.list).register($0.after) }
      Task(
        "Refuse to leave anything of the test",
        Builtin.fail(
          msg: """
            Of the test are left: \(leftOver.filter("join", "; ")). The messages above say why. Remove them by \
            hand, since the next run takes them for something that was there before.
            """)
      )
      .vars(.fields([(leftOver.name, "\(left)" as Value)]))
      .when(leftOver.length > 0)
    }
    .when(Operator.testCleanup.bool)
  }

  /// What cannot be removed does not keep the rest.
  private static func removal(
    of kind: Kind, @TasksBuilder then wait: () -> Tasks = { Tasks() }
  ) -> Block {
    Block("Remove the \(kind.title) of the test") {
      Task("Remove the \(kind.title)", kind.remove("\(Expression.item[kind.id])"))
        .loop("\(kind.own(of: kind.made))", label: "\(Expression.item["name"])")
      wait()
    } rescue: {
      Task(
        "Go on without the \(kind.title)",
        Builtin.debug(msg: "Not all \(text: kind.title) of the test were removed."))
    }
  }

  private static let leftOver = Variable.registered("_functional_test_left")
  private static var left: Expression {
    kinds.map { kind in
      (kind.own(of: kind.after).length > 0).then(
        Expression.list("\(kind.title) " ~ kind.left.filter("join", ", ")),
        else: Expression.emptyList)
    }
    .reduce(Expression.emptyList) { $0 + $1 }
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
      "workload clusters",
      list: magnum("clusters"), key: "clusters", id: "uuid", project: "project_id",
      created: (FunctionalTest.templates
        .filter("map", named: ["attribute": "clusters", "default": Expression.emptyList])
        .filter("flatten") + FunctionalTest.clusters)
        .filter("map", named: ["attribute": "name"]).filter("list")
    ) {
      // One that is not made in time is not waited for any longer, as our own module would.
      OpenStackCloud.coeCluster(
        name: $0, cloud: cloud, interface: interface, regionName: region, state: "absent",
        wait: false)
    },
    Kind(
      "cluster templates",
      list: magnum("cluster_templates"), key: "cluster_templates", id: "uuid",
      project: "project_id",
      created: names(FunctionalTest.coe, "templates")
    ) {
      Mcapi.magnumClusterTemplate(
        uuid: $0, state: "absent", cloud: cloud, regionName: region, interface: interface)
    },
    Kind(
      "images",
      list: OpenStackCloud.imageInfo(cloud: cloud, interface: interface, regionName: region),
      key: "images", id: "id", project: "owner", created: names(FunctionalTest.image, "images")
    ) {
      OpenStackCloud.image(
        name: $0, cloud: cloud, interface: interface, regionName: region, state: "absent")
    },
    Kind(
      "keypairs",
      list: OpenStackCloud.keypairInfo(cloud: cloud, interface: interface, regionName: region),
      key: "keypairs", id: "name", created: names(FunctionalTest.compute, "keypairs")
    ) {
      OpenStackCloud.keypair(
        name: $0, cloud: cloud, interface: interface, regionName: region, state: "absent")
    },
    Kind(
      "flavors",
      list: OpenStackCloud.computeFlavorInfo(
        cloud: cloud, interface: interface, regionName: region),
      key: "flavors", id: "name",
      created: FunctionalTest.compute["flavors"].default(Expression.emptyList)
        .filter("map", named: ["attribute": "specs"]).filter("flatten")
        .filter("map", named: ["attribute": "name"]).filter("list")
    ) {
      OpenStackCloud.computeFlavor(
        name: $0, cloud: cloud, interface: interface, regionName: region, state: "absent")
    },
    Kind(
      "networks",
      list: OpenStackCloud.networksInfo(cloud: cloud, interface: interface, regionName: region),
      key: "networks", id: "id", created: names(FunctionalTest.network, "networks")
    ) {
      OpenStackCloud.network(
        name: $0, cloud: cloud, interface: interface, regionName: region, state: "absent")
    },
  ]

  private static func magnum(_ what: Value) -> Action {
    Mcapi.magnumInfo(gather: [what], cloud: cloud, regionName: region, interface: interface)
  }
}
