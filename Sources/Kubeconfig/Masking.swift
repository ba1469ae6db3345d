internal import ByteText
internal import YAML

extension Kubeconfig {
  /// What a person may see of a change: both files as YAML with every value hidden that is not
  /// known to be harmless, and marked where it differs.
  ///
  /// - Parameter old: what is replaced; nil where there is nothing or no kubeconfig.
  public func maskedChange(from old: Kubeconfig?) -> (before: String, after: String) {
    var oldValues = TextSet()
    var newValues = TextSet()
    if let old { collectHidden(old.document, into: &oldValues) }
    collectHidden(document, into: &newValues)
    return (
      old.map { masked($0.document, known: newValues, "(hidden, old value)") } ?? "",
      masked(document, known: oldValues, "(hidden, new value)")
    )
  }
}

/// Fields that may be shown, wherever they stand. Any other field is hidden, since credential
/// plugins keep secrets under names of their own.
private let harmless = [
  "apiVersion", "as", "certificate-authority", "client-certificate", "client-key", "cluster",
  "command", "current-context", "disable-compression", "insecure-skip-tls-verify",
  "interactiveMode", "kind", "name", "namespace", "provideClusterInfo", "server",
  "tls-server-name", "tokenFile", "user", "username",
]

private func collectHidden(_ node: Node, under key: String = "", into values: inout TextSet) {
  for entry in node.entries ?? [] {
    collectHidden(entry.value, under: entry.key.text ?? "", into: &values)
  }
  for item in node.items ?? [] { collectHidden(item, under: key, into: &values) }
  if let text = node.text, !harmless.contains(key) { values.insert(text) }
}

private func masked(_ node: Node, known: TextSet, _ mark: String) -> String {
  var lines: [String] = []
  write(node, under: "", indent: "", known, mark, &lines)
  return lines.map { $0 + "\n" }.joined()
}

private func write(
  _ node: Node, under key: String, indent: String, _ known: TextSet, _ mark: String,
  _ lines: inout [String]
) {
  func value(_ node: Node, under key: String) -> String? {
    if let entries = node.entries { return entries.isEmpty ? " {}" : nil }
    if let items = node.items { return items.isEmpty ? " []" : nil }
    guard let text = node.text else { return " null" }
    if harmless.contains(key) { return " \(text)" }
    return known.contains(text) ? " (hidden)" : " \(mark)"
  }
  for entry in node.entries ?? [] {
    let name = entry.key.text ?? ""
    lines.append("\(indent)\(name):\(value(entry.value, under: name) ?? "")")
    write(entry.value, under: name, indent: indent + "  ", known, mark, &lines)
  }
  for item in node.items ?? [] {
    if let text = value(item, under: key) {
      lines.append("\(indent)-\(text)")
      continue
    }
    // The first line of an item shares its line with the dash.
    let first = lines.count
    let inner = indent + "  "
    write(item, under: key, indent: inner, known, mark, &lines)
    let text = String(decoding: lines[first].utf8.dropFirst(inner.utf8.count), as: UTF8.self)
    lines[first] = "\(indent)- \(text)"
  }
}
