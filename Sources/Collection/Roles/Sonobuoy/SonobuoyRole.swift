import AnsibleContent

/// Role `sonobuoy`: the Kubernetes conformance test against one cluster.
struct SonobuoyRole: Role {
  let name = "sonobuoy"
  let summary = "Downloads Sonobuoy and runs the Kubernetes conformance test with it."
  let platforms = Platforms.all

  private static let version = Variable.role(
    "sonobuoy_version", default: "0.57.1", "Version of Sonobuoy.")
  private static let file = Variable.role(
    "sonobuoy_download_file", default: "sonobuoy_\(version)_linux_\(architecture).tar.gz",
    "Name of the download.")
  /// As the release calls that of the host.
  private static var architecture: Expression {
    (Ansible.facts["architecture"].default("") == "aarch64").then("arm64", else: "amd64")
  }
  private static let url = Variable.role(
    "sonobuoy_download_url",
    default: "https://github.com/vmware-tanzu/sonobuoy/releases/download/v\(version)/\(file)",
    "Address of the download.")
  private static let checksum = Variable.role(
    "sonobuoy_download_checksum",
    default: "sha256:\(url.dirname)/sonobuoy_\(version)_checksums.txt",
    "Checksum of the download: sha256 and a digest, or the address of the release's list of checksums."
  )
  private static let role = Variable.role(
    "sonobuoy_download_role", default: "vexxhost.containers.download_artifact",
    "Role that downloads and unpacks.")
  private static let workFolder = Variable.role(
    "sonobuoy_download_directory", type: .path, default: "/var/lib/downloads",
    "Where the download is kept.")
  private static let folder = Variable.role(
    "sonobuoy_unarchive_dest", type: .path, default: "/usr/local/bin", "Folder of the program.")
  private static let cluster = Variable.role(
    "sonobuoy_coe_cluster", default: "test",
    "Name of the cluster under test, part of the kubeconfig's path.")
  private static let kubeconfig = Variable.role(
    "sonobuoy_kubeconfig_file", type: .path, default: "/root/kubeconfig-\(cluster)/config",
    "Kubeconfig of the cluster under test.")
  private static let options = Variable.role(
    "sonobuoy_run_options", default: "--mode quick --wait", "Options of `sonobuoy run`.")
  private static let run = Variable.role(
    "sonobuoy_run", type: .bool, default: true,
    "Whether the test runs; false only installs the program.")
  private static let delete = Variable.role(
    "sonobuoy_delete", type: .bool, default: true,
    "Whether the test's own resources are removed afterwards.")

  let variables = [
    version, file, url, checksum, role, workFolder, folder, cluster, kubeconfig, options, run,
    delete,
  ]

  private static let status = Variable.registered("_sonobuoy_status")
  private static let results = Variable.registered("_sonobuoy_results")

  var tasks: Tasks {
    Tasks {
      Task(
        "Create the folder of the download",
        Builtin.file(path: "\(Self.workFolder)", mode: "0755", state: "directory"))

      Task("Download Sonobuoy", Builtin.includeRole(name: "\(Self.role)"))
        .vars([
          "download_artifact_url": "\(Self.url)",
          "download_artifact_dest": "\(Self.workFolder)/\(Self.file)",
          "download_artifact_checksum": "\(Self.checksum)",
          "download_artifact_owner": "root",
          "download_artifact_mode": "0755",
          "download_artifact_unarchive": true,
          "download_artifact_unarchive_dest": "\(Self.folder)",
        ])

      Block("Run the conformance test") {
        Task("Run Sonobuoy", Self.sonobuoy("run \(Self.options)"))
          .changedWhen(true)
        Task("Ask for the outcome", Self.sonobuoy("status --json"))
          .register(Self.status)
          .changedWhen(false)
        Task("Fetch the results", Self.sonobuoy("retrieve"))
          .register(Self.results)
          .changedWhen(true)
        Task(
          "Stop when a test failed",
          Builtin.assert(
            that: [
              .condition(Self.status["stdout"].filter("from_json")["status"] == "complete"),
              .condition(
                Self.status["stdout"].filter("from_json")["plugins"]
                  .filter("selectattr", "result-status", "ne", "passed").filter("list").length == 0),
            ],
            failMsg:
              "Sonobuoy did not pass: \(Self.status["stdout"]). Its results are in \(Self.results["stdout"]).",
            quiet: true))
      } always: {
        Task("Remove what Sonobuoy created in the cluster", Self.sonobuoy("delete --wait"))
          .changedWhen(true)
          .when(Self.delete.bool)
      }
      .when(Self.run.bool, !Ansible.checkMode)
      .environment(["KUBECONFIG": "\(Self.kubeconfig)"])
    }
  }

  private static func sonobuoy(_ arguments: Value) -> Action {
    Builtin.command(chdir: "/root", cmd: "\(folder)/sonobuoy \(value: arguments)")
  }
}
