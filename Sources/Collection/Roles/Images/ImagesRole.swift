import AnsibleContent

/// Role `images`: the node images of workload clusters.
struct ImagesRole: Role {
  let name = "images"
  let summary = "Uploads the images that workload clusters are made of, and keeps their properties."
  let platforms = Platforms.all
  let variables = ImageVariables.all

  var tasks: Tasks {
    let declared = HandedOver.images.default(
      ImageVariables.images.default(MagnumVariables.versions))
    let numbered = Numbered("mcapi_image", of: declared, other: OneImage.declaration)
    return Tasks {
      Remarks.refusalOfVersions(unless: ImageVariables.images, HandedOver.images)
      Remarks.thatNo(
        "image", isIn: declared, [ImageVariables.images, MagnumVariables.versions],
        unless: HandedOver.images)
      Task(
        "Learn the project of the credentials",
        Mcapi.magnumInfo(
          gather: .list([]), cloud: "\(MagnumVariables.usedCloud)",
          regionName: "\(MagnumVariables.region)", interface: "\(MagnumVariables.usedInterface)")
      )
      .register(OneImage.access)
      Task(
        "List the images",
        OpenStackCloud.imageInfo(
          cloud: "\(MagnumVariables.usedCloud)", interface: "\(MagnumVariables.usedInterface)",
          regionName: "\(MagnumVariables.region)")
      )
      .register(OneImage.listed)
      numbered.each(Task("Keep each image", Builtin.includeTasks(file: "image.yml")))
    }
  }

  var taskFiles: [TaskFile] {
    [
      TaskFile("image", "Keeps one image as it is declared.") {
        Block("Keep the image as it is declared") {
          OneImage.refusals
          OneImage.announcement
          OneImage.upload
          OneImage.changes
        }
        .vars(OneImage.vars)
      }
    ]
  }
}
