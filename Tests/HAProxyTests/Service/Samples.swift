import HAProxy
import JSON

enum Samples {
  static let variables: JSONObject = [
    "haproxy_bind_external_lb_vip_address": "198.51.100.5",
    "haproxy_bind_internal_lb_vip_address": "172.29.236.9", "hostname": "infra1",
  ]

  /// A service that has nothing wrong, changed.
  static func web(_ changes: JSONObject = [:], without keys: [String] = []) -> JSONObject {
    var service: JSONObject = [
      "haproxy_service_name": "web", "haproxy_port": 8080, "haproxy_balance_type": "http",
      "haproxy_backend_nodes": [["name": "c1", "ip_addr": "172.29.236.11"]],
    ]
    service.merge(changes)
    for key in keys { service[key] = nil }
    return service
  }

  static func read(
    _ service: JSONObject, _ changes: JSONObject = [:], series: Series = .since2025
  ) throws -> Service {
    var variables = variables
    variables.merge(changes)
    return try Service(service, RoleVariables(variables, hostName: "host"), series: series)
  }

  static func message(_ service: JSONObject, _ variables: JSONObject = [:]) -> String {
    do {
      _ = try read(service, variables)
      return "(it was taken)"
    } catch {
      return (error as? ServiceError)?.message ?? "\(error)"
    }
  }
}
