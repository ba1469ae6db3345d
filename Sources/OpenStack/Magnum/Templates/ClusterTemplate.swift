internal import ByteText
public import JSON

/// A cluster template as Magnum has it.
public struct ClusterTemplate: Sendable {
  /// As the API gives it, without its links.
  public let fields: JSONObject

  /// Throws where the API's answer is no template.
  @inline(never)
  init(_ body: JSONValue) throws(OpenStackError) {
    guard var fields = body.object, fields["uuid"]?.string != nil else {
      throw OpenStackError(
        .unreadable, "Magnum answered with something else than a cluster template")
    }
    fields["links"] = nil
    self.fields = fields
  }

  /// Magnum's own name of it.
  public var uuid: String { text("uuid") }
  /// The name, which others may have too.
  public var name: String { text("name") }
  var projectID: String { text("project_id") }
  var isHidden: Bool { fields["hidden"]?.bool ?? false }
  /// For a person who must tell templates of one name apart.
  var introduction: String {
    "\(uuid) (project \(text("project_id")), created \(text("created_at")))"
  }

  /// An attribute that is a text; empty where it has none.
  @inline(never)
  func text(_ key: String) -> String { fields[key]?.string ?? "" }
}
