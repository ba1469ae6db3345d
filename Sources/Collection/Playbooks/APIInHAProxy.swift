import AnsibleContent

/// The API servers as HAProxy knows them: where a play finds them there, and what it does to them.
enum APIInHAProxy {
  private static let service = Variable.play(
    "mcapi_haproxy_service", type: .dict,
    default:
      "\((withPort("haproxy_backend_port", of: services) + withPort("haproxy_port", of: services.filter("rejectattr", "haproxy_backend_port", "defined"))).first.default(Expression.emptyMapping))",
    "The Kubernetes API: the first of k8s_haproxy_services with backend port 6443, or with port 6443 and no backend port."
  )
  private static let backend = Variable.play(
    "mcapi_haproxy_backend", default: "\(service["haproxy_service_name"])-back",
    "HAProxy's name for the API servers.")
  private static let server = Variable.play(
    "mcapi_haproxy_server",
    default: "\((nodesOfThisHost + Expression.list(Ansible.inventoryHostname)).first)",
    "HAProxy's name for the host: that of a node with its management address, or the inventory's.")

  private static let hosts = Variable.play(
    "mcapi_haproxy_hosts_of_service", type: .list(.str),
    default: "\(isWritten.then(Operator.haproxyHosts, else: Expression.emptyList))",
    "Hosts whose HAProxy has the service: mcapi_haproxy_hosts, or none where it is switched off.")

  /// What a play declares to use the tasks below.
  static let variables = [service, backend, server, hosts]

  /// Whether HAProxy has services, and the API is not among them.
  static let isUnknown =
    services.length > 0 && service.length == 0 && Operator.haproxyHosts.length > 0

  /// Whether there is any HAProxy to be told.
  static let isThere = hosts.length > 0

  /// A task done once for each host of HAProxy, and there.
  static func task(_ name: String, state: Value, wait: Value? = nil) -> Task {
    Task(
      name,
      Mcapi.haproxyBackend(
        backend: "\(backend)", servers: ["\(server)"], state: state, wait: wait)
    )
    .loop("\(hosts)")
    .delegate(to: "\(Expression.item)")
  }

  /// The host gets its share of clients, and the task ends when HAProxy has seen its API server
  /// answer. A health check that an operator has taken away cannot be waited for.
  static func ready(_ name: String) -> Task {
    let wait: Value = [
      "check": "passed_or_none", "deadline": "\(Operator.haproxyWaitSeconds)",
    ]
    return task(
      name, state: "ready",
      wait: "\((Operator.haproxyWaitSeconds.int > 0).then(wait, else: Expression.omit))")
  }

  /// Whether there is a service, which OpenStack-Ansible's role writes and does not remove.
  private static let isWritten =
    service["haproxy_service_enabled"].default(service.length > 0).bool
    && service["state"].default("present") != "absent"

  private static let services = Operator.haproxyServices.default(Expression.emptyList)

  private static func withPort(_ key: String, of services: Expression) -> Expression {
    services.filter("selectattr", key, "defined")
      .filter("selectattr", key, "in", [6443, "6443"] as Value).filter("list")
  }

  /// An operator may name a node otherwise than the inventory does, and then gives its address.
  private static let nodesOfThisHost = service["haproxy_backend_nodes"].default(
    Expression.emptyList
  )
  .filter("selectattr", "ip_addr", "defined")
  .filter("selectattr", "ip_addr", "==", OSA.managementAddress)
  .filter("map", named: ["attribute": "name"]).filter("list")
}
