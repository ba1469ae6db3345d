import AnsibleContent

extension OneImage {
  /// What cannot be done is refused, before anything is.
  @TasksBuilder static var refusals: Tasks {
    Task(
      "Refuse an image that is made of nothing, or of two things",
      Builtin.fail(msg: "Image \(name) needs either url or path, to be made of.")
    )
    .when(isWanted, (url != "") == (path != ""))
    Task(
      "Refuse an image without its operating system",
      Builtin.fail(
        msg: """
          Image \(name) needs os_distro (\(text: ImageVariables.distributions.joined(separator: ", "))), \
          without which Magnum finds no driver for it.
          """)
    )
    .when(isWanted, properties["os_distro"].default("").notIn(ImageVariables.distributions))
    Task(
      "Refuse a checksum that is none",
      Builtin.fail(
        msg: """
          Image \(name) has the checksum \(image["checksum"]), which is none: a digest has its algorithm \
          (\(text: OneImage.algorithms.joined(separator: ", "))) and a colon before it, or the length of one. The \
          address of a list of digests has them too, and goes with url alone.
          """)
    )
    .when(
      isWanted, checksum != "",
      algorithm.notIn(OneImage.algorithms) || (path != "" && "://".in(checksum)))
    Task(
      "Refuse a name that another project has taken",
      Builtin.fail(
        msg: """
          Image \(name) (\(foreign.first.default(Expression.emptyMapping)["id"].default(""))) belongs to \
          project \(foreign.first.default(Expression.emptyMapping)["owner"].default("")) and is not public. \
          It is neither used nor changed. Give yours another name, or have that one renamed or deleted.
          """)
    )
    .when(foreign.length > 0)
    Task(
      "Refuse a name that several images have",
      Builtin.fail(
        msg: """
          There are \(namesakes.length) images named \(name): \
          \(namesakes.filter("map", named: ["attribute": "id"]).filter("join", ", ")). Delete or rename all \
          but one.
          """)
    )
    .when(namesakes.length > 1)
    Task(
      "Refuse an image that somebody else uploads",
      Builtin.fail(
        msg: """
          Image \(name) (\(there["id"].default(""))) is \(status): it is being uploaded, or an upload was \
          broken off. Wait for its end, or delete it.
          """)
    )
    .when(isWanted, status.notIn(["missing", "queued", "active", "deactivated"]))
    Task(
      "Look at the file",
      Builtin.stat(
        path: "\(path)",
        checksumAlgorithm: "\(there["hash_algo"].filter("default", "sha512", true))")
    )
    .register(file)
    .when(isWanted, path != "")
    Task(
      "Refuse a file that is not there",
      Builtin.fail(
        msg:
          "Image \(name) is to be made of \(path), and there is no such file on \(Ansible.inventoryHostname)."
      )
    )
    .when(isWanted, path != "", !file["stat"]["exists"].default(true))
    Task(
      "Refuse an image that was made of something else",
      Builtin.fail(
        msg: """
          Image \(name) is there and was made of \(contents.last); declared is \(contents.first). Nothing \
          was changed. Give the new image another name, or say on_change: replace, which keeps the old one \
          as \(nameOfOld), or on_change: keep.
          """)
    )
    .when(isDifferent, onChange == "fail")
    Task(
      "Tell of an image that was made of something else",
      Builtin.debug(
        msg: """
          Image \(name) stays, which was made of \(contents.last); declared is \(contents.first). \
          on_change: replace makes it anew.
          """)
    )
    .when(isDifferent, onChange == "keep")
  }

  /// In check mode: the modules of OpenStack do nothing then, and say nothing.
  @TasksBuilder static var announcement: Tasks {
    announcement("uploaded", "Image \(name) would be uploaded from \(source).").when(isUploaded)
    announcement(
      "changed",
      """
      Image \(name) would be changed: \
      \(wrong.filter("map", named: ["attribute": "key"]).filter("join", ", ")).
      """
    )
    .when(isWanted, !isUploaded, wrong.length > 0)
    announcement("deleted", "Image \(name) would be deleted.")
      .when(!isWanted, namesakes.length > 0)
  }

  private static func announcement(_ what: String, _ text: Value) -> Task {
    Task("Tell that the image would be \(what)", Builtin.debug(msg: text))
      .changedWhen(true)
      .when(Ansible.checkMode)
  }

  static var nameOfOld: Expression {
    name ~ "-" ~ there["id"].default("").filter("split", "-").first
  }

  private static let folder = Variable.registered("_mcapi_image_folder")
  private static let summed = Variable.registered("_mcapi_image_summed")
  private static let renamed = Variable.registered("_mcapi_image_renamed")

