internal import ByteText
internal import JSON

/// What Keystone has given: a token, whose it is, and the catalog.
struct Token {
  let value: String
  let catalog: Catalog
  /// The ids of the project and the user; nil where it is for no project.
  let projectID: String?
  let userID: String?
  /// Names of the roles.
  let roles: [String]

  /// Throws where the answer is none of Keystone's.
  init(_ answer: HTTPAnswer, from address: String) throws(OpenStackError) {
    var body: JSONValue?
    do throws(JSONError) { body = try JSONValue(parsing: answer.body) } catch { body = nil }
    guard let token = body?["token"]?.object, !answer.token.isEmpty else {
      throw OpenStackError(
        .unreadable,
        "POST \(address): the answer has no token"
          + (answer.token.isEmpty ? " in X-Subject-Token" : " in its body")
          + "; look whether Keystone is what listens at \(Address(address).origin)",
        status: answer.status, requestID: answer.requestID)
    }
    value = answer.token
    catalog = Catalog(token["catalog"]?.array ?? [])
    projectID = token["project"]?["id"]?.string
    userID = token["user"]?["id"]?.string
    var roles: [String] = []
    for role in token["roles"]?.array ?? [] {
      if let name = role["name"]?.string { roles.append(name) }
    }
    self.roles = roles
  }
}
