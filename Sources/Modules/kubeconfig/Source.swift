import AnsibleModule
import ByteText
import Kubeconfig

/// What is to be delivered, before it is changed.
final class Source {
  var file: KubeconfigFile
  /// What was read; nil where several files were.
  let bytes: [UInt8]?
  /// How messages name it.
  let name: String

  /// Reads `content`, or the files of `src`, with the paths in them such that they hold for a file
  /// in `folder`.
  init(for folder: String, _ invocation: inout Invocation) throws(ModuleFailure) {
    if let content = invocation.parameters.optionalString("content") {
      name = "content"
      bytes = content.bytes
      file = try parse(content.bytes, named: name, &invocation)
      return
    }
    let paths = try Source.existing(invocation.parameters.strings("src"), &invocation)
    name = paths.listed
    var files: [KubeconfigFile] = []
    var only: [UInt8]?
    for path in paths {
      let bytes = try readFile(path, limit: KubeconfigFile.largest)
      // Among several kubectl takes it for one without entries, as `touch` leaves it.
      var file = try parse(
        bytes, named: path, mayBeEmpty: paths.count > 1, &invocation)
      let own = splitPath(try absolutePath(path)).folder
      if own != folder { file.resolvePaths(from: own) }
      files.append(file)
      only = paths.count == 1 ? bytes : nil
    }
    bytes = only
    file = KubeconfigFile.merged(files)
  }

  /// The paths that are there: kubectl passes over the others of a list, and reads none twice.
  private static func existing(
    _ paths: [String], _ invocation: inout Invocation
  ) throws(ModuleFailure) -> [String] {
    if paths.count == 1 { return paths }
    var existing: [String] = []
    for path in paths where !path.isEmpty && !existing.contains(path) {
      if try FileStatus.of(path, followingSymlink: true) == nil {
        invocation.warn("\(path) does not exist and is left out of src")
      } else {
        existing.append(path)
      }
    }
    if existing.isEmpty {
      throw ModuleFailure("src names no file that exists; name a kubeconfig that does")
    }
    return existing
  }
}

/// Reads a kubeconfig and warns of what is in it twice.
@inline(never)
func parse(
  _ bytes: [UInt8], named name: String, mayBeEmpty: Bool = false,
  _ invocation: inout Invocation
) throws(ModuleFailure) -> KubeconfigFile {
  do throws(KubeconfigError) {
    let file = try KubeconfigFile(parsing: bytes, mayBeEmpty: mayBeEmpty)
    for warning in file.warnings { invocation.warn("\(name): \(warning)") }
    return file
  } catch {
    throw unusable(name, error, invocation)
  }
}

@inline(never)
func unusable(
  _ name: String, _ error: KubeconfigError, _ invocation: Invocation
) -> ModuleFailure {
  ModuleFailure(
    "\(name) is no kubeconfig that can be used: \(error.message)",
    fields: ["path": invocation.parameters["path"]])
}
