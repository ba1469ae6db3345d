internal import ByteText
internal import JSON

/// One run of a module: what the task asks and how.
public struct Invocation {
  public let parameters: Parameters
  /// The name the task calls the module by, as in `osa_ops.mcapi_vexxhost.kubeconfig`.
  public let moduleName: String
  /// Whether only to say what would change.
  public let isCheckMode: Bool
  /// Whether the play shows differences, so that it is worth making them.
  public let wantsDiff: Bool
  /// 0, and 1 more for each `-v`.
  public let verbosity: Int

  /// Types of file systems that keep no SELinux context for each file.
  let specialFileSystems: [String]
  /// Whether failures tell where in the module they happened.
  let wantsTracebacks: Bool
  let isSilent: Bool
  let facility: String
  private(set) var warnings: [String]
  private(set) var secrets: SecretSet

  /// Shows a warning to the person who runs the play.
  public mutating func warn(_ text: String) { warnings.append(text) }

  /// Hides a text in everything the module reports, as the values of `noLog` options are.
  public mutating func hide(_ secret: String) { secrets.insert(.string(secret)) }

  init(_ validation: Validation, _ controls: Controls, name: String) {
    parameters = Parameters(values: validation.parameters)
    moduleName = name
    isCheckMode = controls.isCheckMode
    wantsDiff = controls.wantsDiff
    verbosity = controls.verbosity
    specialFileSystems = controls.specialFileSystems
    wantsTracebacks = controls.wantsTracebacks
    isSilent = controls.isSilent
    facility = controls.facility
    warnings = validation.warnings
    secrets = validation.secrets
  }
}

/// What Ansible itself tells a module, in parameters whose names begin with `_ansible_`.
struct Controls {
  private(set) var isCheckMode = false
  private(set) var wantsDiff = false
  private(set) var ignoresUnknownOptions = false
  private(set) var verbosity = 0
  private(set) var moduleName: String?
  private(set) var specialFileSystems: [String] = []
  /// Whether nothing is to stand in the log of the target.
  private(set) var isSilent = false
  /// `LOG_USER`, or another facility of syslog.
  private(set) var facility = ""
  private var tracebacks: JSONValue?

  /// Since 2.19 Ansible says for what it wants tracebacks; before, they come with `-vvv`.
  var wantsTracebacks: Bool {
    tracebacks?.array.map { $0.contains(where: { ($0.string ?? "") == "error" }) }
      ?? (verbosity >= 3)
  }

  /// Takes these parameters, known or not, out of `arguments`: newer versions of Ansible add some.
  init(takenFrom arguments: inout JSONObject) {
    var others = JSONObject()
    defer { arguments = others }
    for (key, value) in arguments {
      guard key.begins(with: "_ansible_") else {
        others[key] = value
        continue
      }
      switch key {
      case "_ansible_check_mode": isCheckMode = value.isTrue
      case "_ansible_diff": wantsDiff = value.isTrue
      case "_ansible_ignore_unknown_opts": ignoresUnknownOptions = value.isTrue
      case "_ansible_verbosity": verbosity = value.int ?? 0
      case "_ansible_module_name": moduleName = value.string
      case "_ansible_selinux_special_fs":
        specialFileSystems = value.array?.compactMap { $0.string } ?? []
      case "_ansible_no_log": isSilent = value.isTrue
      case "_ansible_syslog_facility": facility = value.string ?? ""
      case "_ansible_tracebacks_for": tracebacks = value
      default: break
      }
    }
  }
}

extension JSONValue {
  fileprivate var isTrue: Bool {
    @inline(never)
    get { (try? coerced(to: .bool))?.bool ?? false }
  }
}
