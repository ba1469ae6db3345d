public import AnsibleModule

extension ModuleSpecs {
  /// `kubeconfig`: puts a kubeconfig on a host, merges it into one, reads one, says what is in one, or
  /// removes it.
  public static var kubeconfig: ModuleSpec {
    ModuleSpec(
      "kubeconfig", supportsCheckMode: true,
      arguments: ArgumentSpec(
        [
          Option("path", .path, required: true, aliases: ["dest"]),
          Option("state", default: "present", choices: ["present", "absent", "read", "info"]),
          Option("src", .list(elements: .path)),
          Option("content", noLog: true),
          Option("context"),
          Option("context_name"),
          Option("cluster_name"),
          Option("user_name"),
          Option("namespace"),
          Option("server"),
          Option("tls_server_name"),
          Option("certificate_authority", .path),
          // Public, but a file with the CA's key is easily taken for it.
          Option("certificate_authority_content", noLog: true),
          Option("embed", .bool, default: false),
          Option("token", noLog: true),
          Option("merge", .bool, default: false),
          Option("use_context", .bool, default: true),
          Option("expected_server"),
          Option("check_certificates", .bool, default: true),
          Option("minimum_validity", default: "0"),
          Option("validity_action", default: "fail", choices: ["fail", "warn"]),
          Option("backup", .bool, default: false),
          Option("follow", .bool, default: false),
          Option("directory_owner"),
          Option("directory_group"),
          Option("directory_mode", .raw),
        ] + ArgumentSpec.fileOptions(mode: "0600"),
        mutuallyExclusive: [
          ["src", "content"], ["certificate_authority", "certificate_authority_content"],
        ],
        requiredIf: [RequiredIf("state", is: "present", needs: ["src", "content"], any: true)]))
  }
}
