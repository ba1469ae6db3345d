internal import ByteText
internal import YAML

extension KubeconfigFile {
  /// What a person may see of a change: both files as YAML with every value hidden that is not
  /// known to be harmless, and marked where it differs.
  ///
  /// - Parameter old: what is replaced; nil where there is nothing or no kubeconfig.
  public func maskedChange(from old: KubeconfigFile?) -> (before: String, after: String) {
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
  DataWriter.text(of: node) { scalar, key in
    if scalar.tag == .null { return "null" }
    if harmless.contains(key) { return scalar.text }
    return known.contains(scalar.text) ? "(hidden)" : mark
  }
}
