internal import ByteText
internal import CPosix

/// `$NAME` and `${NAME}` replaced from the environment, then a leading `~` or `~user` by a home;
/// what is not known stays as it is.
func expandedPath(_ path: String) -> String {
  expandedHome(expandedVariables(path))
}

private func expandedVariables(_ path: String) -> String {
  let scalars = path.scalars
  var result: Scalars = []
  var position = 0
  while position < scalars.count {
    guard scalars[position] == "$", let (name, end) = variable(in: scalars, at: position + 1),
      let value = environment(name)
    else {
      result.append(scalars[position])
      position += 1
      continue
    }
    result += value.scalars
    position = end
  }
  return String(result)
}

/// The name that begins after a `$`, and where it ends.
private func variable(in scalars: Scalars, at start: Int) -> (name: String, end: Int)? {
  if start < scalars.count, scalars[start] == "{" {
    guard let end = scalars[start...].firstIndex(of: "}") else { return nil }
    return (String(scalars[(start + 1)..<end]), end + 1)
  }
  let name = scalars[start...].prefix { $0.isWordPart }
  return name.isEmpty ? nil : (String(name), name.endIndex)
}

private func expandedHome(_ path: String) -> String {
  let scalars = path.scalars
  guard scalars.first == "~" else { return path }
  let end = scalars.firstIndex(of: "/") ?? scalars.count
  let user = String(scalars[1..<end])
  let home =
    user.isEmpty ? environment("HOME") ?? homeDirectory(of: nil) : homeDirectory(of: user)
  guard var expanded = home?.scalars else { return path }
  while expanded.last == "/" { expanded.removeLast() }
  expanded += scalars[end...]
  return expanded.isEmpty ? "/" : String(expanded)
}

/// The value of an environment variable of this process.
func environment(_ name: String) -> String? {
  guard !name.bytes.contains(0), let value = cposix_environment(name) else { return nil }
  return String(cString: value)
}

private func homeDirectory(of user: String?) -> String? {
  withName { buffer, size in
    guard let user else { return cposix_user_home(nil, buffer, size) }
    return user.bytes.contains(0) ? 0 : cposix_user_home(user, buffer, size)
  }
}
