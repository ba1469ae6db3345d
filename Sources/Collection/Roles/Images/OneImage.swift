import AnsibleContent

/// One image: how it is declared, and what is there of it.
enum OneImage {
  static let listed = Variable.registered("_mcapi_images_listed")
  static let access = Variable.registered("_mcapi_images_access")

  /// The dictionary that declares it.
  static let image = Variable.registered("_mcapi_image")
  static let isWanted = Variable.registered("_mcapi_image_wanted")
  static let url = Variable.registered("_mcapi_image_url")
  static let path = Variable.registered("_mcapi_image_path")
  /// With the algorithm before it; empty where none is declared.
  static let checksum = Variable.registered("_mcapi_image_checksum")
  static let algorithm = Variable.registered("_mcapi_image_algorithm")
  /// The checksum as it may be shown and kept: an address without its secrets.
  static let checksumShown = Variable.registered("_mcapi_image_checksum_shown")
  /// The path, or the address without user, password and query, which may be a signature.
  static let source = Variable.registered("_mcapi_image_source")
  static let properties = Variable.registered("_mcapi_image_properties")
  private static let texts = Variable.registered("_mcapi_image_texts")
  private static let lost = Variable.registered("_mcapi_image_lost")

  /// The images of its name that Glance has.
  static let namesakes = Variable.registered("_mcapi_image_namesakes")
  /// The first of them; an empty dictionary where there is none.
  static let there = Variable.registered("_mcapi_image_there")
  /// Those of other projects that are not public: an administrator sees everybody's.
  static let foreign = Variable.registered("_mcapi_image_foreign")
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
  static let isDifferent = Variable.registered("_mcapi_image_different")
  /// What is done then.
  static let onChange = Variable.registered("_mcapi_image_on_change")
  /// Whether it is, and does not stay.
  static let isOther = Variable.registered("_mcapi_image_other")
  static let isUploaded = Variable.registered("_mcapi_image_uploaded")
  /// What is to be and is not there or another one: properties with key and value; visibility, tags
  /// and status, which have no value here.
  static let wrong = Variable.registered("_mcapi_image_wrong")

  /// Properties of an image that say what it was made of.
  enum Record {
    static let source = "mcapi_source"
    static let checksum = "mcapi_checksum"
    /// The declared ones of ``ShownOtherwise/lost``.
    static let lost = "mcapi_properties"
    static let all = [source, checksum, lost]
  }

  /// Properties that openstacksdk does not show as Glance has them.
  enum ShownOtherwise {
    /// Those with another name.
    static let renamed = [
      "auto_disk_config": "has_auto_disk_config", "img_config_drive": "needs_config_drive",
      "os_secure_boot": "needs_secure_boot",
    ]
    /// Those whose text is lost: every one is true, or a number with a fraction.
    static let lost = [
      "hw_boot_menu", "hw_vif_multiqueue_enabled", "instance_type_rxtx_factor",
      "os_require_quiesce",
    ]
  }

  static var name: Expression { image["name"] }

  /// What a version stands for.
  @Sendable static func declaration(of version: Variable) -> Expression {
    let own: Value = [
      "name": "\(MagnumVariables.imagePrefix)\(version)",
      "url":
        "\(address(of: MagnumVariables.imagePrefix ~ version, at: ImageVariables.urlBase.expression))",
    ]
    let usual: Value = ["on_change": "keep"]
    return usual.expression.combine(ImageVariables.attributes).combine(own)
  }

  /// Where a publisher has an image of a name.
  ///
  /// - Parameter base: With a / at its end, or none.
  static func address(of name: Expression, at base: Expression) -> Expression {
    base.filter("regex_replace", "(?<!/)$", "/") ~ name ~ ".qcow2"
  }

  /// What the tasks of one image read.
  static var vars: Value { .fields(declared + present + compared) }

  private static var declared: [(String, Value)] {
    let given = image["checksum"].default("")
    let distribution = image.filter("dict2items")
      .filter("selectattr", "key", "equalto", "os_distro").filter("items2dict")
    return [
      (isWanted.name, "\(image["state"].default("present") == "present")"),
      (onChange.name, "\(image["on_change"].default("fail"))"),
      (url.name, "\(image["url"].default(""))"),
      (path.name, "\(image["path"].default(image["filename"].default("")))"),
      (
        checksum.name,
        "\((given == "" || "://".in(given)).then(given, else: (":".in(given).then(given, else: algorithm(of: given) ~ ":" ~ given)).lower))"
      ),
      (algorithm.name, "\(checksum.filter("split", ":").first)"),
      (checksumShown.name, "\(withoutSecrets(checksum.expression))"),
      (source.name, "\(path.filter("default", withoutSecrets(url.expression), true))"),
      (
        texts.name,
        "\(Self.texts(of: image["properties"].default(Expression.emptyMapping).combine(distribution)))"
      ),
      (lost.name, "\(Self.lost(of: texts.expression))"),
      (
        properties.name,
        "\(texts.combine((lost.length > 0).then(recordOfLost.expression, else: Expression.emptyMapping)))"
      ),
    ]
  }

