internal import ByteText
internal import JSON

/// The templates of one name and its versions in one project.
///
/// A version's name is `NAME-` and ten hexadecimal digits, of which the last four are made of all
/// before them: nobody's `NAME-2026010100` is taken for one.
struct TemplateFamily {
  let name: String
  /// The oldest first.
  let members: [ClusterTemplate]

  init(_ name: String, among templates: [ClusterTemplate]) {
    self.name = name
    var members: [ClusterTemplate] = []
    for template in templates
    where template.name == name || isVersion(template.name, of: name) {
      members.append(template)
    }
    self.members = members
  }

  /// The template that stands for the name now: the newest that is as it is wanted, or can become so
  /// while clusters refer to it; else the newest of all. Those that can be seen come first.
  ///
  /// - Parameter byName: whether the one with the name comes first, whatever it is.
  ///
  /// Throws where several have the name itself, and where what they refer to cannot be looked up.
  func current(
    _ wanted: WantedTemplate, byName: Bool, _ requests: TemplateRequests
  ) throws(OpenStackError) -> ClusterTemplate? {
    let base = try only(members, named: name)
    if byName, let base { return base }
    var newest: ClusterTemplate?
    for isHidden in [false, true] {
      for member in members.reversed() where member.isHidden == isHidden {
        newest = newest ?? member
        if fits(try requests.agreed(wanted, member), member) { return member }
      }
    }
    return newest
  }

  /// One whose labels would lack what they need is none that fits.
  private func fits(_ wanted: WantedTemplate, _ member: ClusterTemplate) -> Bool {
    do throws(OpenStackError) {
      return areChangeableInUse(try wanted.changes(to: member))
    } catch {
      return false
    }
  }
}

/// The name of the version that is made by this body: the same for the same attributes, but for those
/// that may change at any time.
@inline(never)
func versionName(_ name: String, _ body: JSONObject) -> String {
  var whole = ""
  for field in TemplateField.all where !field.isChangeableInUse {
    guard let value = body[field.name] else { continue }
    var text = field.name + "=" + value.jsonText + "\n"
    if let labels = value.object {
      text = field.name
      for name in labels.keys.sortedByBytes() {
        text += "\n" + name + "=" + (labels[name]?.string ?? "")
      }
      text += "\n\n"
    }
    whole += text
  }
  return marked(name + "-", digits(hash(whole), 6))
}

/// The name that a template gets which gives its own to another one.
@inline(never)
func formerName(_ name: String, _ uuid: String) -> String {
  marked(name + "-", uuid.part(from: 0, to: min(6, uuid.utf8.count)))
}

/// With four digits that are made of both.
@inline(never)
private func marked(_ start: String, _ six: String) -> String {
  let text = start + six
  return text + digits(hash(text), 4)
}

@inline(never)
private func isVersion(_ name: String, of base: String) -> Bool {
  let (count, start) = (name.utf8.count, base.utf8.count + 1)
  if count != start + 10 || !name.begins(with: base + "-") { return false }
  return marked(base + "-", name.part(from: start, to: start + 6)) == name
}

/// FNV-1a: no secret, and nobody wants two versions to be taken for one.
@inline(never)
private func hash(_ text: String) -> UInt32 {
  var hash: UInt32 = 2_166_136_261
  for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
  return hash
}

/// The last digits of a number, in hexadecimal.
@inline(never)
private func digits(_ number: UInt32, _ count: Int) -> String {
  let signs = Array("0123456789abcdef".utf8)
  var bytes: [UInt8] = []
  for place in 0..<count {
    bytes.append(signs[Int(number >> UInt32(4 * (count - 1 - place))) & 15])
  }
  return String(bytes: bytes)
}
