import AnsibleModule
import ByteText
import Certificates
import JSON
import Kubeconfig

/// What a look at a context has found.
final class Examination {
  private let credentials: Credentials
  private let name: String
  private let now = Instant.now

  /// Looks that a context of a kubeconfig can be used, has the server that is expected, and goes on
  /// being valid; certificates by their names, dates and keys.
  ///
  /// - Parameters:
  ///   - name: how messages name the kubeconfig.
  ///   - folder: where it lies, or will.
  ///   - fields: gets what a play may see and use without `no_log`, as far as there is any, when this
  ///     throws too.
  init(
    _ file: KubeconfigFile, context: String? = nil, named name: String, in folder: String,
    _ fields: inout JSONObject, _ invocation: inout Invocation
  ) throws(ModuleFailure) {
    self.name = name
    Self.note(file, in: &fields)
    let kubeconfig: Kubeconfig
    do throws(KubeconfigError) {
      kubeconfig = try Kubeconfig(file, context: context)
      fields["cluster"] = .string(kubeconfig.names.cluster)
      fields["server"] = .string(kubeconfig.server)
      fields["user"] = .string(kubeconfig.names.user)
    } catch {
      throw unusable(name, error, invocation)
    }
    let checks = invocation.parameters.bool("check_certificates")
    func read(_ path: String) throws(ModuleFailure) -> [UInt8] {
      let isAbsolute = path.bytes.first == UInt8(ascii: "/")
      return try readFile(isAbsolute ? path : "\(folder)/\(path)", limit: KubeconfigFile.largest)
    }
    func pem(_ material: Material?) throws(ModuleFailure) -> [UInt8]? {
      guard let material else { return nil }
      guard case .file(let path) = material else { return material.embedded }
      do throws(ModuleFailure) {
        return try read(path)
      } catch {
        // On this host the file may come later.
        guard checks else { return nil }
        throw ModuleFailure(
          "\(name) refers to a file that cannot be used: \(error.message); put it there, use embed"
            + " where it is, or set check_certificates to false",
          fields: error.fields)
      }
    }
    // Who writes a token's file may do so later: what it says counts as far as it can be read.
    let token = kubeconfig.tokenFile.flatMap { try? read($0) }
    credentials = Credentials(
      kubeconfig, authority: try pem(kubeconfig.authority),
      certificate: try pem(kubeconfig.certificate), key: try pem(kubeconfig.key), token: token)
    note(credentials, in: &fields)
    if let expected = invocation.parameters.optionalString("expected_server") {
      do throws(KubeconfigError) { try kubeconfig.checkServer(is: expected) } catch {
        throw unusable(name, error, invocation)
      }
    }
    try check(verifyingSignatures: false, invocation)
    try checkValidity(&invocation)
  }

  /// Verifies the signatures of the certificates, unless the task wants no look. A host without
  /// libcrypto is warned of, for it may be the very one that has no other use for it.
  func verifySignatures(_ invocation: inout Invocation) throws(ModuleFailure) {
    if invocation.parameters.bool("check_certificates") && !Certificate.canVerifySignatures {
      invocation.warn(
        "\(name): signatures of certificates are not verified, for this host has no libcrypto;"
          + " install OpenSSL's library")
      return
    }
    try check(verifyingSignatures: true, invocation)
  }

  private func check(
    verifyingSignatures: Bool, _ invocation: Invocation
  ) throws(ModuleFailure) {
    guard invocation.parameters.bool("check_certificates") else { return }
    do throws(KubeconfigError) {
      try credentials.check(at: now, verifyingSignatures: verifyingSignatures)
    } catch {
      throw unusable(name, error, invocation)
    }
  }

  /// Seconds. Throws for an option that is no duration, whatever the file holds.
  static func minimumValidity(_ invocation: Invocation) throws(ModuleFailure) -> Int {
    let text = try invocation.parameters.string("minimum_validity")
    if let seconds = parseDuration(text) { return seconds }
    throw ModuleFailure(
      "minimum_validity is no duration: \(text); write it as 30d, 12h, 90m, 600s or in seconds")
  }

  private func checkValidity(_ invocation: inout Invocation) throws(ModuleFailure) {
    let seconds = try Self.minimumValidity(invocation)
    if seconds == 0 { return }
    let isFatal = try invocation.parameters.string("validity_action") == "fail"
    for end in credentials.endingWithin(seconds, of: now) {
      if isFatal { throw unusable(name, end, invocation) }
      invocation.warn("\(name): \(end.message)")
    }
  }

  private static func note(_ file: KubeconfigFile, in fields: inout JSONObject) {
    fields["contexts"] = names(.context, file)
    fields["clusters"] = names(.cluster, file)
    fields["users"] = names(.user, file)
    var servers = JSONObject()
    for (cluster, server) in file.servers { servers[cluster] = .string(server) }
    fields["servers"] = .object(servers)
    fields["current_context"] = .string(file.currentContext ?? "")
  }

  private static func names(_ kind: EntryKind, _ file: KubeconfigFile) -> JSONValue {
    .array(file.names(kind).map { .string($0) })
  }

  private func note(_ credentials: Credentials, in fields: inout JSONObject) {
    if let subject = credentials.subject { fields["client_certificate_subject"] = .string(subject) }
    note(credentials.certificateExpiry, "client_certificate", in: &fields)
    note(credentials.authorityExpiry, "certificate_authority", in: &fields)
    note(credentials.tokenExpiry, "token", in: &fields)
  }

  private func note(_ end: Instant?, _ what: String, in fields: inout JSONObject) {
    guard let end else { return }
    fields[what + "_expires"] = .string(end.text)
    fields[what + "_seconds_left"] = .int(Int(end.seconds - now.seconds))
  }
}
