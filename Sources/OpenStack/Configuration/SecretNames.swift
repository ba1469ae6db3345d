internal import ByteText

/// Whether the value of a setting must never be shown, by its name as a caller writes it: with - or _,
/// with `os_` before it or not, in letters of any size. Holds for names of today and of old, below
/// `auth` and beside it, and for ways to authenticate that are not known here.
///
/// Facts: the options that keystoneauth1 5.18 marks as secret in each `auth_type`, and
/// openstacksdk's `magic_fixes`.
@inline(never)
public func isSecret(settingName: String) -> Bool {
  let name = Layer(words: "", prefix: "", stripsPrefix: true).name(of: settingName.lowercasedASCII)
  for ending in ["password", "passcode", "secret", "token"] where name.ends(with: ending) {
    return true
  }
  // Of OpenID Connect.
  return name == "code" || name == "authorization_code"
}