  @TasksBuilder static var upload: Tasks {
    Block("Upload the image") {
      download
      comparison
      Task(
        "Give the old image another name",
        call(
          nameOfOld,
          [("id", "\(there["id"])"), ("visibility", "\(there["visibility"])")])
      )
      .register(renamed)
      .when(isOther)
      Task("Remove an image of that name that was never filled", call(there["id"], remove))
        .when(status == "queued")
      Task(
        "Upload the image under its name",
        call(
          name,
          [
            ("filename", "\(path.filter("default", downloaded, true))"),
            ("container_format", "\(image["container_format"].default("bare"))"),
            ("disk_format", "\(image["disk_format"].default("qcow2"))"),
            ("owner", "\(image["owner"].defaultOmit)"),
            ("owner_domain", "\(image["owner_domain"].defaultOmit)"),
            ("properties", "\(properties.combine(origin))"),
            ("tags", "\(image["tags"].defaultOmit)"),
            // Seconds: an image has a gigabyte or two.
            ("timeout", 3600),
            ("visibility", "\(image["visibility"].default("public"))"),
          ]))
    } rescue: {
      Task(
        "Give the old image its name back",
        call(name, [("id", "\(there["id"])"), ("visibility", "\(there["visibility"])")])
      )
      .when(renamed["image"]["id"].default("-") == there["id"].default(""))
      Task(
        "Say why the image was not uploaded",
        Builtin.fail(
          msg: """
            Image \(name) was not uploaded: \(reason)
            """))
    } always: {
      Task("Remove the download", Builtin.file(path: "\(folder["path"])", state: "absent"))
        .changedWhen(false)
        .when(folder["path"].isDefined)
    }
    .when(isUploaded, !Ansible.checkMode)
  }

  /// A download tells what the server answered beside its message.
  private static var reason: Expression {
    Expression.list(
      Ansible.failedResult["msg"].default("the task before says why"),
      Ansible.failedResult["response"].default("")
    )
    .filter("select").filter("join", ": ")
    .filter("regex_replace", "://[^/ ]*@", "://").filter("regex_replace", "[?#][^ ']*", "")
  }

  /// Part of the address before the `@`, where a `+` is no space.
  private static func ofUser(_ part: String) -> Expression {
    url.filter("urlsplit", part).filter("default", "", true).filter("replace", "+", "%2B")
      .filter("urldecode").filter("default", Expression.omit, true)
  }

  private static var downloaded: Expression { folder["path"].default("") ~ "/image" }

  @TasksBuilder private static var download: Tasks {
    Task(
      "Create a folder for the download",
      Builtin.tempfile(
        path: "\(ImageVariables.temporaryFolder.defaultOmit)", state: "directory",
        suffix: "-image")
    )
    .register(folder)
    .changedWhen(false)
    .when(url != "")
    Task(
      "Download the image",
      Builtin.getUrl(
        dest: "\(downloaded)", url: "\(urlWithoutUser)",
        checksum: "\(checksum.filter("default", Expression.omit, true))", mode: "0600",
        timeout: 60,
        urlPassword: "\(ofUser("password"))", urlUsername: "\(ofUser("username"))")
    )
    // Either address may hold a password or a signature. What went wrong is said without.
    .noLog()
    .changedWhen(false)
    .when(url != "")
  }

  /// Of a file. A download compares itself.
  @TasksBuilder private static var comparison: Tasks {
    Task(
      "Look at the checksum of the file",
      Builtin.stat(path: "\(path)", checksumAlgorithm: "\(algorithm)")
    )
    .register(summed)
    .when(path != "", checksum != "")
    Task(
      "Refuse a file with another checksum",
      Builtin.fail(
        msg:
          "\(path) has the checksum \(algorithm):\(summed["stat"]["checksum"]), not \(checksumShown)"
      )
    )
    .when(
      path != "", checksum != "",
      summed["stat"]["checksum"].default("") != checksum.filter("split", ":").last)
  }

  /// Of an image that is there.
  @TasksBuilder static var changes: Tasks {
    // The module takes each property that it does not know itself for a change: it is given those
    // alone that are one.
    let properties = wrong.filter("selectattr", "value", "defined")
    Task(
      "Keep the properties of the image",
      call(
        name,
        [
          ("properties", "\(properties.filter("items2dict"))"),
          ("tags", "\(image["tags"].defaultOmit)"),
          ("visibility", "\(image["visibility"].default(there["visibility"]))"),
        ])
    )
    .when(isWanted, !isUploaded, !Ansible.checkMode, wrong.length > 0)
    Task("Delete the image", call(there["id"], remove))
      .when(!isWanted, namesakes.length > 0, !Ansible.checkMode)
  }

  private static let remove: [(String, Value)] = [("state", "absent")]

  private static var origin: Value {
    [Record.source: "\(source)", Record.checksum: "\(checksumShown)"]
  }

  private static func call(_ name: Expression, _ arguments: [(String, Value)]) -> Action {
    Action(
      OpenStackCloud.imageSpec,
      [
        ("name", "\(name)"), ("cloud", "\(MagnumVariables.usedCloud)"),
        ("interface", "\(MagnumVariables.usedInterface)"),
        ("region_name", "\(MagnumVariables.region)"),
      ] + arguments.map { ($0.0, Optional($0.1)) })
  }
}
