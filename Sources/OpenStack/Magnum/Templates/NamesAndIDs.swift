internal import ByteText
internal import JSON

// Images, flavors and networks, which a cluster template refers to by a name or an id.
//
// Magnum looks whether there is such a thing, and keeps the text as it was given: of one thing one
// template holds the name, and another one, made with Horizon or by hand, the id.
//
// Facts: `magnum.api.attr_validator` and `magnum.api.utils` of Magnum 21 to 23; the APIs of Glance, Nova
// and Neutron. Hidden images have no name here; Magnum 23 takes one where no image that is seen has it.

extension TemplateRequests {
  /// What is wanted, in the words of a template: with its text for a thing that is wanted under its
  /// other one. Asks only where that may be, and once a run.
  func agreed(
    _ wanted: WantedTemplate, _ template: ClusterTemplate
  ) throws(OpenStackError) -> WantedTemplate {
    var agreed = wanted
    try agree(&agreed, template, "image_id", .image, "images")
    try agree(&agreed, template, "flavor_id", .compute, "flavors")
    try agree(&agreed, template, "master_flavor_id", .compute, "flavors")
    try agree(
      &agreed, template, "external_network_id", .network, "networks", "&router:external=true")
    try agree(&agreed, template, "fixed_network", .network, "networks")
    try agree(&agreed, template, "fixed_subnet", .network, "subnets")
    return agreed
  }

  @inline(never)
  private func agree(
    _ wanted: inout WantedTemplate, _ template: ClusterTemplate, _ field: String,
    _ service: Service, _ things: String, _ filter: String = ""
  ) throws(OpenStackError) {
    let (new, old) = (wanted.text(field), template.text(field))
    if new == old || new.isEmpty || old.isEmpty { return }
    var path = "/" + things
    // Flavors alone have whatever ids an administrator gives them, and no filter for names.
    if things != "flavors" {
      if isUUID(new) == isUUID(old) { return }
      path += "?name=" + percentEncoded(isUUID(new) ? old : new) + filter
    }
    var list = answers[path]
    if list == nil { list = try session.request(.get, service, path).body[things] }
    guard let found = list?.array else {
      throw OpenStackError(.unreadable, "the answer to GET " + path + " has no " + things)
    }
    answers[path] = list
    // A name that several have stands for none of them: Magnum refuses it.
    var (count, isOne) = (0, false)
    for thing in found {
      let (name, id) = (memberText(thing, "name"), memberText(thing, "id"))
      if name != new && name != old { continue }
      count += 1
      isOne = id == (name == new ? old : new)
    }
    if count == 1 && isOne { wanted = wanted.with(field, .string(old)) }
  }
}
