internal import ByteText
internal import CPosix

/// What a process finds around it: its environment, and where configuration lies.
public struct Surroundings: Sendable {
  /// The variables of the environment.
  public var variables: [(name: String, value: String)]
  /// The current folder, absolute.
  public var folder: String
  /// The home of the user, absolute.
  public var home: String
  /// Where the whole host has its configuration.
  public var systemFolder = "/etc/openstack"

  /// Those of another process, or of a test.
  public init(variables: [(name: String, value: String)], folder: String, home: String) {
    self.variables = variables
    self.folder = folder
    self.home = home
  }

  /// Those of this process.
  public static var process: Surroundings {
    var variables: [(name: String, value: String)] = []
    var index: Int32 = 0
    while let entry = cposix_environment_entry(index) {
      let text = String(cString: entry)
      if let equals = text.place(of: "=") {
        variables.append((text.part(from: 0, to: equals), text.part(from: equals + 1)))
      }
      index += 1
    }
    var path = [CChar](repeating: 0, count: 4096)
    var folder = "."
    let here = cposix_hold_folder(Int32(CPOSIX_HERE), ".")
    if here >= 0 {
      if cposix_true_path(here, &path, path.count) == 1 { folder = String(untilNUL: path) }
      _ = cposix_close(here)
    }
    var surroundings = Surroundings(variables: variables, folder: folder, home: "")
    // As Python's expanduser has it: HOME first, then the account.
    if let home = surroundings["HOME"] {
      surroundings.home = home
    } else if cposix_user_home(nil, &path, path.count) == 1 {
      surroundings.home = String(untilNUL: path)
    }
    return surroundings
  }

  /// A variable's value, maybe empty; nil where it is not set.
  subscript(name: String) -> String? {
    @inline(never)
    get {
      for variable in variables where variable.name == name { return variable.value }
      return nil
    }
  }

  /// A variable that is set and not empty.
  @inline(never)
  func filled(_ name: String) -> String? {
    guard let value = self[name], !value.isEmpty else { return nil }
    return value
  }

  /// A path with the home in place of a `~` before it.
  @inline(never)
  func expanded(_ path: String) -> String {
    path == "~" || path.begins(with: "~/") ? home + path.part(from: 1) : path
  }

  /// The folders that may hold clouds.yaml, in the order in which openstacksdk looks at them.
  var searched: [String] {
    let own = (filled("XDG_CONFIG_HOME") ?? home + "/.config") + "/openstack"
    let unix = (filled("SNAP_REAL_HOME") ?? home) + "/.config/openstack"
    let site = (filled("XDG_CONFIG_DIRS") ?? "/etc/xdg") + "/openstack"
    var folders = [folder, own]
    if unix != own { folders.append(unix) }
    return folders + [site, systemFolder]
  }
}
