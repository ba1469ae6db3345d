internal import AnsibleModule
internal import Certificates
internal import HAProxy
internal import JSON
internal import Kubeconfig
internal import YAML

/// Code that meets bytes from outside, and what must hold for any of them. A broken promise stops
/// the process, as a failed check inside that code does.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// The JSON parser and writer.
  case json
  /// A module's run but reading and printing: JSON, validation, redaction, result.
  case module
  /// The YAML parser and emitter.
  case yaml
  /// Reading a kubeconfig and showing its change.
  case kubeconfig
  /// Certificates and keys in DER, their dates and their chains.
  case der
  /// The blocks of a PEM text, and what is in them.
  case pem
  /// Reading HAProxy's `show servers state`.
  case servers
  /// Reading HAProxy's `show stat`.
  case statistics
  /// Reading a service of HAProxy and writing its fragment.
  case service
  /// Reading clouds.yaml, secure.yaml and the OS_* variables.
  case cloud
  /// Reading a file of shell assignments of OS_* variables.
  case openrc

  /// Gives the bytes to the code under test.
  public func run(_ bytes: [UInt8]) {
    switch self {
    case .json: fuzzJSON(bytes)
    case .module: fuzzModule(bytes)
    case .yaml: fuzzYAML(bytes)
    case .kubeconfig: fuzzKubeconfig(bytes)
    case .der: fuzzDER(bytes)
    case .pem: fuzzPEM(bytes)
    case .servers: fuzzServers(bytes)
    case .statistics: fuzzStatistics(bytes)
    case .service: fuzzService(bytes)
    case .cloud: fuzzCloud(bytes)
    case .openrc: fuzzOpenRC(bytes)
    }
  }
}

/// What was read is written as JSON of the same value.
private func fuzzJSON(_ bytes: [UInt8]) {
  guard let value = try? JSONValue(parsing: bytes) else { return }
  let text = value.jsonBytes
  precondition(String(validating: text, as: UTF8.self) != nil, "the output is not UTF-8")
  precondition((try? JSONValue(parsing: text)) == value, "the output is another value")
}

/// Whatever the arguments, the answer is JSON with a verdict, and a failure says why.
private func fuzzModule(_ bytes: [UInt8]) {
  let output = Module.execute(everything, arguments: bytes) { invocation throws(ModuleFailure) in
    let mode = invocation.parameters["mode"]
    if !mode.isNull { _ = try FileMode(mode) }
    let folder = splitPath(invocation.parameters.optionalString("home") ?? "").folder
    return ModuleResult(changed: false, fields: ["folder": .string(folder)])
  }
  // NUL in a key is JSON, and Python reads it; the parser here refuses it.
  let text = withoutNUL(JSONValue.object(output).jsonBytes)
  precondition((try? JSONValue(parsing: text))?.object != nil, "the output is no JSON object")
  if output["failed"] == true {
    precondition(output["msg"]?.string?.isEmpty == false, "a failure without message")
  } else {
    precondition(output["changed"] != nil || output["skipped"] != nil, "no verdict")
  }
}

private func withoutNUL(_ text: [UInt8]) -> [UInt8] {
  var text = text
  let escape = Array("\\u0000".utf8)
  for start in text.indices.dropLast(escape.count - 1)
  where text[start] == escape[0] && text[start..<(start + escape.count)].elementsEqual(escape) {
    text[start + escape.count - 1] = UInt8(ascii: "1")
  }
  return text
}

/// What was read can be written, or is refused with a reason, and reads back as the same tree.
private func fuzzYAML(_ bytes: [UInt8]) {
  guard let documents = try? Parser.parse(bytes) else { return }
  for document in documents {
    guard let text = try? Emitter.emit(Document(root: document)) else { continue }
    precondition((try? Parser.parse(text)) == [document], "the output is another tree")
  }
}

/// What is shown of a kubeconfig has a value for each that is hidden, and never a token.
private func fuzzKubeconfig(_ bytes: [UInt8]) {
  guard let read = try? KubeconfigFile(parsing: bytes) else {
    let empty = try? KubeconfigFile(parsing: bytes, mayBeEmpty: true)
    precondition(empty?.names(.context).isEmpty != false, "an empty file has a context")
    return
  }
  let (before, after) = read.maskedChange(from: nil)
  precondition(before.isEmpty && after.hasSuffix("\n"), "nothing is shown")
  let same = read.maskedChange(from: read)
  precondition(same.before == same.after, "a file differs from itself")
  let written = try? KubeconfigFile(parsing: Array(read.text.utf8))
  precondition(written?.document == read.document, "what is written is another file")
  precondition(
    (try? read.merging(read, usesContext: true))?.isUnchanged == read.isUnchanged,
    "a file merged into itself changes")
  guard let kubeconfig = try? Kubeconfig(read) else { return }
  precondition(!kubeconfig.server.isEmpty && !kubeconfig.names.context.isEmpty, "a name is empty")
  precondition(
    (try? kubeconfig.checkServer(is: kubeconfig.server)) != nil, "a server is not itself")
  fuzzCredentials(kubeconfig)
  var chosen = read
  var names = kubeconfig.names
  chosen.keepOnly(names)
  chosen.rename(&names, context: "x", cluster: "c", user: "u")
  precondition((try? Kubeconfig(chosen))?.server == kubeconfig.server, "another cluster is chosen")
  precondition(chosen.remove(context: "x") && chosen.names(.user).isEmpty, "an entry is left")
}

