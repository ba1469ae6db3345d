internal import ByteText
internal import JSON

// Images, flavors and networks, which a cluster template refers to by a name or an id.
//
// Magnum looks whether there is such a thing, and keeps the text as it was given: of one thing one
// template holds the name, and another one, made with Horizon or by hand, the id.
//
// Facts: `magnum.api.attr_validator` of Magnum 21 to 23; the APIs of Glance, Nova and Neutron.

extension TemplateRequests {
  /// What is wanted, in the words of a template: with its text for a thing that is wanted under its
  /// other one. Asks only where that may be.
  func agreed(
    _ wanted: WantedTemplate, _ template: ClusterTemplate
  ) throws(OpenStackError) -> WantedTemplate {
    var agreed = wanted
    try agree(&agreed, template, "image_id", "image")
    try agree(&agreed, template, "flavor_id", "flavor")
    try agree(&agreed, template, "master_flavor_id", "flavor")
    try agree(&agreed, template, "external_network_id", "network")
    try agree(&agreed, template, "fixed_network", "network")
    try agree(&agreed, template, "fixed_subnet", "subnet")
    return agreed
  }

  @inline(never)
  private func agree(
    _ wanted: inout WantedTemplate, _ template: ClusterTemplate, _ field: String, _ thing: String
  ) throws(OpenStackError) {
    let (new, old) = (wanted.text(field), template.text(field))
    if new == old || new.isEmpty || old.isEmpty { return }
    var isSame = try isName(new, of: old, thing)
    if !isSame { isSame = try isName(old, of: new, thing) }
    if isSame { wanted = wanted.with(field, .string(old)) }
  }

  /// Whether a thing has this name and this id.
  @inline(never)
  private func isName(
    _ name: String, of id: String, _ thing: String
  ) throws(OpenStackError) -> Bool {
    var service = Service.network
    if thing == "image" { service = .image }
    if thing == "flavor" {
      service = .compute
    } else if !isUUID(id) {
      // Flavors alone have whatever ids an administrator gives them.
      return false
    }
    do throws(OpenStackError) {
      let body = try session.request(
        .get, service, "/" + thing + "s/" + percentEncoded(id)
      ).body
      return memberText(body[thing] ?? body, "name") == name
    } catch {
      // Glance says so in words that are no JSON.
      if error.status == 404 { return false }
      throw error
    }
  }
}
