internal import ByteText
internal import CPosix
internal import JSON

/// What Magnum's API is asked about clusters.
///
/// Facts: `ClustersController`, `ActionsController` and `NodeGroupController` of Magnum 18 to 23, and
/// the drivers' handlers in its conductor. `PATCH /clusters/ID` with another node_count is not among
/// them: the Cluster API driver does not do it.
struct ClusterRequests {
  /// The first one that lets a cluster have no workers; node groups came in 1.9.
  private static var microversion: String { "1.10" }

  let session: Session

  // MARK: Looking

  /// Nil where there is none, or none yet: Magnum answers before its conductor has written a cluster.
  @inline(never)
  func find(uuid: String) throws(OpenStackError) -> Cluster? {
    guard let body = try get("/clusters/" + percentEncoded(uuid), [404]) else { return nil }
    return try whole(body)
  }

  /// The one of this name in the token's project; nil where there is none.
  ///
  /// Throws where there are several, with how to tell them apart.
  func find(name: String) throws(OpenStackError) -> Cluster? {
    let project = try session.requiredProjectID()
    if isPlain(name) {
      guard let body = try get("/clusters/" + name, [404, 409]) else { return nil }
      // Magnum looks into all projects that the user sees.
      if body["uuid"] != nil {
        return memberText(body, "project_id") == project ? try whole(body) : nil
      }
    }
    let found = try own(named: name)
    if found.count > 1 {
      var bodies: [JSONValue] = []
      for cluster in found { bodies.append(.object(cluster.fields)) }
      throw several("clusters", name, bodies)
    }
    return found.isEmpty ? nil : try whole(.object(found[0].fields))
  }

  /// The clusters of this name in the token's project, the oldest first, without their node groups:
  /// those that are on their way out only where there are no others.
  @inline(never)
  func own(named name: String) throws(OpenStackError) -> [Cluster] {
    var found: [Cluster] = []
    var isLeaving = true
    for body in try own("/clusters/detail", "clusters", name) {
      let cluster = try Cluster(body, [])
      if cluster.isLeaving && !isLeaving { continue }
      if !cluster.isLeaving && isLeaving { found = [] }
      isLeaving = cluster.isLeaving
      found.append(cluster)
    }
    return found
  }

  /// Of a list those of this name in the token's project: an administrator sees everybody's.
  @inline(never)
  private func own(
    _ path: String, _ member: String, _ name: String
  ) throws(OpenStackError) -> [JSONValue] {
    let project = try session.requiredProjectID()
    var found: [JSONValue] = []
    for body in try list(path, member)
    where memberText(body, "name") == name && memberText(body, "project_id") == project {
      found.append(body)
    }
    return found
  }

  /// The template of a UUID; or of a name, where it is the token's project's or the only one and public.
  /// Throws where there is none, or where there are several.
  func template(_ ident: String) throws(OpenStackError) -> ClusterTemplate {
    let project = try session.requiredProjectID()
    if let body = try get("/clustertemplates/" + percentEncoded(ident), [404, 409]) {
      var found = [body]
      // Where there are several of a name, the answer is none of them.
      if body["uuid"] == nil {
        found = try own("/clustertemplates", "clustertemplates", ident)
      } else if memberText(body, "uuid") != ident && memberText(body, "project_id") != project
        && body["public"]?.bool != true
      {
        found = []
      }
      if found.count > 1 { throw several("cluster templates", ident, found) }
      if let body = found.first { return try ClusterTemplate(body) }
    }
    throw OpenStackError(
      .notFound,
      "there is no cluster template " + ident + " of this project, and no single one that is public"
    )
  }

  @inline(never)
  private func several(
    _ what: String, _ name: String, _ bodies: [JSONValue]
  ) -> OpenStackError {
    var words: [String] = []
    for body in bodies {
      words.append(memberText(body, "uuid") + " (created " + memberText(body, "created_at"))
    }
    return OpenStackError(
      .conflict,
      words.count.description + " " + what + " of this project are named " + name + ": "
        + words.joined(separator: "), ") + "); name one by its uuid")
  }

  /// A cluster with its node groups.
  ///
  /// - Parameter explains: whether node groups that are not complete have the reason that Magnum has:
  ///   a request each, since lists have none.
  @inline(never)
  func whole(_ body: JSONValue, explains: Bool = false) throws(OpenStackError) -> Cluster {
    let path = "/clusters/" + memberText(body, "uuid") + "/nodegroups"
    var groups: [JSONValue] = []
    for group in try get(path, [404])?["nodegroups"]?.array ?? [] {
      guard var fields = group.object else { continue }
      fields["links"] = nil
      if explains {
        fields["status_reason"] = .null
        if !memberText(group, "status").bytes[...].ends(with: "_COMPLETE") {
          let group = try get(path + "/" + memberText(group, "uuid"), [404])
          fields["status_reason"] = group?["status_reason"] ?? .null
        }
      }
      groups.append(.object(fields))
    }
    return try Cluster(body, groups)
  }

  /// All of a list, page by page.
  func list(_ path: String, _ member: String) throws(OpenStackError) -> [JSONValue] {
    let end = cposix_clock() + 10_000
    while true {
      do throws(OpenStackError) { return try session.list(path, member) } catch {
        try pause(error, end)
      }
    }
  }

  /// The body of an answer; nil for 404, if that is allowed.
  @inline(never)
  func get(_ path: String, _ allowed: [Int]) throws(OpenStackError) -> JSONValue? {
    let end = cposix_clock() + 10_000
    while true {
      do throws(OpenStackError) {
        let answer = try session.request(
          .get, .containerInfra, path, microversion: Self.microversion, allowed: allowed)
        return answer.status == 404 ? nil : answer.body
      } catch { try pause(error, end) }
    }
  }

  /// Waits a moment where Magnum refuses to show a cluster that has no node groups yet, or no more:
  /// its own answer is against its own rules then. Throws any other error, and this one in the end.
  private func pause(_ error: OpenStackError, _ end: Int64) throws(OpenStackError) {
    if error.status != 400 || error.message.place(of: "master_count") == nil
      || cposix_clock() > end
    {
      throw error
    }
    cposix_sleep(200)
  }

  // MARK: Acting

  /// The UUID of what Magnum then makes.
  func post(_ body: JSONObject) throws(OpenStackError) -> String {
    let answer = try sent("/clusters", body)
    guard let uuid = answer["uuid"]?.string else {
      throw OpenStackError(.mayHaveSucceeded, "Magnum's answer to POST /clusters has no uuid")
    }
    return uuid
  }

  /// Begins a change.
  func begin(
    _ change: ClusterChange, of cluster: Cluster, batch: Int?
  ) throws(OpenStackError) {
    var body = JSONObject()
    var action = "upgrade"
    if change.new.int == nil {
      body["cluster_template"] = change.new
      // Without it Magnum fails.
      body["max_batch_size"] = .int(batch ?? 1)
    } else {
      action = "resize"
      body["node_count"] = change.new
      body["nodegroup"] =
        cluster.defaultGroup(isMaster: change.name == "master_count")["uuid"] ?? .null
    }
    _ = try sent("/clusters/" + cluster.uuid + "/actions/" + action, body)
  }

  @inline(never)
  func delete(_ uuid: String) throws(OpenStackError) {
    _ = try session.request(
      .delete, .containerInfra, "/clusters/" + uuid, microversion: Self.microversion,
      allowed: [404])
  }

  private func sent(_ path: String, _ body: JSONObject) throws(OpenStackError) -> JSONValue {
    try session.request(
      .post, .containerInfra, path, body: .object(body), microversion: Self.microversion
    ).body
  }
}
