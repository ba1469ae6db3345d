import AnsibleModule
import HAProxy

/// The options of the task that say where things are.
final class Settings {
  let folder: String
  let configuration: String
  let mapFolder: String
  let file: FileAttributes
  let mapFolderAttributes: FileAttributes
  let configurationFile: FileAttributes
  let program: String
  let checkTimeout: Int
  let reloads: Bool
  let reloadCommand: [String]
  let reloadTimeout: Int
  let socket: RuntimeSocket

  init(_ invocation: inout Invocation) throws(ModuleFailure) {
    let parameters = invocation.parameters
    folder = try parameters.string("conf_dir")
    configuration = try parameters.string("config")
    mapFolder = try parameters.string("map_dir")
    file = try invocation.fileAttributes(owner: "owner", group: "group", mode: "mode", path: folder)
    mapFolderAttributes = try invocation.fileAttributes(
      owner: "owner", group: "group", mode: "map_dir_mode", path: mapFolder)
    configurationFile = try invocation.fileAttributes(
      owner: "config_owner", group: "config_group", mode: "config_mode", path: configuration)
    program = try parameters.string("program")
    reloads = parameters.bool("reload")
    reloadCommand = parameters.strings("reload_command")
    checkTimeout = try Settings.seconds("check_timeout", parameters)
    reloadTimeout = try Settings.seconds("reload_timeout", parameters)
    socket = RuntimeSocket(
      try parameters.string("socket"),
      timeout: try Settings.seconds("socket_timeout", parameters) * 1000)
    if reloads && reloadCommand.isEmpty {
      throw ModuleFailure("reload_command is empty; name a program, or set reload to false")
    }
  }

  /// A file beside the configuration that is there from before a change until HAProxy has taken it.
  var pendingMark: String {
    let (folder, name) = splitPath(configuration)
    return "\(folder)/.\(name).reload-pending"
  }

  private static func seconds(
    _ name: String, _ parameters: Parameters
  ) throws(ModuleFailure) -> Int {
    let seconds = try parameters.int(name)
    guard 1...3600 ~= seconds else {
      throw ModuleFailure("\(name) is \(seconds); write seconds from 1 to 3600")
    }
    return seconds
  }
}
