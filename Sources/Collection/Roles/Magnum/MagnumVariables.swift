import AnsibleContent

/// Variables that the roles `images`, `cluster_templates` and `workload_cluster` share.
enum MagnumVariables {
  static let cloud = Variable.role(
    "mcapi_magnum_cloud", default: "default",
    "The cloud of clouds.yaml that is used: for all images, and for a template or cluster whose dictionary names none."
  )
  static let interface = Variable.role(
    "mcapi_magnum_interface", default: "internal",
    "The interface of the catalog that is used with it.", choices: ["public", "internal", "admin"])
  static let versions = Variable.role(
    "mcapi_magnum_kubernetes_versions", type: .list(.str), default: [],
    "Versions of Kubernetes, such as v1.34.2. Each stands for one image and one cluster template, where mcapi_magnum_images and mcapi_magnum_cluster_templates are not set."
  )
  static let imagePrefix = Variable.role(
    "mcapi_magnum_image_prefix", default: "ubuntu-22.04-",
    "What stands before the version in the names of these images.")

  /// The cloud that is used, and its interface.
  static var usedCloud: Expression { HandedOver.cloud.default(cloud) }
  static var usedInterface: Expression { HandedOver.interface.default(interface) }
  static var region: Expression { OSA.serviceRegion.default(Expression.omit) }

  /// How the modules of this collection enter the cloud. A dictionary that names a file of variables
  /// or credentials says all of it.
  static func access(_ item: Expression) -> [String: Expression] {
    let saysItself = item["auth"].isDefined || item["openrc"].isDefined
    return [
      "cloud": saysItself.ternary(Expression.omit, usedCloud),
      "interface": saysItself.ternary(Expression.omit, usedInterface),
      "region_name": saysItself.ternary(Expression.omit, region),
    ]
  }
}

/// The dictionaries of a list one after the other, by number: what Ansible shows of a loop is its
/// element, and a dictionary may hold credentials. Each task of the loop has ``vars``.
struct Numbered: Sendable {
  let list: Variable
  let number: Variable
  /// The dictionary at the number.
  let entry: Variable
  let vars: [(String, Value)]

  /// - Parameters:
  ///   - name: What one of them is called.
  ///   - declared: The operator's list.
  ///   - other: Makes a dictionary of an element that is none.
  init(
    _ name: String, of declared: Expression,
    other: @Sendable (Variable) -> Expression? = { _ in nil }
  ) {
    list = .registered("_\(name)s")
    number = .registered("_\(name)_number")
    entry = .registered("_\(name)")
    let element = Variable.registered("_\(name)_declared")
    let own: Value = "\(list.expression[number])"
    var vars: [(String, Value)] = [(list.name, "\(declared)")]
    if let whole = other(element) {
      vars.append((element.name, own))
      vars.append((entry.name, "\(element.is("mapping").then(element, else: whole))"))
    } else {
      vars.append((entry.name, own))
    }
    self.vars = vars
  }

  /// The task, for each of them.
  func each(_ task: Task) -> Task {
    task.vars(.fields(vars))
      .loop(
        "\(Expression.range(list.length))", as: number,
        label: "\(entry["name"].default(entry["uuid"].default(number)))")
  }
}
