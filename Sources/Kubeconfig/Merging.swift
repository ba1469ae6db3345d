internal import ByteText
internal import YAML

extension KubeconfigFile {
  /// Several files read as one, as kubectl reads those in the variable `KUBECONFIG`: of entries with
  /// one name that of the first file counts, whole; the current context is the first that is set.
  ///
  /// - Parameter files: in their order, with their paths made absolute.
  public static func merged(_ files: [KubeconfigFile]) -> KubeconfigFile {
    var merged = files.first ?? KubeconfigFile()
    for file in files.dropFirst() {
      merged.add(file.document, replacing: false)
      if merged.currentContext == nil, let current = file.currentContext {
        merged.document["current-context"] = .string(current)
      }
    }
    return merged
  }

  /// This file with the entries of another one, which replace those of the same name; all else stays.
  ///
  /// - Parameter usesContext: whether the other file's current context becomes that of this one.
  ///
  /// Throws if a cluster or user of the same name is another one that contexts of this file use.
  public func merging(
    _ other: KubeconfigFile, usesContext: Bool
  ) throws(KubeconfigError) -> KubeconfigFile {
    try checkClashes(with: other)
    var merged = self
    merged.add(other.document, replacing: true)
    // What is current already stays as it is written, in quotes or without.
    if usesContext, let current = other.currentContext, current != currentContext {
      merged.document["current-context"] = .string(current)
    }
    return merged
  }

  private mutating func add(_ other: Node, replacing: Bool) {
    for kind in EntryKind.all where !other.list(kind).isEmpty {
      document.setList(
        kind, union(document.list(kind), other.list(kind), replacing: replacing))
    }
    addMissing(from: other, to: &document, except: "current-context")
  }

  /// kubeadm gives each cluster the same names: what one installation calls `kubernetes` must not
  /// take the place of another's. A cluster is the same if its address is, and a user if all its
  /// contexts are of a cluster that is.
  private func checkClashes(with other: KubeconfigFile) throws(KubeconfigError) {
    let brought = other.names(.context)
    let clusters = other.names(.cluster)
    let users = other.names(.user)
    for context in names(.context) where !brought.contains(context) {
      guard let content = content(.context, context) else { continue }
      let cluster = content.filled("cluster") ?? ""
      let user = content.filled("user") ?? ""
      if clusters.contains(cluster), let old = self.content(.cluster, cluster)?.filled("server"),
        old != other.content(.cluster, cluster)?.filled("server")
      {
        throw clash("cluster", cluster, context, "cluster_name")
      }
      if users.contains(user), !clusters.contains(cluster),
        let old = self.content(.user, user), let new = other.content(.user, user),
        !old.isWritten(as: new)
      {
        throw clash("user", user, context, "user_name")
      }
    }
  }

  private func clash(
    _ kind: String, _ name: String, _ context: String, _ option: String
  ) -> KubeconfigError {
    KubeconfigError(
      "its context \"\(context)\" uses another \(kind) \"\(name)\", which would be replaced; give the"
        + " one that is merged a name of its own with \(option)")
  }
}

/// The items of both lists; of two with one name one, at the place of the first.
private func union(_ first: [Node], _ second: [Node], replacing: Bool) -> [Node] {
  var index = TextSet()
  var places: [Int] = []
  var items = first
  for (place, item) in first.enumerated() {
    let name = item.entryName
    if index.contains(name) { continue }
    index.insert(name)
    places.append(place)
  }
  for item in second {
    guard let known = index.place(of: item.entryName) else {
      items.append(item)
      continue
    }
    if replacing { items[places[known]] = item }
  }
  return items
}

/// Adds to a mapping the fields that it does not have, and to extensions the ones it does not have.
private func addMissing(from other: Node, to node: inout Node, except left: String) {
  for entry in other.entries ?? [] {
    guard let key = entry.key.string, key != left else { continue }
    guard let own = node[key], !own.isNull else {
      node[key] = entry.value
      continue
    }
    if key == "extensions", let first = own.items, let second = entry.value.items {
      node[key] = .sequence(union(first, second, replacing: false))
    } else if key == "preferences", var preferences = node[key], preferences.entries != nil {
      addMissing(from: entry.value, to: &preferences, except: "")
      node[key] = preferences
    }
  }
}
