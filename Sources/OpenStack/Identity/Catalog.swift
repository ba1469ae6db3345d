internal import ByteText
internal import JSON

/// The addresses of the services, as Keystone lists them with a token.
struct Catalog {
  struct Endpoint {
    let type: String
    let interface: String
    let region: String
    let url: String
  }

  private(set) var endpoints: [Endpoint] = []

  @inline(never)
  init(_ services: [JSONValue]) {
    for service in services {
      guard let type = service["type"]?.string else { continue }
      for item in service["endpoints"]?.array ?? [] {
        guard let url = item["url"]?.string, !url.isEmpty,
          let interface = item["interface"]?.string
        else { continue }
        endpoints.append(
          Endpoint(
            type: type, interface: interface,
            region: item["region_id"]?.string ?? item["region"]?.string ?? "", url: url))
      }
    }
  }

  /// The address of a service: by the type asked for before its other names, by the best interface.
  ///
  /// Throws with what the catalog has instead.
  @inline(never)
  func address(
    of service: Service, _ interfaces: [String], _ region: String?, cloud: String
  ) throws(OpenStackError) -> String {
    for type in [service.name] + service.types {
      for interface in interfaces.isEmpty ? [""] : interfaces {
        for endpoint in endpoints
        where endpoint.type == type && (interface.isEmpty || endpoint.interface == interface)
          && (region == nil || endpoint.region == region)
        {
          return endpoint.url
        }
      }
    }
    throw missing(service, interfaces, region, cloud)
  }

  private func missing(
    _ service: Service, _ interfaces: [String], _ region: String?, _ cloud: String
  ) -> OpenStackError {
    var words = "the catalog of \(cloud.isEmpty ? "the cloud" : "cloud \"\(cloud)\"")"
    if endpoints.isEmpty {
      return OpenStackError(
        .notInCatalog,
        words + " is empty: the token is for no project; set project_name and project_domain_name")
    }
    var (types, places) = (TextSet(), TextSet())
    for endpoint in endpoints {
      types.insert(endpoint.type)
      if ([service.name] + service.types).contains(endpoint.type) {
        places.insert("\(endpoint.interface) in \(endpoint.region)")
      }
    }
    words += " has no \(service.name)"
    if places.isEmpty {
      return OpenStackError(
        .notInCatalog,
        words + "; it has \(types.texts.sortedByBytes().listed). Is the service installed, and its"
          + " endpoint made (openstack endpoint create)?")
    }
    words +=
      " with interface \(interfaces.isEmpty ? "(any)" : interfaces.joined(separator: " or "))"
    if let region { words += " in region \(region)" }
    return OpenStackError(
      .notInCatalog,
      words + "; it has \(places.texts.listed). Set interface and region_name to one of these")
  }
}
