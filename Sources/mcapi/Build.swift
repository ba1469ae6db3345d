import AnsibleContent
import ArgumentParser
import Collection
import Foundation

struct Build: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compiles the modules, places them in the collection and makes the tarball.",
    discussion: """
      Modules are built as Embedded Swift for x86_64, and for aarch64 too where the cross tools are \
      installed. Each binary is checked for size, the glibc that it needs and the libraries that it \
      wants. The tarball, galaxy/NAMESPACE-NAME-VERSION.tar.gz, is made by ansible-galaxy.
      """)

  @OptionGroup var options: ProjectOptions
  @Option(help: "The ansible-galaxy to use.")
  var ansibleGalaxy: String?
  @Flag(help: "Only build the modules, and make no tarball.")
  var modulesOnly = false

  func run() throws {
    let project = try options.project()
    for architecture in Architecture.all {
      if let missing = architecture.missing {
        guard architecture.isOptional else {
          throw Tool.Failure(description: "\(architecture.name): cannot be built, \(missing)")
        }
        print("\(architecture.name): left out, \(missing)")
        continue
      }
      try build(for: architecture, in: project)
    }
    if !modulesOnly { try makeTarball(of: project) }
  }

  private func build(for architecture: Architecture, in project: Project) throws {
    let start = ContinuousClock.now
    let swift = try Tool.find(
      "swift", package: "It is the Swift 6.3 toolchain from swift.org; put its usr/bin on PATH.")
    print("\(architecture.name): compiling \(BuildProducts.modules.count) modules …")
    try Tool.run(
      swift,
      architecture.arguments(
        toolsets: project.root.appending(path: "Sources/Modules/Toolsets").path),
      in: project.root, environment: ["MCAPI_EMBEDDED": architecture.triple])
    for module in BuildProducts.modules {
      let binary = project.root.appending(path: "\(architecture.scratch)/release/\(module)")
      try Tool.run(
        project.root.appending(path: "Sources/Modules/check-release.sh").path, [binary.path],
        in: project.root)
      let place = project.collection.appending(path: architecture.place(of: module))
      try FileTree.write(Array(try Data(contentsOf: binary)), to: place, executable: true)
    }
    print("\(architecture.name): done in \(start.duration(to: .now).components.seconds) s")
  }

  private func makeTarball(of project: Project) throws {
    let own = project.root.appending(path: ".tools/ansible-2.18/bin/ansible-galaxy").path
    let isThere = FileManager.default.isExecutableFile(atPath: own)
    let program = try Tool.find(
      ansibleGalaxy ?? (isThere ? own : "ansible-galaxy"),
      package: "Run `make lab`, which installs ansible-core, or pass --ansible-galaxy.")
    try Tool.run(
      program,
      [
        "collection", "build", "--force", "--output-path", project.galaxy.path,
        project.collection.path,
      ],
      in: project.root)
    let tarball = project.galaxy.appending(path: McapiCollection.metadata.tarball)
    let size = try tarball.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
    print("\(tarball.path): \(size / 1024) KiB")
  }
}
