import AnsibleModule
import ByteText

/// A file as it is and as it is to be.
final class FileChange {
  let path: String
  /// Nil where there is none.
  let old: [UInt8]?
  /// Nil where there is to be none.
  let new: [UInt8]?
  let attributes: FileAttributes
  let existing: FileStatus?
  /// Where it is written before it takes its name; nil is its own folder.
  let stage: String?
  /// What changes of its owner and mode.
  let attributeChange: Diff?

  /// The largest configuration, fragment or map that is read: bytes.
  static let largest = 16 << 20

  init(
    _ path: String, new: [UInt8]?, _ attributes: FileAttributes, stage: String? = nil
  ) throws(ModuleFailure) {
    self.path = path
    self.new = new
    self.attributes = attributes
    self.stage = stage
    existing = try FileStatus.of(path)
    if let existing, existing.kind != .regular {
      throw ModuleFailure("\(path) is not a regular file; move it away, or name another one")
    }
    old = existing == nil ? nil : try readFile(path, limit: FileChange.largest)
    var change: Diff?
    if new != nil, let existing {
      change = try attributes.difference(from: existing, at: path)
      change?.header = path
    }
    attributeChange = change
  }

  var changesContent: Bool { old != new }
  var isChange: Bool { changesContent || attributeChange != nil }

  func apply() throws(ModuleFailure) {
    if !changesContent {
      if attributeChange != nil, let existing { try attributes.apply(to: path, existing) }
    } else if let new {
      try replaceFile(path, with: new, attributes: attributes, existing: existing, stage: stage)
    } else {
      try removeFile(path)
    }
  }

  /// Makes the file what it was.
  func undo() throws(ModuleFailure) {
    if let old {
      try replaceFile(
        path, with: old, attributes: FileAttributes(), existing: existing, stage: stage)
    } else if try FileStatus.of(path) != nil {
      try removeFile(path)
    }
  }
}
