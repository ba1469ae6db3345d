internal import ByteText
internal import JSON

extension JSONObject {
  /// A template's attributes with stars in place of the passwords in the addresses of proxies.
  @inline(never)
  var withoutPasswords: JSONObject {
    var fields = self
    for name in ["http_proxy", "https_proxy"] {
      let text = fields[name]?.string ?? ""
      guard let place = placeOfPassword(in: text.bytes) else { continue }
      let start = text.part(from: 0, to: place.lowerBound)
      fields[name] = .string(start + "********" + text.part(from: place.upperBound))
    }
    return fields
  }
}
