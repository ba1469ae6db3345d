internal import ByteText
internal import YAML

extension KubeconfigFile {
  /// Makes the paths in the file absolute, so that they hold wherever it is put. kubectl takes a
  /// relative path from the folder of the file in which it stands; that of a plugin only if it has a
  /// slash, for a mere name is looked for in PATH.
  ///
  /// - Parameter folder: where the file lies, absolute.
  public mutating func resolvePaths(from folder: String) {
    for (kind, fields) in references {
      for name in names(kind) {
        guard let content = content(kind, name) else { continue }
        for field in fields {
          guard let path = content.filled(field), path.bytes.first != slash else { continue }
          set([(field, joinedPath(folder, path))], of: kind, name)
        }
        if var exec = content["exec"], let command = exec.filled("command"),
          command.bytes.contains(slash), command.bytes.first != slash
        {
          exec["command"] = .string(joinedPath(folder, command))
          var changed = self.content(kind, name)
          changed?["exec"] = exec
          if let changed { document.set(kind.name, changed, of: kind, name) }
        }
      }
    }
  }

  /// Puts the certificates and keys that the file refers to into it, as
  /// `kubectl config view --flatten` does. Where both are there, what is embedded counts.
  ///
  /// - Parameter read: reads a file.
  public mutating func embedFiles<Failure: Error>(
    _ read: (String) throws(Failure) -> [UInt8]
  ) throws(Failure) {
    for (kind, fields) in references {
      for name in names(kind) {
        // The last is a token's file, which is there to change.
        for field in fields where field != "tokenFile" {
          guard let content = content(kind, name), let path = content.filled(field) else {
            continue
          }
          let data = content.filled(field + "-data") == nil ? encodeBase64(try read(path)) : nil
          set([(field, nil)], of: kind, name)
          if let data { set([(field + "-data", data)], of: kind, name) }
        }
      }
    }
  }
}

/// The fields that hold a path.
private var references: [(EntryKind, [String])] {
  [
    (.cluster, ["certificate-authority"]),
    (.user, ["client-certificate", "client-key", "tokenFile"]),
  ]
}

private let slash = UInt8(ascii: "/")

/// An absolute path from a folder on, without `.` and `..`.
private func joinedPath(_ folder: String, _ path: String) -> String {
  var steps: [ArraySlice<UInt8>] = []
  for step in (folder + "/" + path).bytes[...].parts(at: slash) {
    if step.isEmpty || step.isText(".") { continue }
    if step.isText("..") {
      _ = steps.popLast()
    } else {
      steps.append(step)
    }
  }
  var bytes: [UInt8] = []
  for step in steps {
    bytes.append(slash)
    bytes += step
  }
  return bytes.isEmpty ? "/" : String(bytes: bytes)
}
