internal import ByteText
public import JSON

/// Keeps a cluster template as it is wanted: makes, changes, replaces or removes it.
public final class TemplateKeeper {
  /// What is done where clusters refer to a template, and what has to change may not then.
  public enum Immutable: Sendable {
    /// Nothing: it is an error.
    case fail
    /// A new template takes the name; the old one gets another, and is hidden.
    case replace
    /// A new template, `NAME-` and a hash of what it is; the old one is hidden.
    case version
  }

  /// What was done, or would be. Passwords in the addresses of proxies are not shown.
  public struct Outcome: Sendable {
    /// Whether anything was done, or would be.
    public fileprivate(set) var changed = false
    /// The attributes before, as far as they change; the whole template where it comes or goes.
    public fileprivate(set) var before = JSONObject()
    /// The same attributes after it; none where the template goes.
    public fileprivate(set) var after = JSONObject()
    /// Nil where there is none. As it would be, in a rehearsal: without `uuid` where it would be made.
    public fileprivate(set) var template: JSONObject?
    /// What was done besides, whole sentences.
    public fileprivate(set) var remarks: [String] = []
  }

  private let requests: TemplateRequests
  private let name: String?
  private let uuid: String?
  private let immutable: Immutable
  /// Whether nothing is written.
  private let isRehearsal: Bool
  /// What was done so far: also where something is thrown.
  public var outcome: Outcome {
    var shown = state
    shown.before = shown.before.withoutPasswords
    shown.after = shown.after.withoutPasswords
    shown.template = shown.template?.withoutPasswords
    return shown
  }
  private var state = Outcome()

  /// - Parameters:
  ///   - name: within the project of the session.
  ///   - uuid: in place of the name, which it then gets.
  ///   - isRehearsal: whether only to say what would be done. No request writes anything then.
  ///
  /// Throws where it is not said which template.
  public init(
    _ session: Session, name: String?, uuid: String?, immutable: Immutable, isRehearsal: Bool
  ) throws(OpenStackError) {
    let name = filled(name)
    let uuid = filled(uuid)
    if name == nil && uuid == nil {
      throw OpenStackError(
        .configuration, "no cluster template is named: set name, or uuid")
    }
    if immutable != .fail && (name == nil || uuid != nil) {
      throw OpenStackError(
        .configuration,
        "on_immutable makes templates by name: name the template, and not its uuid")
    }
    if let uuid { try checkUUID(uuid) }
    requests = TemplateRequests(session: session)
    self.name = name
    self.uuid = uuid
    self.immutable = immutable
    self.isRehearsal = isRehearsal
  }

  /// Throws what the API refuses, and where clusters forbid a change.
  public func present(_ wanted: WantedTemplate) throws(OpenStackError) -> Outcome {
    state = Outcome()
    try keep(wanted)
    return outcome
  }

  private func keep(_ wanted: WantedTemplate) throws(OpenStackError) {
    if immutable != .fail { return try keepByName(wanted) }
    guard let template = try find() else {
      if let uuid {
        throw OpenStackError(
          .notFound,
          "there is no cluster template \(uuid), and Magnum makes none with a UUID that is asked for"
        )
      }
      return try create(wanted, try wanted.body(), known: [])
    }
    let wanted = try requests.agreed(wanted, template)
    let changes = try wanted.changes(to: template)
    state.template = template.fields
    if changes.isEmpty { return }
    if !(try change(template, wanted, changes)) { throw inUse(template, changes) }
  }

  /// Throws where clusters refer to the template.
  public func absent() throws(OpenStackError) -> Outcome {
    state = Outcome()
    var templates: [ClusterTemplate] = []
    if immutable == .fail {
      if let template = try find() { templates = [template] }
    } else {
      templates = TemplateFamily(name ?? "", among: try requests.own()).members
    }
    // All stay where one must. Magnum itself looks after a single one.
    if isRehearsal || templates.count > 1 {
      let references = try requests.references()
      for template in templates {
        for reference in references where reference.template == template.uuid {
          throw try needed(template)
        }
      }
    }
    for template in templates {
      if !isRehearsal, !(try requests.delete(template)) { throw try needed(template) }
      state.changed = true
      state.before = template.fields
      state.remarks.append("cluster template \(template.name) \(template.uuid) is deleted")
    }
    return outcome
  }

