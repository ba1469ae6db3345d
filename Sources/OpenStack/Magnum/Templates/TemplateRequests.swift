internal import ByteText
internal import CPosix
internal import JSON

/// What Magnum's API is asked about cluster templates.
///
/// Facts: `ClusterTemplatesController` of Magnum 21 to 23, and its database layer.
final class TemplateRequests {
  let session: Session
  /// What there is of the things that templates refer to, by the path that was asked for it.
  var answers = JSONObject()

  init(session: Session) { self.session = session }

  /// All templates of the token's project, the oldest first. The API lists those of others too, where
  /// they are public or the user is an administrator.
  func own() throws(OpenStackError) -> [ClusterTemplate] {
    let project = try session.requiredProjectID()
    var templates: [ClusterTemplate] = []
    for body in try session.list("/clustertemplates", "clustertemplates") {
      let template = try ClusterTemplate(body)
      if template.projectID == project { templates.append(template) }
    }
    return templates
  }

  /// Nil where there is none.
  func find(uuid: String) throws(OpenStackError) -> ClusterTemplate? {
    let answer = try session.request(
      .get, .containerInfra, "/clustertemplates/" + percentEncoded(uuid), allowed: [404])
    return answer.status == 404 ? nil : try ClusterTemplate(answer.body)
  }

  /// The one of this name in the token's project; nil where there is none.
  ///
  /// Throws where there are several, with how to tell them apart.
  func find(name: String) throws(OpenStackError) -> ClusterTemplate? {
    let project = try session.requiredProjectID()
    if isPlain(name) {
      let answer = try session.request(
        .get, .containerInfra, "/clustertemplates/" + name, allowed: [404, 409])
      if answer.status == 404 { return nil }
      if answer.status != 409 {
        let template = try ClusterTemplate(answer.body)
        // Magnum looks into all projects that the user sees: it is the only one.
        return template.projectID == project ? template : nil
      }
    }
    return try only(settled(name), named: name)
  }

  /// All templates of the project, once no two of them have this name, or after a while: of those that
  /// are made at the same time all but one go in a moment. It looks twice as often as whoever makes one
  /// and may have to delete it.
  func settled(_ name: String) throws(OpenStackError) -> [ClusterTemplate] {
    var looksLeft = 16
    while true {
      let all = try own()
      looksLeft -= 1
      if named(name, among: all).count < 2 || looksLeft == 0 { return all }
      cposix_sleep(Int64(session.limits.pause))
    }
  }

  /// Makes a template.
  ///
  /// Where no good answer came it looks whether there is one now, and only then asks once more. Where
  /// somebody else has made one of the same name at the same time, `elder(than:)` says which stays.
  func create(_ body: JSONObject, known: [ClusterTemplate]) throws(OpenStackError) -> Created {
    let name = body["name"]?.string ?? ""
    var created = try posted(body, name, known)
    if created == nil { created = try posted(body, name, known) }
    guard let created else {
      throw OpenStackError(
        .mayHaveSucceeded,
        "Magnum was asked twice to make the cluster template \(name), gave no good answer, and has"
          + " none; look at its log")
    }
    if !created.isOurs { return created }
    let made = created.template
    var others: [ClusterTemplate] = []
    let first = try elder(than: made.uuid, pause: session.limits.pause) {
      () throws(OpenStackError) in
      others = []
      for template in named(name, among: try own()) where !contains(known, template) {
        others.append(template)
      }
      return others.map { $0.uuid }
    }
    if first == nil { return created }
    if try !delete(made) {
      throw OpenStackError(
        .conflict,
        "somebody else has made the cluster template \(name) \(others[0].uuid) at the same time, and"
          + " clusters refer to \(made.uuid) already: delete one of them")
    }
    return Created(template: others[0], isOurs: false)
  }

  struct Created {
    let template: ClusterTemplate
    /// Whether this has certainly made it. One that may be somebody else's need not be as it was wanted.
    let isOurs: Bool
  }

  /// Nil where the request got no good answer and made nothing, nor anybody else.
  private func posted(
    _ body: JSONObject, _ name: String, _ known: [ClusterTemplate]
  ) throws(OpenStackError) -> Created? {
    do throws(OpenStackError) {
      let answer = try session.request(
        .post, .containerInfra, "/clustertemplates", body: .object(body))
      return Created(template: try ClusterTemplate(answer.body), isOurs: true)
    } catch {
      if !mayBeDone(error) { throw error }
    }
    for template in named(name, among: try own()) where !contains(known, template) {
      return Created(template: template, isOurs: false)
    }
    return nil
  }

