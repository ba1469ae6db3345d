import AnsibleModule
import ByteText
import HAProxy
import ModuleSpecs

/// The module `haproxy_service`: a service in OpenStack-Ansible's vocabulary, in HAProxy's
/// configuration, and HAProxy reloaded with it.
@main
struct HAProxyServiceModule {
  static func main() {
    Module.run(ModuleSpecs.haproxyService) { invocation throws(ModuleFailure) in
      hideSecrets(in: invocation.parameters["service"], &invocation)
      hideSecrets(in: invocation.parameters["role_variables"], &invocation)
      let service = try readService(invocation.parameters)
      let findings = try lint(service, &invocation)
      var result = try deliver(service, &invocation)
      result.fields["findings"] = .array(
        findings.map { ["key": .string($0.key), "message": .string($0.message)] })
      return result
    }
  }

  /// The free lines of a service may hold a password; what echoes them must not.
  private static func hideSecrets(in value: JSONValue, _ invocation: inout Invocation) {
    if let text = value.string {
      for secret in MaskedText(text).secrets { invocation.hide(secret) }
    }
    for element in value.array ?? [] { hideSecrets(in: element, &invocation) }
    for (_, member) in value.object ?? [:] { hideSecrets(in: member, &invocation) }
  }

  private static func readService(_ parameters: Parameters) throws(ModuleFailure) -> Service {
    let name = try parameters.string("series")
    guard let series = Series(named: name) else {
      throw ModuleFailure("series is \(name), which is not known")
    }
    let isAsked = try parameters.string("state") == "present"
    do throws(ServiceError) {
      let variables = try RoleVariables(
        parameters["role_variables"].object ?? [:], hostName: hostName)
      return try Service(
        parameters["service"].object ?? [:], variables, series: series,
        isAsked: isAsked)
    } catch {
      throw ModuleFailure("the service cannot be used: \(error.message)")
    }
  }

  /// The name of this host up to the first dot, as the fact `hostname`.
  private static var hostName: String {
    let bytes = (try? readFile("/proc/sys/kernel/hostname", limit: 256)) ?? []
    return String(
      decoding: bytes.prefix { $0 > 0x20 && $0 != UInt8(ascii: ".") }, as: UTF8.self)
  }

  private static func lint(
    _ service: Service, _ invocation: inout Invocation
  ) throws(ModuleFailure) -> [Finding] {
    let level = try invocation.parameters.string("lint")
    if level == "ignore" || !service.isWanted { return [] }
    let findings = service.findings(isInternal: invocation.parameters.bool("internal"))
    let texts = findings.map { "\($0.key): \($0.message)" }
    if level == "fail" && !findings.isEmpty {
      throw ModuleFailure(
        "the service \(service.name) does not do what it says: \(texts.joined(separator: "; "))")
    }
    for text in texts { invocation.warn("service \(service.name): \(text)") }
    return findings
  }

  private static func deliver(
    _ service: Service, _ invocation: inout Invocation
  ) throws(ModuleFailure) -> ModuleResult {
    let settings = try Settings(&invocation)
    let path = "\(settings.folder)/\(service.name)"
    if service.isWanted && !service.hasContent {
      invocation.warn(
        "service \(service.name) has no servers, so nothing was done, as the haproxy_server role does"
      )
      return ModuleResult(changed: false, fields: ["path": .string(path), "reloaded": false])
    }
    if !invocation.isCheckMode { try waitForOthers(settings) }
    let plan = try Plan(service, isPresent: service.isWanted, settings)
    let isPending = settings.reloads ? try FileStatus.of(settings.pendingMark) != nil : false
    let isChange = plan.isChange || isPending
    let activation = Activation(
      plan: plan, service: service, isPresent: service.isWanted, settings: settings)
    var outcome = Activation.Outcome()
    if isChange {
      if !invocation.isCheckMode {
        outcome = try activation.run(isPending: isPending)
      } else if plan.changesContent && !plan.maps.contains(where: { $0.changesContent }) {
        // A map that is not written yet would be missing.
        outcome.warnings = try activation.check()
      }
    }
    for warning in outcome.warnings { invocation.warn("HAProxy: \(warning)") }
    let wouldReload =
      invocation.isCheckMode && settings.reloads && (plan.changesContent || isPending)
    var fields: JSONObject = [
      "path": .string(path), "config": .string(settings.configuration),
      "reloaded": .bool(outcome.worker != nil || wouldReload),
    ]
    if let worker = outcome.worker { fields["process"] = .int(worker.processID) }
    return ModuleResult(
      changed: isChange, diff: isChange && invocation.wantsDiff ? plan.differences : [],
      fields: fields)
  }

  /// Until the end of this process no other run on this host changes the configuration. They may
  /// take as long as a check and a reload.
  private static func waitForOthers(_ settings: Settings) throws(ModuleFailure) {
    do throws(RuntimeError) {
      try lockConfiguration(
        settings.configuration,
        milliseconds: (settings.checkTimeout + settings.reloadTimeout) * 1000)
    } catch {
      throw ModuleFailure("nothing was changed: \(error.message)")
    }
  }
}
