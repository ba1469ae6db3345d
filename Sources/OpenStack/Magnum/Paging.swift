internal import ByteText
internal import JSON

extension Session {
  /// All members of a collection of Magnum's, page by page.
  ///
  /// Magnum gives no more than its own limit at once, and `next` where there may be more: the same
  /// request with the last UUID as `marker`. Only that is taken from it, since behind a load balancer
  /// its address need not be the one of the catalog.
  ///
  /// - Parameter path: with a limit or without: `/clusters?limit=10`.
  func list(_ path: String, _ member: String) throws(OpenStackError) -> [JSONValue] {
    var all: [JSONValue] = []
    var place = path
    var last = ""
    while true {
      let body = try request(.get, .containerInfra, place).body
      guard let page = body[member]?.array else {
        throw OpenStackError(.unreadable, "Magnum's answer to GET \(path) has no \(member)")
      }
      all += page
      guard let next = body["next"]?.string, !next.isEmpty, !page.isEmpty,
        let marker = page[page.count - 1]["uuid"]?.string
      else { return all }
      if marker == last {
        throw OpenStackError(
          .unreadable, "Magnum's answer to GET \(path) has no end: it ignores marker")
      }
      last = marker
      place = path + (path.place(of: "?") == nil ? "?" : "&") + "marker=" + marker
    }
  }
}
