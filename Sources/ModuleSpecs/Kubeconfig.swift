public import AnsibleModule

extension ModuleSpecs {
  /// `kubeconfig`: puts a kubeconfig on a host, reads one, or removes it.
  public static var kubeconfig: ModuleSpec {
    ModuleSpec(
      "kubeconfig", supportsCheckMode: true,
      arguments: ArgumentSpec(
        [
          Option("path", .path, required: true, aliases: ["dest"]),
          Option("state", default: "present", choices: ["present", "absent", "read"]),
          Option("src", .path),
          Option("content", noLog: true),
          Option("backup", .bool, default: false),
          Option("follow", .bool, default: false),
          Option("directory_owner"),
          Option("directory_group"),
          Option("directory_mode", .raw),
        ] + ArgumentSpec.fileOptions(mode: "0600"),
        mutuallyExclusive: [["src", "content"]],
        requiredIf: [RequiredIf("state", is: "present", needs: ["src", "content"], any: true)]))
  }
}
