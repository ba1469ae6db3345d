public import JSON

/// Which cloud a caller wants, and what it says of it itself.
public struct CloudRequest: Sendable {
  /// The name of a cloud in clouds.yaml; nil: OS_CLOUD, or the cloud of the OS_* variables, or the
  /// only one there is.
  public var cloud: String?
  /// Settings that count more than those of files and variables, under the keys of clouds.yaml:
  /// `auth`, `auth_type`, `region_name`, `interface`, `cacert`, `verify`, `cert`, `key`,
  /// `api_timeout`, ... Null says nothing.
  public var settings = JSONObject()
  /// A file of `export OS_...=...` lines. Its variables take the place of the environment's.
  public var openRC: String?

  /// What is not given is looked for where openstacksdk looks.
  public init(
    cloud: String? = nil, settings: JSONObject = JSONObject(), openRC: String? = nil
  ) {
    self.cloud = cloud
    self.settings = settings
    self.openRC = openRC
  }
}
