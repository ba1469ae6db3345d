internal import HAProxy
internal import JSON

/// No value of a service leaves its line, its section or the folder of the fragments: the fragment is
/// sections of the service's own name, and lines in them.
///
/// The bytes are an object with `service`, `role_variables` and `series`.
func fuzzService(_ bytes: [UInt8]) {
  guard let input = try? JSONValue(parsing: bytes), let values = input["service"]?.object else {
    return
  }
  let series = Series(named: input["series"]?.string ?? "") ?? .since2025
  guard
    let variables = try? RoleVariables(
      input["role_variables"]?.object ?? [:], hostName: "infra1"),
    let service = try? Service(values, variables, series: series)
  else { return }
  precondition(isFileName(service.name), "a name that leaves the folder")
  for entry in service.mapEntries {
    precondition(isFileName(entry.name) && isFileName(entry.order), "a map outside its folder")
    precondition(
      entry.text.utf8.count { $0 == 0x0A } == entry.entries.count, "an entry of several lines")
  }
  _ = service.findings(isInternal: true)
  guard service.isWanted && service.hasContent else { return }
  let fragment = service.fragment
  precondition(!fragment.utf8.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 }, "a control byte")
  let starts = ["# ", "    ", "bind ", "frontend \(service.name)-", "backend \(service.name)-"]
  for line in fragment.utf8.split(separator: 0x0A) {
    precondition(starts.contains { line.starts(with: $0.utf8) }, "a line of another section")
  }
  let lines = fragment.utf8.count { $0 == 0x0A }
  precondition(
    MaskedText(fragment).text.utf8.count { $0 == 0x0A } == lines, "the masked text has other lines")
}

private func isFileName(_ name: String) -> Bool {
  !name.isEmpty && name != "." && name != ".." && !name.utf8.contains { $0 == 0x2F || $0 <= 0x20 }
}
