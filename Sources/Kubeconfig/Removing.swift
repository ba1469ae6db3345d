internal import ByteText
internal import YAML

extension KubeconfigFile {
  /// Removes a context, and its cluster and user where no other context uses them. If it was the
  /// current one, none is current afterwards.
  ///
  /// - Returns: whether there was such a context.
  public mutating func remove(context: String) -> Bool {
    guard names(.context).contains(context) else { return false }
    let content = content(.context, context)
    drop(.context, context)
    for kind in [EntryKind.cluster, .user] {
      guard let name = content?.filled(kind.name) else { continue }
      let isUsed = document.list(.context).contains { $0["context"]?.filled(kind.name) == name }
      if !isUsed { drop(kind, name) }
    }
    if currentContext == context { document["current-context"] = .string("") }
    return true
  }

  private mutating func drop(_ kind: EntryKind, _ name: String) {
    document.setList(kind, document.list(kind).filter { $0["name"]?.text != name })
  }
}
