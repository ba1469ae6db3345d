import AnsibleContent

/// Variables of role `images`.
enum ImageVariables {
  static let urlBase = Variable.role(
    "mcapi_magnum_image_url_base",
    default: "https://github.com/vexxhost/capo-image-elements/releases/download/2025.11-4/",
    "Where the images of mcapi_magnum_kubernetes_versions are downloaded from."
  )
  static let attributes = Variable.role(
    "mcapi_magnum_image_attributes", type: .dict, default: ["os_distro": "ubuntu"],
    "What all images of mcapi_magnum_kubernetes_versions have beside name and url: entries as in mcapi_magnum_images.",
    options: entries(required: false))
  static let images = Variable.role(
    "mcapi_magnum_images", type: .list(.dict),
    "The images, each with a url or a path. Unset, there is one for each of mcapi_magnum_kubernetes_versions.",
    options: entries(required: true))
  static let temporaryFolder = Variable.role(
    "mcapi_magnum_image_temporary_directory", type: .path,
    "Folder for downloads, below which each has a folder of its own until it is uploaded; the system's temporary one when unset."
  )

  static let all = [
    MagnumVariables.versions, MagnumVariables.imagePrefix, urlBase, attributes, images,
    temporaryFolder, MagnumVariables.cloud, MagnumVariables.interface,
  ]

  /// The operating systems that the driver knows.
  static let distributions = ["ubuntu", "flatcar", "rockylinux", "debian"]

  private static func entries(required: Bool) -> [VariableOption] {
    [
      VariableOption("name", required: required, "Name of the image."),
      VariableOption(
        "state", default: "present", choices: ["present", "absent"],
        "V(present) uploads the image where there is none of the name; V(absent) deletes it."),
      VariableOption(
        "url",
        "Address to download it from. A user and password in it are used, and neither shown nor kept."
      ),
      VariableOption(
        "path", type: .path, aliases: ["filename"],
        "A file on the utility host, in place of O(url)."),
      VariableOption(
        "checksum",
        "The algorithm, a colon, and the digest or, with O(url), the address of a list of digests: C(sha256:...). Without a colon its length tells which it is.",
        "What was downloaded and has another one is not uploaded."),
      VariableOption(
        "on_change", default: required ? "fail" : "keep", choices: ["fail", "replace", "keep"],
        "What is done where the image is there, and was made of something else than is declared now.",
        "V(fail) changes nothing and says what is different.",
        "V(replace) uploads the new one. The old one stays as C(NAME-) and the beginning of its id, since machines of clusters are made of it until these are upgraded.",
        "V(keep) says what is different and leaves it.",
        "An image that stands for a version of Kubernetes has V(keep), unless mcapi_magnum_image_attributes say otherwise: the next release of its publisher may no longer have it."
      ),
      VariableOption(
        "os_distro", choices: distributions,
        "The operating system in it, which tells Magnum's driver what to do. Required, here or in O(properties)."
      ),
      VariableOption(
        "properties", type: .dict,
        "Further properties. Glance has texts alone: a number or V(true) becomes one."
      ),
      VariableOption(
        "visibility", choices: ["public", "private", "shared", "community"],
        "Who sees it. V(public) for a new image, and as it is for one that is there, unless this says otherwise."
      ),
      VariableOption("disk_format", default: "qcow2", "Format of the disk, of a new image."),
      VariableOption("container_format", default: "bare", "Format around it, of a new image."),
      VariableOption("tags", type: .list(.str), "Tags."),
      VariableOption("owner", "Name or id of the project that has a new image."),
      VariableOption("owner_domain", "Name or id of that project's domain."),
    ]
  }
}
