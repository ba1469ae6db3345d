public import JSON

extension ArgumentSpec {
  /// The options that Ansible's modules share for a file they manage: what its documentation
  /// fragment `ansible.builtin.files` describes.
  public static var fileOptions: [Option] { fileOptions(mode: nil) }

  /// The same, with a mode for tasks that give none.
  public static func fileOptions(mode: JSONValue?) -> [Option] {
    [
      Option("mode", .raw, default: mode), Option("owner"), Option("group"), Option("seuser"),
      Option("serole"),
      Option("selevel"), Option("setype"), Option("attributes", aliases: ["attr"]),
      Option(
        "unsafe_writes", .bool, default: false, environment: ["ANSIBLE_UNSAFE_WRITES"]),
    ]
  }
}
