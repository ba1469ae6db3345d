internal import ByteText
internal import JSON

extension JSONObject {
  /// A template's attributes with stars in place of the passwords in the addresses of proxies.
  @inline(never)
  var withoutPasswords: JSONObject {
    var fields = self
    for name in ["http_proxy", "https_proxy"] {
      if let text = fields[name]?.string { fields[name] = .string(text.withoutPassword) }
    }
    return fields
  }
}

extension String {
  /// With stars in place of the password of an address in it.
  var withoutPassword: String {
    @inline(never)
    get {
      guard let place = placeOfPassword(in: bytes) else { return self }
      return part(from: 0, to: place.lowerBound) + "********" + part(from: place.upperBound)
    }
  }
}