  private func find() throws(OpenStackError) -> ClusterTemplate? {
    if let uuid { return try requests.find(uuid: uuid) }
    return try requests.find(name: name ?? "")
  }

  // MARK: Versions

  private func keepByName(_ wanted: WantedTemplate) throws(OpenStackError) {
    let name = name ?? ""
    let family = TemplateFamily(name, among: try requests.settled(name))
    var wanted = wanted.shown
    guard let current = try family.current(wanted, byName: immutable == .replace, requests)
    else {
      return try create(wanted, try wanted.body(), known: [])
    }
    // A version keeps its name, and what its name stands for.
    let isVersion = immutable == .version && current.name != name
    if immutable == .version { wanted = wanted.named(current.name) }
    let agreed = try requests.agreed(wanted, current)
    let changes = try agreed.changes(to: current)
    state.template = current.fields
    if !changes.isEmpty {
      var isChanged = false
      let names = immutableNames(changes)
      if !isVersion || names.isEmpty || names == "public" {
        isChanged = try change(current, agreed, changes)
      }
      if !isChanged { try succeed(current, wanted, family) }
    }
    try putAside(family, changes.isEmpty)
  }

  /// Makes a template in the place of one that may not change. The old one is put aside later.
  private func succeed(
    _ old: ClusterTemplate, _ wanted: WantedTemplate, _ family: TemplateFamily
  ) throws(OpenStackError) {
    var body = try wanted.body(after: old)
    var name = family.name
    if immutable == .version { name = versionName(name, body) }
    body["name"] = .string(name)
    for member in family.members where immutable == .version && member.name == name {
      let changes = try requests.agreed(wanted, member).changes(to: member)
      throw OpenStackError(
        .conflict,
        "cluster template \(name) is there already, and may not change its"
          + " \(immutableNames(changes)) in use; delete it, or name another one:"
          + " \(member.introduction)")
    }
    if isRehearsal || immutable == .version {
      try create(wanted, body, known: [])
    } else {
      do throws(OpenStackError) {
        _ = try requests.change(old, to: WantedTemplate(name: formerName(name, old.uuid)))
        try create(wanted, body, known: [old])
      } catch {
        throw OpenStackError(
          error.kind, error.message + afterwards(old, name), status: error.status,
          requestID: error.requestID)
      }
    }
    state.after = JSONObject()
    note(try wanted.changes(to: old))
    state.remarks.append(
      "cluster template \(name) is made in place of \(old.uuid), which clusters refer to")
  }

  /// Gives a template its name again, unless its successor has been made all the same. What there is
  /// to say of it besides the error that led here; nothing where it has its name.
  private func afterwards(_ old: ClusterTemplate, _ name: String) -> String {
    do throws(OpenStackError) {
      var isTaken = false
      for template in named(name, among: try requests.own()) where template.uuid != old.uuid {
        isTaken = true
      }
      if !isTaken, let now = try requests.find(uuid: old.uuid),
        try requests.change(now, to: WantedTemplate(name: name)) != nil
      {
        return ""
      }
    } catch {}
    return "; cluster template \(old.uuid) is called \(formerName(name, old.uuid)) now"
  }

  /// Removes the templates that another one has taken the place of, or hides them while clusters refer
  /// to them.
  ///
  /// - Parameter isSettled: whether only what an earlier run may have left is done: newer ones that can
  ///   be seen stay, and older ones that the user may not hide are nothing to speak of.
  private func putAside(
    _ family: TemplateFamily, _ isSettled: Bool
  ) throws(OpenStackError) {
    var others: [ClusterTemplate] = []
    var isOlder = true
    for member in family.members {
      if member.uuid == (state.template?["uuid"]?.string ?? "") {
        isOlder = false
      } else if member.isHidden || isOlder || !isSettled {
        others.append(member)
      }
    }
    if others.isEmpty { return }
    let references = try requests.references()
    for other in others {
      var isUsed = false
      for reference in references where reference.template == other.uuid { isUsed = true }
      var words = "cluster template \(other.uuid), which was \(other.name), "
      var isGone = !isUsed
      if isGone && !isRehearsal { isGone = try requests.delete(other) }
      if isGone {
        words += "is deleted"
      } else if !other.isHidden, let fate = try hidden(other, isSettled) {
        words += fate
      } else {
        continue
      }
      state.changed = true
      state.remarks.append(words)
    }
  }

