import AnsibleContent

/// One image: how it is declared, and what is there of it.
enum OneImage {
  static let listed = Variable.registered("_mcapi_images_listed")

  /// The dictionary that declares it.
  static let image = Variable.registered("_mcapi_image")
  static let isWanted = Variable.registered("_mcapi_image_wanted")
  static let url = Variable.registered("_mcapi_image_url")
  static let path = Variable.registered("_mcapi_image_path")
  /// With the algorithm before it; empty where none is declared.
  static let checksum = Variable.registered("_mcapi_image_checksum")
  static let algorithm = Variable.registered("_mcapi_image_algorithm")
  /// The path, or the address without user, password and query, which may be a signature.
  static let source = Variable.registered("_mcapi_image_source")
  static let properties = Variable.registered("_mcapi_image_properties")

  /// The images of its name that Glance has.
  static let namesakes = Variable.registered("_mcapi_image_namesakes")
  /// The first of them; an empty dictionary where there is none.
  static let there = Variable.registered("_mcapi_image_there")
  static let status = Variable.registered("_mcapi_image_status")
  private static let records = Variable.registered("_mcapi_image_records")
  /// Glance's own, or the one that it was uploaded with; empty where nobody knows it.
  private static let checksumThere = Variable.registered("_mcapi_image_checksum_there")
  /// The file of a path.
  static let file = Variable.registered("_mcapi_image_file")

  /// What tells one content from another: as it is declared, and as it is there. The second is empty
  /// where nobody can know.
  static let contents = Variable.registered("_mcapi_image_contents")
  /// Whether what is there was made of something else.
  static let isOther = Variable.registered("_mcapi_image_other")
  static let isUploaded = Variable.registered("_mcapi_image_uploaded")
  /// Properties, and the visibility, that are to be and are not there or other ones.
  static let wrong = Variable.registered("_mcapi_image_wrong")

  /// Properties of an image that say what it was made of.
  enum Record {
    static let source = "mcapi_source"
    static let checksum = "mcapi_checksum"
    static let all = [source, checksum]
  }

  static var name: Expression { image["name"] }

  /// What a version stands for.
  @Sendable static func declaration(of version: Variable) -> Expression {
    let own: Value = [
      "name": "\(MagnumVariables.imagePrefix)\(version)",
      "url": "\(ImageVariables.urlBase)\(MagnumVariables.imagePrefix)\(version).qcow2",
    ]
    return ImageVariables.attributes.combine(own)
  }

  /// What the tasks of one image read.
  static var vars: Value { .fields(declared + present + compared) }

  private static var declared: [(String, Value)] {
    let given = image["checksum"].default("")
    let distribution = image.filter("dict2items")
      .filter("selectattr", "key", "equalto", "os_distro").filter("items2dict")
    return [
      (isWanted.name, "\(image["state"].default("present") == "present")"),
      (url.name, "\(image["url"].default(""))"),
      (path.name, "\(image["path"].default(image["filename"].default("")))"),
      (checksum.name, "\((given == "" || ":".in(given)).then(given, else: "md5:" ~ given))"),
      (algorithm.name, "\(checksum.filter("split", ":").first)"),
      (
        source.name,
        "\(path.filter("default", urlWithoutUser.filter("regex_replace", "[?#].*$", ""), true))"
      ),
      (
        properties.name,
        "\(image["properties"].default(Expression.emptyMapping).combine(distribution))"
      ),
    ]
  }

  static var urlWithoutUser: Expression { url.filter("regex_replace", "://[^/@]*@", "://") }

  private static var present: [(String, Value)] {
    let byGlance = (algorithm == there["hash_algo"].default("")).then(
      algorithm ~ ":" ~ there["hash_value"].default(""),
      else: (algorithm == "md5").then("md5:" ~ there["checksum"].default(""), else: ""))
    let asUploaded = records[Record.checksum].default("")
    return [
      (
        namesakes.name,
        "\(listed["images"].filter("selectattr", "name", "equalto", name).filter("list"))"
      ),
      (there.name, "\(namesakes.first.default(Expression.emptyMapping))"),
      (status.name, "\(there["status"].default("missing"))"),
      (records.name, "\(there["properties"].default(Expression.emptyMapping))"),
      (
        checksumThere.name,
        "\("://".in(checksum).then("", else: byGlance).filter("default", asUploaded, true))"
      ),
    ]
  }

  private static var compared: [(String, Value)] {
    let files = Expression.list(
      file["stat"]["checksum"].default(""), there["hash_value"].filter("default", "", true))
    let checksums = Expression.list(checksum, checksumThere)
    let sources = Expression.list(source, records[Record.source].default(""))
    let visibility = image.filter("dict2items")
      .filter("selectattr", "key", "equalto", "visibility").filter("list")
    return [
      (
        contents.name,
        "\((path != "").then(files, else: (checksum != "" && checksumThere != "").then(checksums, else: sources)))"
      ),
      (
        isOther.name,
        "\(status.in(["active", "deactivated"]) && contents.last != "" && contents.first != contents.last)"
      ),
      (isUploaded.name, "\(isWanted && (status.in(["missing", "queued"]) || isOther))"),
      (
        wrong.name,
        "\((properties.filter("dict2items") + visibility).filter("difference", there.combine(records).filter("dict2items")))"
      ),
    ]
  }
}
