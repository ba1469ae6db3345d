internal import ByteText
internal import JSON

/// All clouds that files and variables describe, as openstacksdk's `OpenStackConfig` finds them.
struct Clouds {
  private(set) var names: [String] = []
  private var settings: [CloudSettings] = []
  /// The one that is taken where none is asked for.
  private(set) var usual: String?
  /// The name of the cloud of the variables.
  let environmentName: String
  /// The files that were read, clouds.yaml first.
  private(set) var files: [String] = []
  private(set) var remarks: [String] = []
  private let searched: [String]

  init(_ surroundings: Surroundings, source: String) throws(OpenStackError) {
    searched = surroundings.searched
    environmentName = surroundings.environmentCloudName
    var remarks: [String] = []
    for (stem, variable) in [
      ("clouds", "OS_CLIENT_CONFIG_FILE"), ("secure", "OS_CLIENT_SECURE_FILE"),
    ] {
      let named = surroundings.filled(variable)
      let file = try ConfigurationFile.first(stem, named: named, surroundings, &remarks)
      if let named, file?.path != named {
        remarks.append(
          "\(named), which \(variable) names, is not read"
            + (file.map { "; \($0.path) is instead" } ?? ""))
      }
      guard let file else { continue }
      files.append(file.path)
      try add(file)
      if stem == "clouds", names.contains(environmentName) {
        throw OpenStackError(
          .configuration,
          "\(file.path) has a cloud named \"\(environmentName)\", which is the name of the cloud of"
            + " the OS_* variables; rename it, or set OS_CLOUD_NAME to another name")
      }
    }
    self.remarks = remarks
    usual = surroundings.filled("OS_CLOUD")
    if let cloud = surroundings.environmentCloud(source) {
      add(environmentName, cloud)
      usual = usual ?? environmentName
    }
    if usual == nil && names.count == 1 { usual = names[0] }
    // Where there is no cloud at all, what the caller says must do, whatever OS_CLOUD is.
    if names.isEmpty { usual = nil }
  }

  /// The settings of a cloud; nil if there is none of this name.
  @inline(never)
  subscript(name: String) -> CloudSettings? {
    for place in names.indices where names[place] == name { return settings[place] }
    return nil
  }

  /// Throws for a name that no cloud has.
  @inline(never)
  func unknown(_ name: String) -> OpenStackError {
    OpenStackError(.unknownCloud, "there is no cloud \"\(name)\": \(known)")
  }

  /// Which clouds there are, and where they were looked for.
  var known: String {
    var words = "known are \(names.listed), read from \(files.listed)"
    if names.isEmpty {
      words =
        files.isEmpty
        ? "no clouds.yaml was found in \(searched.listed)" : "\(files.listed) has no clouds"
    } else if files.isEmpty {
      words = "known is \(names.listed), from the OS_* variables; no clouds.yaml was found in"
      words += " \(searched.listed)"
    }
    for remark in remarks { words += "; " + remark }
    return words
  }

  private mutating func add(_ name: String, _ cloud: CloudSettings) {
    for place in names.indices where names[place] == name {
      settings[place].overlay(cloud)
      return
    }
    names.append(name)
    settings.append(cloud)
  }

  private mutating func add(_ file: ConfigurationFile) throws(OpenStackError) {
    guard let clouds = file.content["clouds"], !clouds.isNull else { return }
    guard let clouds = clouds.object else {
      throw OpenStackError(.configuration, "clouds in \(file.path) is no mapping of clouds by name")
    }
    for (name, value) in clouds {
      let layer = Layer(
        words: " of cloud \"\(name)\" in \(file.path)", prefix: "", stripsPrefix: false)
      if value.isNull {
        add(name, CloudSettings())
        continue
      }
      guard let object = value.object else {
        throw OpenStackError(
          .configuration, "cloud \"\(name)\" in \(file.path) is no mapping of settings")
      }
      add(name, try CloudSettings(object, layer))
    }
  }
}