  /// Says what became of a template that was to be hidden; nil where it was seen before and stays so.
  private func hidden(
    _ template: ClusterTemplate, _ isSettled: Bool
  ) throws(OpenStackError) -> String? {
    if isRehearsal {
      if isSettled, !(try requests.session.roles().contains("admin")) { return nil }
      return "is hidden, since clusters refer to it"
    }
    // It may have another name by now.
    guard let now = try requests.find(uuid: template.uuid) else { return "is deleted" }
    do throws(OpenStackError) {
      _ = try requests.change(now, to: WantedTemplate(name: now.name, isHidden: true))
    } catch {
      if error.kind != .forbidden { throw error }
      return isSettled ? nil : "stays to be seen: only an administrator hides templates"
    }
    return "is hidden, since clusters refer to it"
  }

  // MARK: Steps

  private func create(
    _ wanted: WantedTemplate, _ body: JSONObject, known: [ClusterTemplate]
  ) throws(OpenStackError) {
    state.template = body
    if !isRehearsal {
      let created = try requests.create(body, known: known)
      state.template = created.template.fields
      if !created.isOurs { try adopt(created.template, wanted) }
    }
    state.changed = true
    state.after = body
  }

  /// Makes one that somebody else may have made at the same time as it is wanted.
  private func adopt(
    _ template: ClusterTemplate, _ wanted: WantedTemplate
  ) throws(OpenStackError) {
    let wanted = try requests.agreed(wanted.named(template.name), template)
    if try wanted.changes(to: template).isEmpty { return }
    let words =
      "cluster template \(template.name) \(template.uuid) was made by somebody else"
      + " at the same time"
    guard let now = try requests.change(template, to: wanted) else {
      throw OpenStackError(.conflict, words + ", and clusters refer to it already; run again")
    }
    state.template = now.fields
    state.remarks.append(words)
  }

  /// Changes a template where it stands; false where clusters forbid it, and nothing is changed.
  private func change(
    _ template: ClusterTemplate, _ wanted: WantedTemplate, _ changes: [TemplateChange]
  ) throws(OpenStackError) -> Bool {
    if isRehearsal {
      if !areChangeableInUse(changes), !(try clusters(of: template).isEmpty) { return false }
      var fields = template.fields
      for change in changes { fields[change.field.name] = change.new }
      state.template = fields
    } else {
      guard let now = try requests.change(template, to: wanted) else { return false }
      state.template = now.fields
    }
    note(changes)
    return true
  }

  private func note(_ changes: [TemplateChange]) {
    state.changed = true
    for change in changes {
      state.before[change.field.name] = change.old
      state.after[change.field.name] = change.new
    }
  }

  // MARK: Clusters

  /// Names of clusters that refer to a template, as far as the user sees them.
  private func clusters(of template: ClusterTemplate) throws(OpenStackError) -> [String] {
    var names: [String] = []
    for reference in try requests.references() where reference.template == template.uuid {
      names.append(reference.cluster)
    }
    return names
  }

  private func used(_ template: ClusterTemplate) throws(OpenStackError) -> String {
    let names = try clusters(of: template)
    return names.isEmpty
      ? "clusters of other projects refer to it"
      : "these clusters refer to it: " + names.listed
  }

  private func needed(_ template: ClusterTemplate) throws(OpenStackError) -> OpenStackError {
    OpenStackError(
      .conflict,
      "cluster template \(template.name) \(template.uuid) cannot be deleted:"
        + " \(try used(template)); delete them or upgrade them to another template first")
  }

  private func inUse(
    _ template: ClusterTemplate, _ changes: [TemplateChange]
  ) -> OpenStackError {
    var users = "clusters refer to it"
    do throws(OpenStackError) { users = try used(template) } catch {}
    return OpenStackError(
      .conflict,
      "cluster template \(template.name) \(template.uuid) is in use, and \(immutableNames(changes)) may not"
        + " change then; \(users); set on_immutable to version or replace, which make another"
        + " template beside it, or name another one")
  }
}

/// The text; nil for an empty one.
private func filled(_ text: String?) -> String? { (text ?? "").isEmpty ? nil : text }
