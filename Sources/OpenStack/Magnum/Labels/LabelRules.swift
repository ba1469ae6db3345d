internal import ByteText
public import JSON

/// Which labels a cluster template may have, and what they become: the driver reads texts, and says
/// nothing of a label that it does not know.
public struct LabelRules: Sendable {
  /// The release of the driver that will read them; nil: any.
  private let release: Release?
  private let allowsUnknown: Bool

  /// - Parameter driverVersion: as in `0.33.0` or `v0.33.0`; nil where it is not known.
  ///
  /// Throws for what is no release.
  public init(driverVersion: String?, allowsUnknown: Bool) throws(OpenStackError) {
    self.allowsUnknown = allowsUnknown
    guard let driverVersion else {
      release = nil
      return
    }
    guard let release = Release(driverVersion) else {
      throw OpenStackError(
        .configuration,
        "driver_version is \"\(driverVersion)\"; write the release of magnum-cluster-api, as 0.33.0"
      )
    }
    self.release = release
  }

  /// For no label at all.
  init() {
    release = nil
    allowsUnknown = false
  }

  /// The labels as the driver wants them: texts, `true` and `false` in small letters. Null stays.
  ///
  /// Throws all that is wrong with them at once.
  public func checked(_ labels: JSONObject) throws(OpenStackError) -> JSONObject {
    var faults: [String] = []
    var texts = JSONObject()
    let known = Label.all
    for (name, value) in labels {
      if value.isNull {
        texts[name] = .null
        continue
      }
      guard var text = plainText(value) else {
        faults.append("label \(name) must be text, a number or a boolean")
        continue
      }
      var label: Label?
      for candidate in known where candidate.name == name { label = candidate }
      if let label {
        if let fault = fault(label, &text) { faults.append(fault) }
      } else if !allowsUnknown {
        var names: [String] = []
        for label in known { names.append(label.name) }
        let meant = nearest(to: name, among: names)
        faults.append(
          "label \(name) is unknown to the driver"
            + (meant.map { "; did you mean \($0)?" } ?? ""))
      }
      texts[name] = .string(text)
    }
    if let fault = algorithmFault(texts) { faults.append(fault) }
    if !faults.isEmpty {
      var message = faults.joined(separator: "; ")
      if message.place(of: "is unknown to the driver") != nil {
        message += " (allow_unknown_labels lets it pass)"
      }
      throw OpenStackError(.configuration, message)
    }
    return texts
  }

  /// Throws where the labels that a template is to have lack what its clusters cannot be without, or
  /// contradict each other, as some that are there and some that are named may.
  public func checkComplete(_ labels: JSONObject) throws(OpenStackError) {
    var fault = algorithmFault(labels)
    if labels["kube_tag"]?.isNull != false {
      fault =
        "label kube_tag is missing: a cluster of such a template can be neither made nor deleted"
        + " properly; set it to the release of Kubernetes in the image, as v1.34.2"
    }
    if let fault { throw OpenStackError(.configuration, fault) }
  }

  /// What is wrong with a value; nil if nothing, and then the text is as the driver wants it.
  private func fault(_ label: Label, _ text: inout String) -> String? {
    if let release {
      if release.isBefore(label.since) {
        return
          "label \(label.name) is read from driver \(label.since.text) on, and driver_version is"
          + " \(release.text)"
      }
      if let last = label.last, last.isBefore(release) {
        return
          "label \(label.name) was last read by driver \(last.text), and driver_version is"
          + " \(release.text)"
      }
    }
    if fits(label.kind, &text) { return nil }
    var words = "label \(label.name) is \"\(text)\" and must be \(label.kind.wanted)"
    if case .algorithm = label.kind, let meant = nearest(to: text, among: label.kind.choices) {
      words += "; did you mean \(meant)?"
    }
    return words
  }

  private func fits(_ kind: Label.Kind, _ text: inout String) -> Bool {
    switch kind {
    case .text: return true
    case .flag:
      // What oslo.utils takes for a boolean, and what YAML 1.1 does.
      switch text.lowercasedASCII {
      case "true", "yes", "on", "1", "t", "y": text = "true"
      case "false", "no", "off", "0", "f", "n": text = "false"
      default: return false
      }
      return true
    case .number: return isNumber(text.bytes[...], upTo: .max)
    case .release: return text.begins(with: "v") && Release(text) != nil
    case .network: return isNetwork(text)
    case .algorithm: return kind.choices.contains(text)
    case .policies:
      for policy in text.parts(at: UInt8(ascii: ",")) where !kind.choices.contains(policy) {
        return false
      }
      return true
    }
  }

  /// The driver refuses a cluster with another algorithm below OVN.
  private func algorithmFault(_ labels: JSONObject) -> String? {
    guard (labels["octavia_provider"]?.string ?? "") == "ovn",
      let algorithm = labels["octavia_lb_algorithm"]?.string, algorithm != "SOURCE_IP_PORT"
    else { return nil }
    return "label octavia_lb_algorithm is \"\(algorithm)\", and octavia_provider ovn knows only"
      + " SOURCE_IP_PORT"
  }
}

/// A plain value as a text; nil for lists and dictionaries.
@inline(never)
func plainText(_ value: JSONValue) -> String? {
  switch value {
  case .string(let text): text
  case .bool(let value): value ? "true" : "false"
  case .int, .double: value.jsonText
  default: nil
  }
}

/// Digits alone, and no more than that.
@inline(never)
private func isNumber(_ text: ArraySlice<UInt8>, upTo limit: Int) -> Bool {
  guard let first = text.first, first >= 0x30 && first <= 0x39,
    let number = parseInteger(text, radix: 10)
  else { return false }
  return number <= limit
}

/// An address of IPv4 or IPv6 with its prefix length; of IPv6 only the letters are looked at.
@inline(never)
private func isNetwork(_ text: String) -> Bool {
  let halves = text.bytes[...].parts(at: UInt8(ascii: "/"))
  if halves.count != 2 { return false }
  var isIPv6 = false
  for byte in halves[0] where byte == UInt8(ascii: ":") { isIPv6 = true }
  if isIPv6 {
    for byte in halves[0] where !byte.isOne(of: "0123456789abcdefABCDEF:.") { return false }
    return isNumber(halves[1], upTo: 128)
  }
  let numbers = halves[0].parts(at: UInt8(ascii: "."))
  if numbers.count != 4 { return false }
  for number in numbers where !isNumber(number, upTo: 255) { return false }
  return isNumber(halves[1], upTo: 32)
}
