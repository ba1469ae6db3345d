import AnsibleModule
import ByteText
import JSON
import Kubeconfig

extension KubeconfigModule {
  /// Returns the file's content after looking that it can be used.
  static func read(
    _ path: String, _ invocation: inout Invocation
  ) throws(ModuleFailure) -> ModuleResult {
    let bytes = try readFile(path, limit: KubeconfigFile.largest)
    var fields: JSONObject = ["path": .string(path)]
    try examine(bytes, path, &fields, &invocation)
    fields["content"] = .string(String(bytes: bytes))
    return ModuleResult(changed: false, fields: fields)
  }

  /// Returns what is in the file, or why it cannot be used; never a failure for what it holds.
  static func inspect(
    _ path: String, _ invocation: inout Invocation
  ) throws(ModuleFailure) -> ModuleResult {
    var fields: JSONObject = ["path": .string(path), "state": "absent"]
    var problem: String? = "\(path) does not exist"
    if let status = try FileStatus.of(path, followingSymlink: true) {
      problem = try self.problem(of: path, status, &fields, &invocation)
    }
    fields["usable"] = .bool(problem == nil)
    fields["problem"] = .string(problem ?? "")
    return ModuleResult(changed: false, fields: fields)
  }

  private static func problem(
    of path: String, _ status: FileStatus, _ fields: inout JSONObject,
    _ invocation: inout Invocation
  ) throws(ModuleFailure) -> String? {
    let bytes: [UInt8]
    do throws(ModuleFailure) {
      bytes = try readFile(path, limit: KubeconfigFile.largest)
    } catch {
      // A file that this user may not read says nothing of what it holds.
      if status.kind == .regular && status.size <= KubeconfigFile.largest { throw error }
      return error.message
    }
    do throws(ModuleFailure) {
      try examine(bytes, path, &fields, &invocation, verifyingSignatures: true)
      return nil
    } catch {
      return error.message
    }
  }

  private static func examine(
    _ bytes: [UInt8], _ path: String, _ fields: inout JSONObject, _ invocation: inout Invocation,
    verifyingSignatures: Bool = false
  ) throws(ModuleFailure) {
    let file = try parse(bytes, named: path, &invocation)
    let examination = try Examination(
      file, context: invocation.parameters.optionalString("context"), named: path,
      in: splitPath(try absolutePath(path)).folder, &fields, &invocation)
    if verifyingSignatures { try examination.verifySignatures(&invocation) }
  }
}
