import AnsibleModule
import ByteText
import HAProxy
import ModuleSpecs

/// The module `haproxy_backend`: drains servers of an HAProxy backend, makes them ready, waits for
/// them.
@main
struct HAProxyBackendModule {
  static func main() {
    Module.run(ModuleSpecs.haproxyBackend) { invocation throws(ModuleFailure) in
      let request = try Request(invocation.parameters)
      let run: Run
      do throws(RuntimeError) {
        if let mode = request.mode {
          run = try set(mode, request, &invocation)
        } else {
          run = try look(request)
        }
      } catch {
        throw ModuleFailure(error.message)
      }
      return try waited(run, request, invocation)
    }
  }

  /// What a run has done and found so far.
  private struct Run {
    /// As the last look found them.
    var servers: [Server]
    var changed: [Server] = []
    var diff: [Diff] = []
    var process: ProcessInformation?

    var fields: JSONObject {
      var fields: JSONObject = [
        "servers": .array(servers.map { .object($0.fields) }),
        "changed_servers": .array(changed.map { .string($0.name) }),
      ]
      if let process {
        fields["haproxy"] = [
          "version": .string(process.version), "pid": .int(process.processID),
          "uptime": .int(process.uptime),
        ]
      }
      return fields
    }
  }

  private static func look(_ request: Request) throws(RuntimeError) -> Run {
    let servers = try request.socket.servers(of: request.backend).named(request.servers)
    return Run(servers: servers, process: try request.socket.information())
  }

  private static func set(
    _ mode: AdministrativeState.Mode, _ request: Request, _ invocation: inout Invocation
  ) throws(RuntimeError) -> Run {
    let isCheckMode = invocation.isCheckMode
    let (run, remarks) = try request.socket.exclusively {
      () throws(RuntimeError) -> (Run, [String]) in
      let all = try request.socket.servers(of: request.backend)
      let chosen = try all.named(request.servers)
      let change = try StateChange(
        to: mode, of: chosen, among: all, minimumReady: request.minimumReady)
      var run = Run(servers: chosen, changed: change.servers)
      if change.servers.isEmpty { return (run, change.remarks) }
      run.diff = [difference(chosen, mode, request.backend)]
      if !isCheckMode {
        try change.apply(through: request.socket)
        run.servers = try request.socket.servers(of: request.backend).named(request.servers)
      }
      return (run, change.remarks)
    }
    for remark in remarks { invocation.warn(remark) }
    return run
  }

  /// The administrative state of each server, as set on the socket.
  private static func difference(
    _ servers: [Server], _ mode: AdministrativeState.Mode, _ backend: String?
  ) -> Diff {
    var (before, after) = (JSONObject(), JSONObject())
    for server in servers {
      before[server.name] = .string(server.state.administrative.own.name)
      after[server.name] = .string(mode.name)
    }
    return Diff(before: .object(before), after: .object(after), header: backend)
  }

  /// In check mode there is nothing to wait for: what would bring it about is not done.
  private static func waited(
    _ run: Run, _ request: Request, _ invocation: Invocation
  ) throws(ModuleFailure) -> ModuleResult {
    var run = run
    if let wait = request.wait, !invocation.isCheckMode {
      let failure: String?
      do throws(RuntimeError) {
        let outcome = try wait.run(
          run.servers, of: request.backend, setTo: request.mode, through: request.socket)
        run.servers = outcome.servers
        failure = outcome.failure
      } catch {
        failure = error.message
      }
      if let failure {
        var fields = run.fields
        fields["changed"] = .bool(!run.changed.isEmpty)
        throw ModuleFailure(failure, fields: fields)
      }
    }
    return ModuleResult(changed: !run.changed.isEmpty, diff: run.diff, fields: run.fields)
  }
}