  static let algorithms = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"]

  /// The algorithm of a bare digest, by its length in hexadecimal digits; empty for one that none has.
  private static func algorithm(of digest: Expression) -> Expression {
    var found = (digest.length == 32).then("md5", else: "")
    for (length, name) in [
      (40, "sha1"), (56, "sha224"), (64, "sha256"), (96, "sha384"), (128, "sha512"),
    ] {
      found = (digest.length == length).then(name, else: found)
    }
    return found
  }

  static var urlWithoutUser: Expression { withoutUser(url.expression) }

  private static func withoutUser(_ address: Expression) -> Expression {
    address.filter("regex_replace", "://[^/]*@", "://")
  }
  /// Neither user nor password nor query, which may be a signature.
  private static func withoutSecrets(_ address: Expression) -> Expression {
    withoutUser(address).filter("regex_replace", "[?#].*$", "")
  }

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
      (
        foreign.name,
        "\(namesakes.filter("rejectattr", "visibility", "equalto", "public").filter("rejectattr", "owner", "equalto", access["project_id"]).filter("list"))"
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

  /// Glance takes nothing but texts: what is none is one as JSON has it.
  private static func texts(of properties: Expression) -> Expression {
    let items = properties.filter("dict2items")
    let others = items.filter("rejectattr", "value", "string").filter("list")
    return items.filter("selectattr", "value", "string").filter("items2dict")
      .combine(
        Expression.mapping(
          keys: others.filter("map", named: ["attribute": "key"]),
          values: others.filter("map", named: ["attribute": "value"]).filter("map", "to_json")))
  }

  private static func lost(of properties: Expression) -> Expression {
    properties.filter("dict2items").filter("selectattr", "key", "in", ShownOtherwise.lost)
      .filter("items2dict")
  }

  private static var recordOfLost: Value {
    [
      Record.lost:
        "\(lost.filter("dictsort").filter("map", "join", "=").filter("join", ", "))"
    ]
  }

  /// The properties that are there, by Glance's names and as texts.
  private static var shown: Expression {
    let renamed = Value.fields(
      ShownOtherwise.renamed.sorted { $0.key < $1.key }.map {
        ($0.key, "\(there[$0.value].default(""))" as Value)
      })
    let isRecorded = records[Record.lost].default("") == recordOfLost.expression[Record.lost]
    return Self.texts(of: there.combine(renamed).combine(records))
      .combine(isRecorded.then(lost, else: Expression.emptyMapping))
  }

  /// What differs beside the properties.
  private static var aspects: Expression {
    func aspect(_ name: String, if differs: Expression) -> Expression {
      let one: Value = ["key": "\(text: name)"]
      return differs.then(Expression.list(one), else: Expression.emptyList)
    }
    let tags = image["tags"].filter("default", Expression.emptyList, true)
    return aspect(
      "visibility",
      if: image["visibility"].default(there["visibility"].default(""))
        != there["visibility"].default(""))
      + aspect(
        "tags",
        if: tags.length > 0
          && tags.filter("unique").filter("sort")
            != there["tags"].default(Expression.emptyList).filter("sort")
      )
      + aspect("status", if: status == "deactivated")
  }

  private static var compared: [(String, Value)] {
    let files = Expression.list(
      file["stat"]["checksum"].default(""), there["hash_value"].filter("default", "", true))
    let checksums = Expression.list(checksumShown, checksumThere)
    let sources = Expression.list(source, records[Record.source].default(""))
    return [
      (
        contents.name,
        "\((path != "").then(files, else: (checksum != "" && checksumThere != "").then(checksums, else: sources)))"
      ),
      (
        isDifferent.name,
        "\(isWanted && status.in(["active", "deactivated"]) && contents.last != "" && contents.first != contents.last)"
      ),
      (isOther.name, "\(isDifferent && onChange != "keep")"),
      (isUploaded.name, "\(isWanted && (status.in(["missing", "queued"]) || isOther))"),
      (
        wrong.name,
        "\(properties.filter("dict2items").filter("difference", shown.filter("dict2items")) + aspects)"
      ),
    ]
  }
}
