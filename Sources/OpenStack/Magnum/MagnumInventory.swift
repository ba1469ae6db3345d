internal import ByteText
public import JSON

/// What Magnum has, for somebody to look at.
public struct MagnumInventory {
  private let requests: ClusterRequests
  /// Empty for all.
  private let name: String

  /// - Parameter name: the name or UUID of the templates and clusters that are told of; nil for all.
  public init(_ session: Session, name: String?) {
    requests = ClusterRequests(session: session)
    self.name = name ?? ""
  }

  /// The cluster templates that the user sees, without their links, and without the passwords in the
  /// addresses of proxies.
  public func templates() throws(OpenStackError) -> [JSONValue] {
    var templates: [JSONValue] = []
    for body in try requests.list("/clustertemplates", "clustertemplates") where isMeant(body) {
      templates.append(.object(try ClusterTemplate(body).fields.withoutPasswords))
    }
    return templates
  }

  /// The clusters that the user sees, without their links, and with their node groups: of those that
  /// are not complete with the reason that Magnum has.
  public func clusters() throws(OpenStackError) -> [JSONValue] {
    var clusters: [JSONValue] = []
    for body in try requests.list("/clusters/detail", "clusters") where isMeant(body) {
      clusters.append(.object(try requests.whole(body, explains: true).fields))
    }
    return clusters
  }

  /// The processes of Magnum. Throws where the user is no administrator.
  public func services() throws(OpenStackError) -> [JSONValue] {
    do throws(OpenStackError) {
      return try requests.get("/mservices", [])?["mservices"]?.array ?? []
    } catch {
      if error.kind != .forbidden { throw error }
      throw OpenStackError(
        .forbidden,
        "Magnum's services are an administrator's to see: gather without services, or enter as an"
          + " administrator (\(error.message))", status: error.status, requestID: error.requestID)
    }
  }

  /// How many clusters and nodes there are.
  public func stats() throws(OpenStackError) -> JSONValue {
    try requests.get("/stats", []) ?? .null
  }

  private func isMeant(_ body: JSONValue) -> Bool {
    name.isEmpty || (body["name"]?.string ?? "") == name
      || (body["uuid"]?.string ?? "") == name
  }
}
