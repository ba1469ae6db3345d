internal import ByteText
internal import JSON

/// One run of a module: what the task asks and how.
public struct Invocation {
  public let parameters: Parameters
  /// The name the task calls the module by, as in `osa_ops.mcapi_vexxhost.kubeconfig`.
  public let moduleName: String

  let controls: Controls
  private(set) var warnings: [String]
  private(set) var secrets: SecretSet

  /// Whether only to say what would change.
  public var isCheckMode: Bool { controls.isCheckMode }
  /// Whether the play shows differences, so that it is worth making them.
  public var wantsDiff: Bool { controls.wantsDiff }
  /// 0, and 1 more for each `-v`.
  public var verbosity: Int { controls.verbosity }

  /// Types of file systems that keep no SELinux context for each file.
  var specialFileSystems: [String] { controls.specialFileSystems }

  /// Shows a warning to the person who runs the play.
  public mutating func warn(_ text: String) { warnings.append(text) }

  /// Hides a text in everything the module reports, as the values of `noLog` options are.
  public mutating func hide(_ secret: String) { secrets.insert(.string(secret)) }

  init(_ validation: Validation, _ controls: Controls, name: String) {
    parameters = Parameters(values: validation.parameters)
    moduleName = name
    self.controls = controls
    warnings = validation.warnings
    secrets = validation.secrets
  }
}

/// What Ansible itself tells a module, in parameters whose names begin with `_ansible_`.
struct Controls {
  private var values = JSONObject()

  var isCheckMode: Bool { isTrue("_ansible_check_mode") }
  var wantsDiff: Bool { isTrue("_ansible_diff") }
  var ignoresUnknownOptions: Bool { isTrue("_ansible_ignore_unknown_opts") }
  var verbosity: Int { values["_ansible_verbosity"]?.int ?? 0 }
  var moduleName: String? { values["_ansible_module_name"]?.string }
  var specialFileSystems: [String] {
    values["_ansible_selinux_special_fs"]?.array?.compactMap { $0.string } ?? []
  }

  /// Whether nothing is to stand in the log of the target.
  var isSilent: Bool { isTrue("_ansible_no_log") }
  /// `LOG_USER`, or another facility of syslog.
  var facility: String { values["_ansible_syslog_facility"]?.string ?? "" }

  /// Since 2.19 Ansible says for what it wants tracebacks; before, they come with `-vvv`.
  var wantsTracebacks: Bool {
    values["_ansible_tracebacks_for"]?.array.map {
      $0.contains(where: { ($0.string ?? "") == "error" })
    } ?? (verbosity >= 3)
  }

  /// Takes these parameters, known or not, out of `arguments`: newer versions of Ansible add some.
  init(takenFrom arguments: inout JSONObject) {
    var others = JSONObject()
    for (key, value) in arguments {
      if key.begins(with: "_ansible_") { values[key] = value } else { others[key] = value }
    }
    arguments = others
  }

  @inline(never)
  private func isTrue(_ key: String) -> Bool {
    (try? values[key]?.coerced(to: .bool))?.bool ?? false
  }
}
