import AnsibleModule
import ByteText
import HAProxy

/// Makes a plan true: files, reload, a look that HAProxy has taken it; all of it or nothing.
struct Activation {
  let plan: Plan
  let service: Service
  let isPresent: Bool
  let settings: Settings

  /// What HAProxy warned of, and the process that serves now; nil where nothing was reloaded.
  struct Outcome {
    var warnings: [String] = []
    var worker: Worker?
  }

  /// - Parameter isPending: whether an earlier run has not come to the reload.
  func run(isPending: Bool) throws(ModuleFailure) -> Outcome {
    var outcome = Outcome()
    let isActivated = plan.changesContent || isPending
    // Before anything is touched: without an answer now there could be none of success later.
    let old = isActivated && settings.reloads ? try currentWorker() : nil
    var done: [FileChange] = []
    do throws(ModuleFailure) {
      for folder in plan.missingFolders {
        _ = try makeDirectory(folder, attributes: settings.mapFolderAttributes)
      }
      // HAProxy reads maps when it starts or checks, and at no other time.
      try apply(plan.maps, &done)
      if isActivated { outcome.warnings = try check() }
      if isActivated && settings.reloads { try markPending() }
      try apply([plan.fragment] + [plan.configuration].compactMap { $0 }, &done)
    } catch {
      guard let trouble = undo(done) else { throw error }
      throw ModuleFailure("\(error.message); \(trouble)", fields: error.fields)
    }
    if isActivated && settings.reloads {
      do throws(ModuleFailure) {
        let proxies = [service.proxy].compactMap { $0 }
        outcome.worker = try reload(
          after: old, wanted: isPresent ? proxies : [], unwanted: isPresent ? [] : proxies)
      } catch {
        throw restored(done, after: old, because: error)
      }
      try unmarkPending()
    }
    return outcome
  }

  func check() throws(ModuleFailure) -> [String] {
    try ConfigurationCheck(
      settings: settings, assembly: plan.assembly, fragment: plan.fragment.path
    ).run(proxiesBeginWith: service.name + "-")
  }

  private func currentWorker() throws(ModuleFailure) -> Worker {
    do throws(RuntimeError) {
      return try settings.socket.worker()
    } catch {
      throw ModuleFailure(
        "nothing was changed, since a reload could not be confirmed: \(error.message); or set"
          + " reload to false")
    }
  }

  private func apply(_ files: [FileChange], _ done: inout [FileChange]) throws(ModuleFailure) {
    for file in files where file.isChange {
      if file.changesContent { done.append(file) }
      try file.apply()
    }
  }

  /// - Returns: what could not be undone; nil if all was.
  private func undo(_ done: [FileChange]) -> String? {
    var troubles: [String] = []
    for file in done.reversed() {
      do throws(ModuleFailure) {
        try file.undo()
      } catch {
        troubles.append("\(file.path) could not be restored: \(error.message)")
      }
    }
    return troubles.isEmpty ? nil : troubles.joined(separator: "; ")
  }

  /// HAProxy's master does not hear a signal that comes while it starts itself anew, for somebody
  /// else's reload a moment before. So it is told again if nothing follows from the first time.
  private func reload(
    after old: Worker?, wanted: [String], unwanted: [String]
  ) throws(ModuleFailure) -> Worker {
    try runReloadCommand()
    do throws(RuntimeError) {
      return try settings.socket.worker(
        after: old, wanted: wanted, unwanted: unwanted,
        milliseconds: settings.reloadTimeout * 1000, again: { try? runReloadCommand() })
    } catch {
      throw ModuleFailure(error.message)
    }
  }

  private func runReloadCommand() throws(ModuleFailure) {
    var command = Command(settings.reloadCommand)
    command.timeLimit = settings.reloadTimeout
    let outcome = try command.run()
    if outcome.code == 0 { return }
    let words = settings.reloadCommand.joined(separator: " ")
    let said = (outcome.errorText + outcome.text).bytes.split(separator: 0x0A).prefix(3)
      .map { String(bytes: $0) }.joined(separator: "; ")
    throw ModuleFailure("\(words) ended with \(outcome.code)" + (said.isEmpty ? "" : ": \(said)"))
  }

  /// Puts the old files back, reloads again, and says how it all ended.
  private func restored(
    _ done: [FileChange], after old: Worker?, because cause: ModuleFailure
  ) -> ModuleFailure {
    var message = "the reload failed: \(cause.message). "
    if let trouble = undo(done) {
      message += "The files from before are not all back: \(trouble)"
      return ModuleFailure(message, fields: ["path": .string(plan.fragment.path)])
    }
    message += "The files are as they were before, "
    let failing = try? settings.socket.worker()
    do throws(ModuleFailure) {
      let worker = try reload(after: failing, wanted: [], unwanted: [])
      message += "and HAProxy has been reloaded with them (process \(worker.processID))"
      try unmarkPending()
    } catch {
      message += "but the second reload failed too: \(error.message)"
      if let now = try? settings.socket.worker() {
        if now.processID == old?.processID {
          // What runs is what the files say again: nothing is outstanding.
          try? unmarkPending()
          message += "; process \(now.processID) from before goes on with the old configuration"
        }
      } else {
        message += "; HAProxy does not answer on \(settings.socket.path): look at its log"
      }
    }
    return ModuleFailure(message, fields: ["path": .string(plan.fragment.path)])
  }

  private func markPending() throws(ModuleFailure) {
    try replaceFile(
      settings.pendingMark, with: [], attributes: FileAttributes(),
      existing: try FileStatus.of(settings.pendingMark))
  }

  private func unmarkPending() throws(ModuleFailure) {
    if try FileStatus.of(settings.pendingMark) != nil { try removeFile(settings.pendingMark) }
  }
}
