import AnsibleModule
import ByteText
import JSON
import Kubeconfig

extension KubeconfigModule {
  /// Writes the kubeconfig, as it is or with the changes that the task asks for, after looking that it
  /// can be used.
  static func deliver(
    to path: String, _ invocation: inout Invocation
  ) throws(ModuleFailure) -> ModuleResult {
    let folder = splitPath(try absolutePath(path)).folder
    let source = try Source(for: folder, &invocation)
    let names = try source.change(for: folder, invocation)

    let file = try ManagedFile(path, &invocation)
    let old = try file.contents(limit: KubeconfigFile.largest)
    var wanted = source.file
    var bytes = source.file.isUnchanged ? source.bytes : nil
    var before = old.flatMap { try? KubeconfigFile(parsing: $0) }
    if invocation.parameters.bool("merge"), file.existing != nil {
      guard let old else {
        throw ModuleFailure(
          "\(path) has more than \(KubeconfigFile.largest) bytes, so no kubeconfig to merge into;"
            + " remove it, or set merge to false")
      }
      let target = try parse(old, named: path, &invocation)
      do throws(KubeconfigError) {
        wanted = try target.merging(
          source.file, usesContext: invocation.parameters.bool("use_context"))
      } catch {
        throw ModuleFailure("cannot merge \(source.name) into \(path): \(error.message)")
      }
      bytes = wanted.isUnchanged ? old : nil
      before = target
    }

    var fields = JSONObject()
    let isCurrent = wanted.currentContext == names.context
    let examination = try Examination(
      wanted, context: isCurrent ? nil : names.context, named: source.name, in: folder, &fields,
      &invocation)
    let new = bytes ?? wanted.text.bytes
    if new != old { try examination.verifySignatures(&invocation) }

    var diff: Diff?
    if invocation.wantsDiff {
      let (masked, after) = wanted.maskedChange(from: before)
      let replaced = old.map { "(no kubeconfig, \($0.count) bytes)\n" } ?? ""
      diff = Diff(
        before: .string(before == nil ? replaced : masked), after: .string(after), header: path)
    }
    var result = try file.write(new == old ? nil : new, diff: diff, invocation)
    result.fields.merge(fields)
    return result
  }
}
