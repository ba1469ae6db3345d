import AnsibleModule
import ByteText
import HAProxy

/// What has to change for the service to be there, or not to be there.
final class Plan {
  let fragment: FileChange
  /// Nil where there are no fragments at all.
  let configuration: FileChange?
  /// Contributions to maps, each followed by the map that it is a part of.
  let maps: [FileChange]
  /// Folders that contributions to maps need.
  let missingFolders: [String]
  let assembly: Assembly

  init(_ service: Service, isPresent: Bool, _ settings: Settings) throws(ModuleFailure) {
    let status = try FileStatus.of(settings.folder, followingSymlink: true)
    if isPresent && status == nil {
      throw ModuleFailure(
        "\(settings.folder) does not exist; OpenStack-Ansible's haproxy_server role makes it, or"
          + " set conf_dir to the folder of the fragments")
    }
    if let status, status.kind != .directory {
      throw ModuleFailure("\(settings.folder) is not a directory; set conf_dir to one")
    }
    // Written beside the folder, of which the role takes every file into the configuration.
    fragment = try FileChange(
      "\(settings.folder)/\(service.name)", new: isPresent ? service.fragment.bytes : nil,
      settings.file, stage: splitPath(settings.folder).folder)
    if status == nil {
      // Without fragments there is no configuration made of them.
      assembly = Assembly([])
      configuration = nil
    } else {
      assembly = Assembly(try Plan.contents(of: settings.folder, with: service.name, fragment.new))
      configuration = try FileChange(
        settings.configuration, new: assembly.bytes, settings.configurationFile)
    }
    var folders: [String] = []
    maps = try Plan.maps(service, isPresent: isPresent, settings, &folders)
    missingFolders = folders
  }

  var files: [FileChange] { maps + [fragment] + [configuration].compactMap { $0 } }
  var isChange: Bool { files.contains { $0.isChange } || !missingFolders.isEmpty }
  var changesContent: Bool { files.contains { $0.changesContent } }

  /// The files of a folder, one of them as it is to be. Symlinks are followed, as the role does.
  private static func contents(
    of folder: String, with name: String, _ content: [UInt8]?
  ) throws(ModuleFailure) -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    for other in try namesInDirectory(folder) where other != name {
      let path = "\(folder)/\(other)"
      guard try FileStatus.of(path, followingSymlink: true)?.kind == .regular else { continue }
      files.append((other, try readFile(path, limit: FileChange.largest)))
    }
    if let content { files.append((name, content)) }
    return files
  }

  private static func maps(
    _ service: Service, isPresent: Bool, _ settings: Settings, _ missingFolders: inout [String]
  ) throws(ModuleFailure) -> [FileChange] {
    var changes: [FileChange] = []
    var names: [String] = []
    for entry in service.mapEntries where !names.contains(entry.name) { names.append(entry.name) }
    for name in names {
      let folder = "\(settings.mapFolder)/\(name)"
      let isThere = try FileStatus.of(folder, followingSymlink: true) != nil
      let ofMap = service.mapEntries.filter { $0.name == name }
      if !isThere {
        guard isPresent && ofMap.contains(where: { $0.isPresent }) else { continue }
        missingFolders.append(folder)
      }
      var files = isThere ? try contents(of: folder, with: "", nil) : []
      for entry in ofMap {
        let file = "\(entry.order)-\(service.name).map"
        let content = isPresent && entry.isPresent ? entry.text.bytes : nil
        changes.append(
          try FileChange(
            "\(folder)/\(file)", new: content, settings.file, stage: settings.mapFolder))
        files.removeAll { $0.name == file }
        if let content { files.append((file, content)) }
      }
      let map = "\(splitPath(settings.mapFolder).folder)/\(name).map"
      changes.append(try FileChange(map, new: Assembly(files).bytes, settings.configurationFile))
    }
    return changes
  }
}
