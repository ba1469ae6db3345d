import AnsibleModule
import ByteText
import HAProxy

extension Plan {
  /// What changes, as people may see it: the fragment and the maps; the configuration made of them
  /// only where it changes without them. Texts are hidden that log in somewhere.
  var differences: [Diff] {
    var diffs: [Diff] = []
    for file in fragment.changesContent ? maps + [fragment] : files {
      if file.changesContent { diffs.append(file.difference) }
    }
    return diffs + files.compactMap { $0.attributeChange }
  }
}

extension FileChange {
  fileprivate var difference: Diff {
    let before = MaskedText(FileChange.text(old))
    let after = MaskedText(
      FileChange.text(new), mark: "hidden, new value", comparedTo: before.secrets)
    return Diff(before: .string(before.text), after: .string(after.text), header: path)
  }

  private static func text(_ bytes: [UInt8]?) -> String {
    String(bytes: bytes ?? [])
  }
}