/// A token ends after 1970, and what is embedded is checked or refused with a reason.
private func fuzzCredentials(_ kubeconfig: Kubeconfig) {
  func embedded(_ material: Material?) -> [UInt8]? {
    if case .embedded(let bytes) = material { return bytes }
    return nil
  }
  let credentials = Credentials(
    kubeconfig, authority: embedded(kubeconfig.authority),
    certificate: embedded(kubeconfig.certificate), key: embedded(kubeconfig.key), token: nil)
  if let expiry = credentials.tokenExpiry {
    precondition(0...253_402_300_799 ~= expiry.seconds, "a date that cannot be added to")
  }
  do throws(KubeconfigError) {
    try credentials.check(at: Instant(seconds: 1_800_000_000), verifyingSignatures: false)
  } catch {
    precondition(!error.message.isEmpty, "refused without a reason")
  }
}

/// Names are printable, dates are in order of their texts, and a certificate of itself is one that
/// libcrypto reads too, or refuses with a reason.
private func fuzzDER(_ bytes: [UInt8]) {
  let key = try? PrivateKey(der: bytes)
  guard let certificate = try? Certificate(der: bytes) else { return }
  precondition(key == nil, "both a certificate and a key")
  for name in [certificate.subject, certificate.issuer] {
    precondition(name.text.utf8.allSatisfy { 0x20..<0x7F ~= $0 }, "a name with control bytes")
  }
  precondition(certificate.notBefore.text.utf8.count == 20, "a date of another length")
  if let end = certificate.notAfter {
    precondition(
      (certificate.notBefore < end) == (certificate.notBefore.text < end.text),
      "dates and their texts differ")
  }
  precondition((try? certificate.chain(to: [certificate]))?.count == 1, "no chain of one")
  _ = try? certificate.verifySignature(by: certificate)
}

/// Each block has a label and bytes, and what is in it is read or refused.
private func fuzzPEM(_ bytes: [UInt8]) {
  guard let blocks = try? PEMBlock.all(in: bytes) else { return }
  for block in blocks {
    precondition(!block.label.isEmpty && !block.bytes.isEmpty, "an empty block")
    fuzzDER(block.bytes)
  }
  guard let certificates = try? Certificate.all(inPEM: bytes) else { return }
  let chain = try? certificates[0].chain(through: certificates, to: certificates.suffix(1))
  precondition((chain?.count ?? 1) <= Certificate.longestChain, "a chain too long")
  if let key = try? PrivateKey(inPEM: bytes) { _ = try? key.matches(certificates[0]) }
}

/// A server that is not ready has somebody who says so, and one that is ready has nobody.
private func fuzzServers(_ bytes: [UInt8]) {
  guard let rows = try? ServerState.rows(parsing: bytes) else { return }
  for row in rows {
    let state = row.administrative
    precondition((state.mode == .ready) == state.origins.isEmpty, "a state without origin")
    precondition(!row.name.utf8.contains { $0 == 0x20 || $0 == 0x0A }, "a name with a separator")
  }
}

/// What was read, written as a table with quotes around all of it, reads back as the same rows.
private func fuzzStatistics(_ bytes: [UInt8]) {
  guard let rows = try? ServerStatistics.rows(parsing: bytes) else { return }
  var table = "# pxname,svname,status,scur,type,qcur,bck,addr,tracked,check_status,check_code,"
  table += "check_desc,last_chk,check_rise,check_fall,\n"
  for row in rows {
    let check = (row.isCheckRunning ? "* " : "") + row.checkStatus
    let fields = [
      row.backend, row.name, row.status, "\(row.sessions)", "2", "\(row.queue)",
      row.isBackup ? "1" : "0", row.address, row.tracked, check, text(row.checkCode),
      row.checkDescription, row.lastCheck, text(row.checkRise), text(row.checkFall),
    ]
    for field in fields { table += "\"" + doubled(field) + "\"," }
    table += "\n"
  }
  precondition((try? ServerStatistics.rows(parsing: Array(table.utf8))) == rows, "other rows")
}

private func text(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }

private func doubled(_ text: String) -> String {
  var bytes: [UInt8] = []
  for byte in text.utf8 {
    if byte == UInt8(ascii: "\"") { bytes.append(byte) }
    bytes.append(byte)
  }
  return String(decoding: bytes, as: UTF8.self)
}
