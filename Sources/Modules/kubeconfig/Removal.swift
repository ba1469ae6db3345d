import AnsibleModule
import ByteText
import Kubeconfig

extension KubeconfigModule {
  /// Removes the file, or a context from it.
  static func remove(
    _ path: String, _ invocation: inout Invocation
  ) throws(ModuleFailure) -> ModuleResult {
    guard let context = invocation.parameters.optionalString("context") else {
      return try ManagedFile.remove(path, invocation)
    }
    let nothing = ModuleResult(
      changed: false, fields: ["path": .string(path), "state": "absent"])
    guard try FileStatus.of(path) != nil else { return nothing }
    let file = try ManagedFile(path, &invocation)
    let before = try parse(
      readFile(path, limit: KubeconfigFile.largest), named: path, &invocation)
    var after = before
    guard after.remove(context: context) else { return nothing }
    if after.currentContext == nil, before.currentContext != nil {
      invocation.warn(
        "\(path) has no current-context now; choose one with kubectl config use-context")
    }
    var diff: Diff?
    if invocation.wantsDiff {
      let (old, new) = after.maskedChange(from: before)
      diff = Diff(before: .string(old), after: .string(new), header: path)
    }
    return try file.write(after.text.bytes, diff: diff, invocation)
  }
}
