import AnsibleModule
import ByteText
import Kubeconfig
import ModuleSpecs

/// The module `kubeconfig`: puts a kubeconfig on a host, reads one, or removes it.
@main
struct KubeconfigModule {
  static func main() {
    Module.run(ModuleSpecs.kubeconfig) { invocation throws(ModuleFailure) in
      let path = try invocation.parameters.string("path")
      return switch try invocation.parameters.string("state") {
      case "absent": try ManagedFile.remove(path, invocation)
      case "read": try read(path)
      default: try deliver(to: path, &invocation)
      }
    }
  }

  /// Writes the kubeconfig as it is, after looking that it is one.
  private static func deliver(
    to path: String, _ invocation: inout Invocation
  ) throws(ModuleFailure) -> ModuleResult {
    let bytes: [UInt8]
    let source: String
    if let content = invocation.parameters.optionalString("content") {
      bytes = Array(content.utf8)
      source = "content"
    } else {
      source = try invocation.parameters.string("src")
      bytes = try contents(of: source)
    }
    let kubeconfig = try parse(bytes, named: source, destination: path)
    let file = try ManagedFile(path, &invocation)
    let old = try file.contents(limit: Kubeconfig.largest)

    var result = try file.write(
      bytes == old ? nil : bytes,
      diff: invocation.wantsDiff ? difference(from: old, to: kubeconfig, path) : nil, invocation)
    result.fields.merge(facts(kubeconfig))
    return result
  }

  private static func read(_ path: String) throws(ModuleFailure) -> ModuleResult {
    let bytes = try contents(of: path)
    let kubeconfig = try parse(bytes, named: path, destination: path)
    var fields = facts(kubeconfig)
    fields["path"] = .string(path)
    fields["content"] = .string(String(decoding: bytes, as: UTF8.self))
    return ModuleResult(changed: false, fields: fields)
  }

  private static func contents(of path: String) throws(ModuleFailure) -> [UInt8] {
    try readFile(path, limit: Kubeconfig.largest)
  }

  private static func parse(
    _ bytes: [UInt8], named source: String, destination: String
  ) throws(ModuleFailure) -> Kubeconfig {
    do throws(KubeconfigError) {
      return try Kubeconfig(parsing: bytes)
    } catch {
      throw ModuleFailure(
        "\(source) is no kubeconfig that can be used: \(error.message)",
        fields: ["path": .string(destination)])
    }
  }

  /// What a play may see and use without `no_log`.
  private static func facts(_ kubeconfig: Kubeconfig) -> JSONObject {
    [
      "contexts": .array(kubeconfig.contexts.map { .string($0) }),
      "current_context": .string(kubeconfig.currentContext),
      "cluster": .string(kubeconfig.cluster),
      "server": .string(kubeconfig.server),
      "user": .string(kubeconfig.user),
    ]
  }

  private static func difference(
    from old: [UInt8]?, to kubeconfig: Kubeconfig, _ path: String
  ) -> Diff {
    let before = old.flatMap { try? Kubeconfig(parsing: $0) }
    var (masked, after) = kubeconfig.maskedChange(from: before)
    if let old, before == nil { masked = "(no kubeconfig, \(old.count) bytes)\n" }
    return Diff(before: .string(masked), after: .string(after), header: path)
  }
}
