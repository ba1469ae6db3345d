internal import ByteText
internal import JSON

extension Surroundings {
  /// The name of the cloud that the OS_* variables make up.
  var environmentCloudName: String { self["OS_CLOUD_NAME"] ?? "envvars" }

  /// The cloud that the OS_* variables make up; nil if there are none but those that choose one.
  ///
  /// - Parameter source: what follows a variable's name in messages.
  @inline(never)
  func environmentCloud(_ source: String) -> CloudSettings? {
    var cloud = CloudSettings()
    var isCloud = false
    for variable in variables where variable.name.begins(with: "OS_") {
      let name = variable.name
      if name.begins(with: "OS_TEST") || name.begins(with: "OS_STD") || name.begins(with: "OS_LOG")
      {
        continue
      }
      switch name {
      case "OS_CLOUD", "OS_CLIENT_CONFIG_FILE", "OS_CLIENT_SECURE_FILE", "OS_CLOUD_NAME": continue
      case "OS_REGION_NAME": break
      default: isCloud = true
      }
      cloud.general.set(
        Setting(
          key: name.part(from: 3).lowercasedASCII, value: .string(variable.value),
          place: name + source))
    }
    return isCloud ? cloud : nil
  }
}
