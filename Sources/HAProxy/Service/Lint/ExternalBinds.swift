internal import ByteText

extension Service {
  /// Addresses of an internal service at which the outside reaches it.
  var externalBinds: [Finding] {
    let vips = variables.vipBinds ?? []
    let ofOutside =
      vips.filter { $0.isExternal }.map { $0.address } + variables.extraVIPs
      + variables.extraTLSVIPs + [variables.externalAddress].compactMap { $0 }
    // Where both VIPs are the same address there is no inside to bind to.
    let ofInside = vips.filter { !$0.isExternal }.map { $0.address }
    return binds.compactMap { bind in
      let isAny = ["*", "::", "0.0.0.0"].contains(bind.address) && bind.interface.isEmpty
      guard isAny || ofOutside.contains(bind.address) && !ofInside.contains(bind.address) else {
        return nil
      }
      return Finding(
        key: "haproxy_bind",
        message: "the service is internal and listens on \(bind.address), where the outside reaches"
          + " it; set haproxy_bind to the internal VIP")
    }
  }

  /// Free lines that end the section they are written into.
  var newSections: [Finding] {
    let lines = [
      ("haproxy_frontend_raw", frontendLines), ("haproxy_maps", mapLines),
      ("haproxy_backend_arguments", backendLines), ("haproxy_stick_table", stickTable),
    ]
    return lines.flatMap { key, lines in
      lines.filter { Service.sections.contains(firstWord($0)) }.map {
        Finding(
          key: key,
          message: "a line begins the section \(firstWord($0)), to which all that follows belongs;"
            + " write sections in a service or fragment of their own")
      }
    }
  }

  private static let sections = [
    "global", "defaults", "frontend", "backend", "listen", "userlist", "peers", "mailers", "cache",
    "resolvers", "program", "http-errors", "ring", "log-forward", "fcgi-app",
  ]
}

/// The word a line begins with; empty for a blank one.
func firstWord(_ line: String) -> String { words(line).first ?? "" }

/// The words of a line, however far apart.
func words(_ line: String) -> [String] {
  line.bytes.split { $0 == 0x20 || $0 == 0x09 }.map { String(bytes: $0) }
}