  /// Changes a template; nil where clusters that refer to it forbid that, and nothing is changed.
  ///
  /// A template in use takes one attribute a request: where all may change then, each goes alone.
  /// Where no good answer came it looks what there is now, and asks once more for the rest.
  func change(
    _ template: ClusterTemplate, to wanted: WantedTemplate
  ) throws(OpenStackError) -> ClusterTemplate? {
    var template = template
    var triesLeft = 2
    // No more than one request an attribute, and one that got lost.
    for _ in 0...TemplateField.all.count {
      let changes = try wanted.changes(to: template)
      var first = changes
      let areChangeable = areChangeableInUse(changes)
      if areChangeable { first = Array(changes.prefix(1)) }
      if first.isEmpty { return template }
      do throws(OpenStackError) {
        let answer = try session.request(
          .patch, .containerInfra, "/clustertemplates/" + template.uuid,
          body: .array(first.map { $0.operation }))
        template = try ClusterTemplate(answer.body)
        if !areChangeable || changes.count == 1 { return template }
      } catch {
        if isReferenced(error) { return nil }
        triesLeft -= 1
        if !mayBeDone(error) || triesLeft == 0 { throw error }
        guard let now = try find(uuid: template.uuid) else { throw error }
        template = now
      }
    }
    throw OpenStackError(
      .unreadable,
      "Magnum takes changes to cluster template \(template.uuid) and does not keep them")
  }

  /// Whether the template is gone; false where clusters refer to it.
  func delete(_ template: ClusterTemplate) throws(OpenStackError) -> Bool {
    do throws(OpenStackError) {
      _ = try session.request(
        .delete, .containerInfra, "/clustertemplates/" + template.uuid, allowed: [404])
      return true
    } catch {
      if isReferenced(error) { return false }
      throw error
    }
  }

  /// The templates that clusters refer to, by UUID and name of the cluster. Clusters of other projects
  /// are seen by an administrator alone.
  func references() throws(OpenStackError) -> [(template: String, cluster: String)] {
    var references: [(template: String, cluster: String)] = []
    for cluster in try ClusterRequests(session: session).list("/clusters", "clusters") {
      references.append(
        (cluster["cluster_template_id"]?.string ?? "", cluster["name"]?.string ?? ""))
    }
    return references
  }

  /// Whether it is no answer to rely on, or one that has no template in it.
  private func mayBeDone(_ error: OpenStackError) -> Bool {
    error.kind == .mayHaveSucceeded || error.kind == .unreadable
  }

  private func isReferenced(_ error: OpenStackError) -> Bool {
    error.status == 400 && error.message.place(of: "is referenced by") != nil
  }
}

/// Those with this name.
@inline(never)
func named(_ name: String, among templates: [ClusterTemplate]) -> [ClusterTemplate] {
  var found: [ClusterTemplate] = []
  for template in templates where template.name == name { found.append(template) }
  return found
}

/// The only one with this name; nil where there is none. Throws where there are several.
@inline(never)
func only(
  _ templates: [ClusterTemplate], named name: String
) throws(OpenStackError) -> ClusterTemplate? {
  let found = named(name, among: templates)
  if found.count < 2 { return found.first }
  throw OpenStackError(
    .conflict,
    "\(found.count.description) cluster templates of this project are named \(name):"
      + " \(found.map { $0.introduction }.listed); name one by its uuid")
}

@inline(never)
func contains(_ templates: [ClusterTemplate], _ template: ClusterTemplate) -> Bool {
  for known in templates where known.uuid == template.uuid { return true }
  return false
}

/// Whether Magnum takes it for a name, where it stands in an address: longer ones may be a UUID to it,
/// and some are places of its own.
func isPlain(_ text: String) -> Bool {
  text.utf8.count < 32 && text != "detail" && text != "actions" && text != "nodegroups"
    && percentEncoded(text) == text
}

/// Whether Magnum may take it for a UUID.
@inline(never)
func isUUID(_ text: String) -> Bool {
  var digits = 0
  for byte in text.bytes where byte != UInt8(ascii: "-") {
    digits += byte.isOne(of: "0123456789abcdefABCDEF") ? 1 : 33
  }
  return digits == 32
}

/// Throws for what is no UUID: Magnum would take it for a name, in any project.
@inline(never)
func checkUUID(_ text: String) throws(OpenStackError) {
  if !isUUID(text) {
    throw OpenStackError(
      .configuration, "uuid is no UUID, but a name: " + text)
  }
}
